import { make } from './make.js'
import { Phone, USERS } from './phone.js'
import { TEXTS } from './texts.js'

const MOST_PHONES = 2
const SIZE = { width: 390, height: 844, bezel: 12, gap: 40, margin: 20 }
const SCENE_SHARED_CARD = '1007'
const LANGUAGES = { zh_CN: '中文', en: 'English' }

/** The desk: one or two framed phones, and the panel that says how each is started. */
class Desk {
  constructor(search) {
    const { lang, user, width, ...start } = Object.fromEntries(new URLSearchParams(search))
    this.lang = lang === 'en' ? 'en' : 'zh_CN'
    this.width = Number(width) || SIZE.width
    this.phones = []
    this.panel = make('aside', { id: 'panel' })
    this.stage = make('main', { id: 'desk-stage' })
    document.body.classList.add('desk')
    document.body.append(this.panel, this.stage)
    window.addEventListener('resize', () => this.fit())
    window.addEventListener('message', (event) => this.receive(event))
    this.add(start, user || USERS[0])
  }

  get texts() {
    return TEXTS[this.lang]
  }

  add(start, user = this.freeUser()) {
    const phone = new Phone(this, user, start)
    this.phones.push(phone)
    this.stage.append(phone.device)
    this.draw()
    return phone
  }

  freeUser() {
    return USERS.find((user) => this.phones.every((phone) => phone.user !== user))
  }

  remove(phone) {
    this.phones.splice(this.phones.indexOf(phone), 1)
    phone.device.remove()
    this.draw()
  }

  setLanguage(lang) {
    this.lang = lang
    this.phones.forEach((phone) => phone.open())
    this.draw()
  }

  /** A card sent from one phone opens on the other. */
  receive({ origin, source, data }) {
    if (origin !== location.origin || data?.type !== 'phone-share') return
    const isOther = (phone) => phone.frame.contentWindow !== source
    const other = this.phones.find(isOther) ?? this.add({})
    const query = Object.entries(data.query).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ])
    other.start = { path: data.path, wxscene: SCENE_SHARED_CARD, ...Object.fromEntries(query) }
    other.open()
    this.draw()
  }

  draw() {
    document.title = `${this.texts.title} · ${this.texts.phone}`
    document.documentElement.lang = this.lang.replace('_', '-')
    this.phones.forEach((phone, index) => phone.draw(index))
    this.panel.replaceChildren(
      this.brand(),
      ...this.phones.map((phone) => phone.card),
      ...(this.phones.length < MOST_PHONES ? [this.addButton()] : []),
      make('p', { class: 'tip' }, this.texts.tip),
    )
    this.keepAddress()
    this.fit()
  }

  brand() {
    const languages = Object.entries(LANGUAGES).map(([code, name]) => {
      const choose = () => this.setLanguage(code)
      return make('button', { 'aria-pressed': code === this.lang, onclick: choose }, name)
    })
    return make(
      'header',
      { class: 'brand' },
      make('h1', {}, this.texts.title),
      make('div', { class: 'segments languages' }, ...languages),
      make('p', {}, this.texts.subtitle),
    )
  }

  addButton() {
    const add = () => this.add({ ...this.phones[0].start })
    return make('button', { class: 'add', onclick: add }, `＋ ${this.texts.add}`)
  }

  /** The address starts the same first phone again, so that it can be reloaded and passed on. */
  keepAddress() {
    const [{ start, user }] = this.phones
    const search = new URLSearchParams({ ...start, user, lang: this.lang })
    if (this.width !== SIZE.width) search.set('width', this.width)
    history.replaceState(null, '', `/?${search}`)
  }

  /** Phones keep their true size inside and shrink as a picture when the window is small. */
  fit() {
    const outer = { width: this.width + 2 * SIZE.bezel, height: SIZE.height + 2 * SIZE.bezel }
    const room = this.stage.clientWidth - SIZE.gap * this.phones.length
    const scale = Math.min(
      1,
      (window.innerHeight - 2 * SIZE.margin) / outer.height,
      room / this.phones.length / outer.width,
    )
    for (const { device } of this.phones) {
      device.style.setProperty('--width', `${this.width}px`)
      device.style.setProperty('--height', `${SIZE.height}px`)
      device.style.setProperty('--scale', scale)
    }
  }
}

window.__desk = new Desk(location.search)
