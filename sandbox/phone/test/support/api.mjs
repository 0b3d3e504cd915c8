import fs from 'node:fs'
import http from 'node:http'
import { fileURLToPath } from 'node:url'

const PICTURE = fileURLToPath(new URL('../fixture/src/images/tab.png', import.meta.url))

/** The merchant's server for these tests: it answers with what it was asked, and remembers it. */
export async function startApi() {
  const requests = []
  const server = http.createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const asked = { method, url, headers, body: Buffer.concat(chunks) }
    requests.push(asked)
    const [path] = url.split('?')
    const answer = ANSWERS[path] ?? notFound
    answer(asked, response)
  })
  server.on('upgrade', (request, socket) => echoSocket(request, socket, requests))
  const sockets = new Set()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    close() {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}

function notFound(_, response) {
  response.statusCode = 404
  response.end('{}')
}

const ANSWERS = {
  '/echo'({ method, url, body }, response) {
    response.setHeader('content-type', 'application/json')
    response.setHeader('set-cookie', ['session=1; Path=/'])
    response.end(JSON.stringify({ method, url, body: body.toString() }))
  },
  '/menu'({ headers }, response) {
    response.setHeader('etag', '"v1"')
    response.statusCode = headers['if-none-match'] === '"v1"' ? 304 : 200
    response.end(response.statusCode === 304 ? undefined : '{"version":"v1"}')
  },
  '/bytes'({ body }, response) {
    response.end(body)
  },
  '/slow'(_, response) {
    setTimeout(() => response.end('late'), 3000)
  },
  '/dish.png'(_, response) {
    response.setHeader('content-type', 'image/png')
    response.setHeader('cache-control', 'public, immutable')
    response.end(fs.readFileSync(PICTURE))
  },
}

/** Takes the handshake and sends back the first unmasked text frame: `open`. */
function echoSocket(request, socket, requests) {
  requests.push({ method: 'UPGRADE', url: request.url, headers: request.headers })
  import('node:crypto').then(({ createHash }) => {
    const key = request.headers['sec-websocket-key']
    const accept = createHash('sha1')
      .update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
      .digest('base64')
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    socket.write(Buffer.concat([Buffer.from([0x81, 4]), Buffer.from('open')]))
  })
  socket.on('error', () => {})
}
