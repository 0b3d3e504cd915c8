import { fromBase64, toBase64 } from './bytes.mjs'
import { deliver } from './define.mjs'

const DEFAULT_TIMEOUT = 60_000
const METHODS = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|CONNECT)$/

export function network({ host, wx, define }) {
  wx.request = (options) =>
    task(host, 'request', options, (signal) => request(host, options, signal))

  wx.downloadFile = (options) =>
    task(host, 'downloadFile', options, async (signal) => {
      const wanted = { ...options, responseType: 'arraybuffer' }
      const { data, statusCode, header } = await request(host, wanted, signal)
      const type = header['content-type'] ?? 'application/octet-stream'
      const tempFilePath = host.resources.keep(new Blob([data], { type }))
      return { statusCode, tempFilePath, errMsg: 'downloadFile:ok' }
    })

  const listeners = new Set()
  wx.onNetworkStatusChange = (listener) => void listeners.add(listener)
  wx.offNetworkStatusChange = (listener) => {
    if (listener) listeners.delete(listener)
    else listeners.clear()
  }
  host.setOffline = (offline) => {
    if (host.offline === offline) return
    host.offline = offline
    const status = { isConnected: !offline, networkType: offline ? 'none' : 'wifi' }
    for (const listener of listeners) listener(status)
  }
  define('getNetworkType', {}, () => ({ networkType: host.offline ? 'none' : 'wifi' }))
}

/** Runs a request as WeChat's task object, which can be aborted. */
function task(host, name, options, run) {
  const { url, method, header } = options
  host.journal.call(name, { url, method, header })
  const controller = new AbortController()
  const running = run(controller.signal).catch((error) => {
    if (controller.signal.aborted) throw { errMsg: `${name}:fail abort` }
    throw error
  })
  const { success, fail, complete } = options
  // wx.request returns its task, never a promise: callbacks only.
  const callbacks = success || fail || complete ? options : { complete() {} }
  deliver(host, name, callbacks, running, new Error(name))
  return {
    abort: () => controller.abort(),
    onHeadersReceived() {},
    offHeadersReceived() {},
    onProgressUpdate() {},
    offProgressUpdate() {},
    onChunkReceived() {},
    offChunkReceived() {},
  }
}

async function request(host, options, signal) {
  const message = toMessage(host, options)
  if (host.offline) {
    throw {
      errno: 600001,
      errMsg:
        'request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED',
    }
  }
  const answer = await forward(message, signal)
  if (answer.errMsg) {
    if (/not in domain list/.test(answer.errMsg)) {
      host.journal.fault(`wx.request: ${message.url}: ${answer.errMsg}`)
    }
    throw answer
  }
  const { statusCode, header, cookies } = answer
  return { data: decode(answer.body, options), statusCode, header, cookies, errMsg: 'request:ok' }
}

async function forward(message, signal) {
  try {
    const response = await fetch('/__request', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal,
    })
    return await response.json()
  } catch (error) {
    throw { errMsg: `request:fail ${error.message}` }
  }
}

function toMessage(host, options) {
  const method = (options.method ?? 'GET').toUpperCase()
  if (!/^https:\/\//.test(options.url ?? '') || !METHODS.test(method)) {
    const errMsg = `request:fail invalid url "${options.url}" or method "${method}" (https only)`
    host.journal.fault(errMsg)
    throw { errMsg }
  }
  const header = toHeader(host, options.header ?? {})
  const timeout = options.timeout ?? host.program.app.networkTimeout?.request ?? DEFAULT_TIMEOUT
  return { method, header, timeout, ...toUrlAndBody(method, header, options) }
}

function toHeader(host, given) {
  const header = { 'content-type': 'application/json' }
  for (const [name, value] of Object.entries(given)) {
    if (/^(referer|cookie)$/i.test(name)) {
      host.journal.fault(`wx.request: the header ${name} cannot be relied on in WeChat`)
    }
    header[name.toLowerCase()] = String(value)
  }
  return header
}

function toUrlAndBody(method, header, { url, data }) {
  if (data === undefined || data === null) return { url }
  if (method === 'GET' || method === 'HEAD') {
    const search = new URLSearchParams(data).toString()
    return { url: search ? url + (url.includes('?') ? '&' : '?') + search : url }
  }
  return { url, body: toBase64(encodeBody(header['content-type'], data)) }
}

function encodeBody(type, data) {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  const isForm = type.includes('urlencoded') && typeof data === 'object'
  const text = isForm ? new URLSearchParams(data).toString() : data
  return new TextEncoder().encode(typeof text === 'string' ? text : JSON.stringify(text))
}

function decode(body, { responseType, dataType = 'json' }) {
  const bytes = fromBase64(body)
  if (responseType === 'arraybuffer') return bytes.buffer
  const text = new TextDecoder().decode(bytes)
  if (dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text // as WeChat does with what is not JSON
  }
}
