import { $, h } from './dom.mjs'

const LISTENED = ['onAppShow', 'onAppHide', 'onError', 'onUnhandledRejection', 'onPageNotFound']

/** The life of the app as a whole: launch, background, foreground. */
export class Lifecycle {
  constructor(host) {
    this.host = host
    this.listeners = Object.fromEntries(LISTENED.map((name) => [name, new Set()]))
    this.hidden = false
  }

  launch() {
    this.#call('onLaunch', this.host.launch)
    this.#call('onShow', this.host.launch)
  }

  /** What the round button of the capsule does: the app goes to the background. */
  leave() {
    this.background()
    const { text } = this.host
    const enter = () => {
      cover.remove()
      this.foreground()
    }
    const cover = h(
      'div',
      { class: 'mp-left' },
      h('p', {}, text('已离开小程序', 'You left the mini-program')),
      h('button', { onclick: enter }, text('回到小程序', 'Return to it')),
    )
    $('#mp-overlay').append(cover)
  }

  background() {
    if (this.hidden) return
    this.hidden = true
    const page = this.host.pages.at(-1)
    if (page) {
      this.host.guard(page, 'onHide')
      page.root.getComponent().triggerPageLifetime('hide', [])
    }
    this.#call('onHide')
    this.notify('onAppHide')
  }

  /** @param {{path: string, query: object, scene: number}} [entered] how it was opened again */
  foreground(entered) {
    if (!this.hidden) return
    this.hidden = false
    if (entered) this.host.entered = entered
    this.#call('onShow', this.host.entered)
    this.notify('onAppShow', this.host.entered)
    const page = this.host.pages.at(-1)
    if (page) {
      this.host.guard(page, 'onShow')
      page.root.getComponent().triggerPageLifetime('show', [])
    }
  }

  /** @returns {boolean} whether anybody listened */
  notify(name, ...values) {
    for (const listener of this.listeners[name]) {
      try {
        listener(...values)
      } catch (error) {
        this.host.journal.error(name, error)
      }
    }
    return this.listeners[name].size > 0
  }

  #call(name, ...values) {
    const { app, journal } = this.host
    try {
      const result = app?.[name]?.(...values)
      if (result?.catch) result.catch((error) => journal.error(`App ${name}`, error))
    } catch (error) {
      journal.error(`App ${name}`, error)
    }
  }
}
