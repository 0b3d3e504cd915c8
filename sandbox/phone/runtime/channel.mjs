/** One end of an EventChannel: events that come before a listener wait for it. */
class Inbox {
  constructor() {
    this.listeners = new Map()
    this.waiting = new Map()
  }

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
    const waiting = this.waiting.get(name) ?? []
    this.waiting.delete(name)
    waiting.forEach((values) => listener(...values))
  }

  once(name, listener) {
    const once = (...values) => {
      this.off(name, once)
      listener(...values)
    }
    this.on(name, once)
  }

  off(name, listener) {
    const kept = listener ? (this.listeners.get(name) ?? []).filter((one) => one !== listener) : []
    this.listeners.set(name, kept)
  }

  deliver(name, values) {
    const listeners = this.listeners.get(name) ?? []
    if (listeners.length) listeners.forEach((listener) => listener(...values))
    else this.waiting.set(name, [...(this.waiting.get(name) ?? []), values])
  }
}

const end = (inbox, other) => ({
  on: (name, listener) => inbox.on(name, listener),
  once: (name, listener) => inbox.once(name, listener),
  off: (name, listener) => inbox.off(name, listener),
  emit: (name, ...values) => other.deliver(name, values),
})

/** The two ends of wx.navigateTo's event channel. */
export function createChannel(openerListeners = {}) {
  const opener = new Inbox()
  const opened = new Inbox()
  for (const [name, listener] of Object.entries(openerListeners)) opener.on(name, listener)
  return { opener: end(opener, opened), opened: end(opened, opener) }
}
