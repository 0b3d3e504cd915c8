import { h } from './dom.mjs'
import { parseUrl } from './router.mjs'

/** The capsule's menu and the card that goes to a friend's phone. */
export class Share {
  constructor(host) {
    this.host = host
    this.hidden = false
  }

  async menu() {
    const { host } = this
    const { text, overlay } = host
    const page = host.pages.at(-1)
    const canShare = !this.hidden && Boolean(page?.instance.onShareAppMessage)
    const share = canShare
      ? text('转发给朋友', 'Send to a friend')
      : text('当前页面不可转发', 'This page cannot be shared')
    const index = await overlay.actionSheet([share, text('重新进入小程序', 'Restart mini-program')])
    if (index === 0 && canShare) this.open({ from: 'menu' })
    if (index === 1) location.reload()
  }

  /** Asks the page for its card, shows it, and records it as the call `share`. */
  async open(reason) {
    const { host } = this
    const page = host.pages.at(-1)
    const path = '/' + page.route
    const given = host.guard(page, 'onShareAppMessage', { ...reason, webViewUrl: undefined }) ?? {}
    const later = given.promise && (await given.promise)
    const card = {
      title: host.program.app.window?.navigationBarTitleText,
      path,
      ...given,
      ...later,
    }
    delete card.promise
    this.#checkPath(card.path)
    host.journal.call('share', card)
    this.#show(card)
    return card
  }

  #checkPath(path) {
    const { route } = parseUrl('/' + path.replace(/^\//, ''))
    if (!this.host.program.pages.includes(route)) {
      this.host.journal.fault(`onShareAppMessage: page "${route}" is not found`)
    }
  }

  #show(card) {
    const { text, overlay, resources } = this.host
    const image = card.imageUrl && h('img', { src: resources.url(card.imageUrl, ''), alt: '' })
    overlay.open(
      (close) =>
        h(
          'div',
          { class: 'mp-modal mp-share', role: 'dialog' },
          h('h3', {}, text('发送给朋友', 'Send to a friend')),
          h('section', {}, h('b', {}, card.title), image, h('small', {}, card.path)),
          h(
            'div',
            {},
            h('button', { onclick: close }, text('取消', 'Cancel')),
            h(
              'button',
              { class: 'ok', onclick: () => this.#send(card, close) },
              text('发送', 'Send'),
            ),
          ),
        ),
      { onmask: (close) => close() },
    )
  }

  /** The friend's phone is a second window of the host. */
  #send(card, close) {
    close()
    const { route, query } = parseUrl('/' + card.path.replace(/^\//, ''))
    const event = new CustomEvent('phone-share', { detail: { path: route, query } })
    window.dispatchEvent(event)
    window.parent.postMessage({ type: 'phone-share', path: route, query }, location.origin)
  }
}
