import http from 'node:http'
import { headersFor, rewriteUrl } from './forward.mjs'

const HANDSHAKE = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
]

/** Joins a page's WebSocket to the server it names, byte for byte, without Origin or cookies. */
export function forwardSocket(request, socket, head, { rewrite, appId }) {
  const { searchParams } = new URL(request.url, 'http://localhost')
  const secure = searchParams.get('url') ?? ''
  const target = rewriteUrl(secure.replace(/^wss:/, 'https:'), rewrite)
  if (!target) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  const headers = headersFor(readHeader(searchParams.get('header')), appId)
  for (const name of HANDSHAKE) {
    if (request.headers[name]) headers[name] = request.headers[name]
  }
  const upstream = http.request(target, { headers })
  upstream.on('upgrade', (response, peer, peerHead) => {
    socket.write(statusLine(response))
    socket.write(peerHead)
    peer.write(head)
    peer.pipe(socket).pipe(peer)
    peer.on('error', () => socket.destroy())
    socket.on('error', () => peer.destroy())
  })
  upstream.on('response', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  upstream.end()
  return undefined
}

function readHeader(text) {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

function statusLine({ rawHeaders }) {
  const lines = ['HTTP/1.1 101 Switching Protocols']
  for (let i = 0; i < rawHeaders.length; i += 2)
    lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
  return lines.join('\r\n') + '\r\n\r\n'
}
