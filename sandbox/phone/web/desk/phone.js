import { make } from './make.js'

export const USERS = ['diner-a', 'diner-b', 'diner-c', 'diner-d']
const NOTICE_MILLISECONDS = 2500

/** One phone on the desk: its frame and the card that says how it is started. */
export class Phone {
  /**
   * @param {object} desk gives lang, texts, draw() and remove(phone)
   * @param {string} user the WeChat user who holds the phone
   * @param {Record<string, string>} start launch parameters: scene, or path and query
   */
  constructor(desk, user, start) {
    this.desk = desk
    this.user = user
    this.start = start
    this.offline = false
    this.frame = make('iframe', { onload: () => this.loaded() })
    this.device = make('div', { class: 'device' }, this.frame, make('i', { class: 'island' }))
    this.card = make('section', { class: 'card' })
    this.open()
  }

  open() {
    const { lang } = this.desk
    this.frame.title = this.user
    this.frame.src = `/?${new URLSearchParams({ ...this.start, frame: '1', user: this.user, lang })}`
  }

  get host() {
    return this.frame.contentWindow?.__host
  }

  loaded() {
    if (this.offline) this.host?.setOffline(true)
    this.host?.journal.onChange(() => this.drawErrors())
    this.drawErrors()
  }

  /** A scanned code starts the program cold; a path with a query does so on any page. */
  scan(content) {
    const [path, query] = content.split('?')
    this.start =
      query === undefined
        ? { scene: content }
        : { path: path.replace(/^\//, ''), ...Object.fromEntries(new URLSearchParams(query)) }
    this.open()
    this.desk.draw()
  }

  clearData() {
    const prefix = `mp:${this.user}:`
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key)
    }
    this.open()
    const note = make('p', { class: 'notice', role: 'status' }, this.desk.texts.cleared)
    this.card.append(note)
    setTimeout(() => note.remove(), NOTICE_MILLISECONDS)
  }

  draw(index) {
    const { texts } = this.desk
    this.pill = make('button', { title: texts.details, onclick: () => this.toggleErrors() })
    this.list = make('ul', { class: 'errors', hidden: '' })
    const header = make('header', {}, make('h2', {}, `${texts.phone} ${index + 1}`), this.pill)
    if (index > 0) {
      const remove = () => this.desk.remove(this)
      header.append(
        make('button', { class: 'remove', 'aria-label': texts.remove, onclick: remove }, '×'),
      )
    }
    this.card.replaceChildren(
      header,
      this.list,
      make('label', {}, texts.user),
      this.userSwitch(),
      this.codeForm(),
      this.actions(),
    )
    this.drawErrors()
  }

  toggleErrors() {
    this.list.hidden = !this.list.hidden || !this.list.children.length
  }

  drawErrors() {
    if (!this.pill) return
    const errors = this.host?.errors ?? []
    this.pill.textContent = this.desk.texts.errors(errors.length)
    this.pill.className = errors.length ? 'pill bad' : 'pill'
    this.list.replaceChildren(...errors.map((error) => make('li', {}, error)))
    if (!errors.length) this.list.hidden = true
  }

  userSwitch() {
    const choose = (user) => {
      this.user = user
      this.open()
      this.desk.draw()
    }
    const users = USERS.includes(this.user) ? USERS : [...USERS, this.user]
    const buttons = users.map((user, index) => {
      const name = this.desk.texts.diners[index] ?? user
      return make(
        'button',
        { 'aria-pressed': user === this.user, onclick: () => choose(user) },
        name,
      )
    })
    return make('div', { class: 'segments' }, ...buttons)
  }

  codeForm() {
    const { texts } = this.desk
    const input = make('input', { placeholder: texts.codeHint, 'aria-label': texts.code })
    input.value = this.start.scene ?? ''
    const submit = (event) => {
      event.preventDefault()
      if (input.value.trim()) this.scan(input.value.trim())
    }
    const line = make(
      'div',
      { class: 'line' },
      input,
      make('button', { class: 'main' }, texts.scan),
    )
    return make('form', { onsubmit: submit }, make('label', {}, texts.code), line)
  }

  actions() {
    const { texts } = this.desk
    const offline = make('input', { type: 'checkbox' })
    offline.checked = this.offline
    offline.onchange = () => {
      this.offline = offline.checked
      this.host?.setOffline(this.offline)
    }
    return make(
      'div',
      { class: 'actions' },
      make('label', { class: 'toggle' }, offline, texts.offline),
      make('button', { onclick: () => this.open() }, texts.restart),
      make('button', { onclick: () => this.clearData() }, texts.clear),
    )
  }
}
