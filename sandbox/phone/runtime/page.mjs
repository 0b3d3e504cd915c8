import { watchPull } from './pull.mjs'
import { $, h } from './dom.mjs'

const REFRESHING_PIXELS = 50
const DEFAULT_REACH_BOTTOM = 50
let lastId = 0

/** One page on the stack: its component, its DOM and its scrolling. */
export class PageView {
  constructor(host, route, query, channel) {
    this.host = host
    this.route = route
    this.query = query
    this.bar = {}
    this.settings = host.program.components[route] ?? {}
    this.id = lastId += 1
    host.opening = this
    this.#build()
    this.#createInstance(channel)
    host.opening = undefined
  }

  #build() {
    this.placeholder = h('div')
    this.refresher = h('div', { class: 'mp-pull' }, h('mp-dots'))
    this.scroller = h('div', { class: 'mp-scroll' }, this.refresher, this.placeholder)
    this.element = h('div', { class: 'mp-page', 'data-page': this.route }, this.scroller)
    this.element.dataset.backgroundText = this.settings.backgroundTextStyle ?? 'dark'
    if (this.settings.disableScroll) this.element.classList.add('fixed')
    $('#mp-stage').append(this.element)
  }

  #createInstance(channel) {
    const { host, route } = this
    const parameters = Object.entries(this.query).map(([name, value]) => `${name}=${value}`)
    const url = parameters.length ? `${route}?${parameters.join('&')}` : route
    this.root = host.backend.createRoot('wx-page', host.space, url)
    this.instance = this.root.get()
    Object.assign(this.instance, {
      route,
      __route__: route,
      options: this.query,
      getPageId: () => `page-${this.id}`,
      getOpenerEventChannel: () => channel ?? host.createChannel().opened,
      getTabBar: () => null,
    })
  }

  attach() {
    this.root.attach(this.scroller, this.placeholder)
    this.scroller.addEventListener('scroll', () => this.#scrolled())
    this.stopPull = watchPull(this.scroller, {
      enabled: () => this.#pullEnabled(),
      onMove: (pixels) => this.#showRefresher(pixels),
      onRelease: (triggered) => (triggered ? this.pullDown() : this.#showRefresher(0)),
    })
  }

  release() {
    this.stopPull?.()
    this.root.release()
    this.element.remove()
  }

  #pullEnabled() {
    const { app } = this.host.program
    return this.settings.enablePullDownRefresh ?? app.window?.enablePullDownRefresh ?? false
  }

  #showRefresher(pixels) {
    this.refresher.style.height = pixels + 'px'
  }

  pullDown() {
    this.#showRefresher(REFRESHING_PIXELS)
    this.host.guard(this, 'onPullDownRefresh')
  }

  stopPullDown() {
    this.#showRefresher(0)
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller
    if (this.instance.onPageScroll) this.host.guard(this, 'onPageScroll', { scrollTop })
    const distance = this.settings.onReachBottomDistance ?? DEFAULT_REACH_BOTTOM
    const reached = scrollHeight - scrollTop - clientHeight < distance
    if (reached && !this.atBottom) this.host.guard(this, 'onReachBottom')
    this.atBottom = reached
  }
}
