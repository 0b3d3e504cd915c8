import { createChannel } from './channel.mjs'
import { PageView } from './page.mjs'

const DEEPEST_STACK = 10

/** A failure of a navigation API, with WeChat's own words. */
const refused = (message) => ({ errMsg: message })

/** Splits a url into route and query; values stay as written, as on the phone. */
export function parseUrl(url, base = '') {
  const [path, search = ''] = String(url).split('?')
  const query = {}
  for (const pair of search.split('&').filter(Boolean)) {
    const [name, ...value] = pair.split('=')
    query[name] = value.join('=')
  }
  const parts = path.startsWith('/') ? [] : base.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return { route: parts.join('/'), query }
}

/** The stack of pages and the five ways to move between them. */
export class Router {
  constructor(host) {
    this.host = host
    this.kept = {} // tab pages stay alive while another tab is shown
  }

  get top() {
    return this.host.pages.at(-1)
  }

  navigateTo({ url, events }) {
    const { route, query } = this.#target(url)
    if (this.host.chrome.isTab(route)) this.#refuse('can not navigateTo a tabbar page', url)
    if (this.host.pages.length >= DEEPEST_STACK) this.#refuse('webview count limit exceed', url)
    const channel = createChannel(events)
    const page = this.#open(route, query, channel.opened)
    this.#hide(this.top)
    this.host.pages.push(page)
    this.#enter(page, true)
    return { eventChannel: channel.opener }
  }

  redirectTo({ url }) {
    const { route, query } = this.#target(url)
    if (this.host.chrome.isTab(route)) this.#refuse('can not redirectTo a tabbar page', url)
    const page = this.#open(route, query)
    this.#drop(this.host.pages.pop())
    this.host.pages.push(page)
    this.#enter(page, true)
  }

  navigateBack({ delta = 1 } = {}) {
    const { pages } = this.host
    if (pages.length <= 1) throw refused('cannot navigate back at first page.')
    for (let step = 0; step < delta && pages.length > 1; step += 1) this.#drop(pages.pop())
    this.#enter(this.top, false)
  }

  switchTab({ url }) {
    const { route, query } = this.#target(url)
    if (!this.host.chrome.isTab(route)) this.#refuse('can not switch to no-tabBar page', url)
    if (Object.keys(query).length) this.#refuse('switchTab takes no parameters', url)
    const already = this.top === this.kept[route] && this.top !== undefined
    this.#leaveForTab(route)
    const first = !this.kept[route]
    const page = this.kept[route] ?? this.#open(route, {})
    this.kept[route] = page
    this.host.pages.splice(0, this.host.pages.length, page)
    if (already) this.#show()
    else this.#enter(page, first)
  }

  /** Closes what lies above the tab page; a tab page itself is only hidden. */
  #leaveForTab(route) {
    const { pages } = this.host
    while (pages.length > 1) this.#drop(pages.pop())
    const [bottom] = pages
    if (!bottom || bottom.route === route) return
    if (this.host.chrome.isTab(bottom.route)) this.#hide(bottom)
    else this.#drop(pages.pop())
  }

  reLaunch({ url }) {
    const { route, query } = this.#target(url)
    const { pages } = this.host
    const gone = new Set([...pages, ...Object.values(this.kept)])
    pages.length = 0
    this.kept = {}
    gone.forEach((page) => this.#drop(page))
    const page = this.#open(route, query)
    if (this.host.chrome.isTab(route)) this.kept[route] = page
    pages.push(page)
    this.#enter(page, true)
  }

  #target(url) {
    const target = parseUrl(url, this.top?.route)
    if (!this.host.program.pages.includes(target.route)) {
      this.#refuse(`page "${target.route}" is not found`, url)
    }
    return target
  }

  /** A navigation that can never work is a fault of the program as well as a failed call. */
  #refuse(message, url) {
    this.host.journal.fault(`${message}: ${url}`)
    throw refused(message)
  }

  #open(route, query, channel) {
    this.host.define(route)
    return new PageView(this.host, route, query, channel)
  }

  #enter(page, first) {
    const { host } = this
    if (first) {
      page.attach() // components come to life before the page's onLoad, as on the phone
      host.guard(page, 'onLoad', page.query)
    }
    host.guard(page, 'onShow')
    page.root.getComponent().triggerPageLifetime('show', [])
    this.#show()
    if (first) {
      requestAnimationFrame(() => {
        host.guard(page, 'onReady')
        page.root.getComponent().triggerPageLifetime('routeDone', [])
      })
    }
  }

  #hide(page) {
    if (!page) return
    this.host.guard(page, 'onHide')
    page.root.getComponent().triggerPageLifetime('hide', [])
  }

  #drop(page) {
    if (!page) return
    if (this.kept[page.route] === page) delete this.kept[page.route]
    this.host.guard(page, 'onUnload')
    page.release()
  }

  #show() {
    const shown = this.top
    for (const page of [...this.host.pages, ...Object.values(this.kept)]) {
      page.element.hidden = page !== shown
    }
    this.host.chrome.draw()
    this.host.journal.listeners.forEach((listener) => listener())
  }
}
