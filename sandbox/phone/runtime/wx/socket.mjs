const CONNECTING_ERROR = 'connectSocket:fail'

/** WebSockets go through the host's server, like requests: no Origin, no cookies. */
export function socket({ host, wx }) {
  wx.connectSocket = (options) => {
    host.journal.call('connectSocket', { url: options.url })
    return new SocketTask(host, options)
  }
}

class SocketTask {
  constructor(host, options) {
    this.host = host
    this.handlers = { open: [], message: [], error: [], close: [] }
    const { url, header = {}, protocols = [] } = options
    if (!/^wss:\/\//.test(url)) {
      host.journal.fault(`wx.connectSocket: ${url}: wss only`)
      this.#tell('error', { errMsg: `${CONNECTING_ERROR} invalid url` })
      return
    }
    const search = new URLSearchParams({ url, header: JSON.stringify(header) })
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.socket = new WebSocket(`${scheme}://${location.host}/__socket?${search}`, protocols)
    this.socket.binaryType = 'arraybuffer'
    this.socket.onopen = () => this.#tell('open', { header: {} })
    this.socket.onmessage = ({ data }) => this.#tell('message', { data })
    this.socket.onerror = () => this.#tell('error', { errMsg: CONNECTING_ERROR })
    this.socket.onclose = ({ code, reason }) => this.#tell('close', { code, reason })
    options.success?.({ errMsg: 'connectSocket:ok' })
    options.complete?.({ errMsg: 'connectSocket:ok' })
  }

  onOpen(handler) {
    this.handlers.open.push(handler)
  }

  onMessage(handler) {
    this.handlers.message.push(handler)
  }

  onError(handler) {
    this.handlers.error.push(handler)
  }

  onClose(handler) {
    this.handlers.close.push(handler)
  }

  send({ data, success, fail, complete }) {
    const open = this.socket?.readyState === WebSocket.OPEN
    if (open) this.socket.send(data)
    const result = {
      errMsg: open ? 'sendSocketMessage:ok' : 'sendSocketMessage:fail not connected',
    }
    if (open) success?.(result)
    else fail?.(result)
    complete?.(result)
  }

  close({ code = 1000, reason = '', success, complete } = {}) {
    this.socket?.close(code, reason)
    const result = { errMsg: 'closeSocket:ok' }
    success?.(result)
    complete?.(result)
  }

  #tell(name, value) {
    queueMicrotask(() => {
      for (const handler of this.handlers[name]) {
        try {
          handler(value)
        } catch (error) {
          this.host.journal.error(`SocketTask ${name}`, error)
        }
      }
    })
  }
}
