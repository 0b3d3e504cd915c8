import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { signature } from '../build/files.mjs'
import { buildProgram, buildRuntime } from '../build/index.mjs'
import { sendAsset, sendFile } from './files.mjs'
import { forwardImage, forwardRequest } from './forward.mjs'
import { forwardSocket } from './socket.mjs'
import { callSimulator, simulatorAppId } from './wechat.mjs'

const WEB = path.join(path.dirname(fileURLToPath(import.meta.url)), '../web')
const LARGEST_BODY = 16 * 1024 * 1024

/**
 * Builds the mini-program and serves the phone.
 * @param {{root: string, port?: number, host?: string, rewrite?: {from: string, to: string}[],
 *   wechat?: string, appId?: string, codePage?: string, watch?: boolean}} options
 * @returns {Promise<{url: string, problems: Problems, close: () => Promise<void>}>}
 */
export async function servePhone(options) {
  const phone = new PhoneServer(options)
  await phone.build()
  await phone.listen()
  return phone
}

class PhoneServer {
  constructor({ rewrite = [], watch = true, ...options }) {
    this.options = { ...options, rewrite }
    this.watch = watch
    this.sockets = new Set()
    this.routes = {
      '/': (_, response) => sendFile(response, WEB, 'index.html'),
      '/__runtime.js': (_, response) => sendScript(response, this.runtime),
      '/__program.js': (_, response) => this.#sendProgram(response),
      '/__request': (request, response) => this.#sendRequest(request, response),
      '/__image': (request, response, url) =>
        forwardImage(request, response, url.searchParams.get('url') ?? '', rewrite),
    }
  }

  get problems() {
    return this.program.problems
  }

  async build() {
    this.runtime ??= await buildRuntime()
    this.signature = signature(this.options.root)
    this.program = await buildProgram(this.options.root, this.options)
  }

  async listen() {
    this.server = http.createServer((request, response) => this.#answer(request, response))
    this.server.on('connection', (socket) => this.#track(socket))
    this.server.on('upgrade', async (request, socket, head) => {
      forwardSocket(request, socket, head, await this.#settings())
    })
    const { port = 0, host = '127.0.0.1' } = this.options
    await new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, resolve)
    })
    this.url = `http://${host}:${this.server.address().port}`
  }

  close() {
    this.sockets.forEach((socket) => socket.destroy())
    return new Promise((resolve) => this.server.close(resolve))
  }

  /** WebSockets leave the server's own books, and would keep it from closing. */
  #track(socket) {
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
  }

  async #answer(request, response) {
    const url = new URL(request.url, 'http://localhost')
    const route = this.routes[url.pathname]
    try {
      if (route) await route(request, response, url)
      else if (url.pathname.startsWith('/__host/')) {
        await sendFile(response, WEB, url.pathname.slice('/__host/'.length))
      } else if (url.pathname.startsWith('/__wechat/')) {
        await this.#sendWechat(request, response, url.pathname.slice('/__wechat/'.length))
      } else await sendAsset(response, this.options.root, decodeURIComponent(url.pathname))
    } catch (error) {
      response.statusCode = 500
      response.end(error.message)
    }
  }

  /** The next page load shows what was saved since the last one. */
  async #sendProgram(response) {
    if (this.watch && signature(this.options.root) !== this.signature) await this.build()
    const { appId } = await this.#settings()
    const settings = JSON.stringify({ appId })
    sendScript(response, `MpHost.start(${this.program.expression}, ${settings})\n`)
  }

  /** appId: what getAccountInfoSync tells, Referer carries and paySign is checked against. */
  async #settings() {
    this.options.appId ??= await simulatorAppId(this.options.wechat)
    return { ...this.options, appId: this.options.appId ?? this.program.appId }
  }

  async #sendRequest(request, response) {
    const message = await readJson(request)
    sendJson(response, 200, await forwardRequest(message, await this.#settings()))
  }

  async #sendWechat(request, response, name) {
    const { status, body } = await callSimulator(this.options.wechat, name, await readJson(request))
    sendJson(response, status, body)
  }
}

async function readJson(request) {
  if (!/^application\/json/.test(request.headers['content-type'] ?? '')) {
    throw new Error('application/json is wanted')
  }
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LARGEST_BODY) throw new Error('the body is over 16 MB')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

function sendJson(response, status, value) {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(value))
}

function sendScript(response, script) {
  response.setHeader('content-type', 'text/javascript; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(script)
}
