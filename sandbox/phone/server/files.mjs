import fs from 'node:fs/promises'
import path from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.mp3': 'audio/mpeg',
}
const ASSETS = /\.(png|jpe?g|gif|webp|svg|mp4|mp3)$/i

/** Sends a file from `folder` when it is one; answers 404 otherwise. */
export async function sendFile(response, folder, name) {
  const file = path.join(folder, name)
  const inside = file.startsWith(folder + path.sep)
  try {
    if (!inside || !TYPES[path.extname(file).toLowerCase()]) throw new Error('not served')
    const content = await fs.readFile(file)
    response.setHeader('content-type', TYPES[path.extname(file).toLowerCase()])
    response.setHeader('cache-control', 'no-cache')
    response.end(content)
  } catch {
    response.statusCode = 404
    response.end('not found')
  }
}

/** Pictures and sounds of the mini-program; its source stays unserved. */
export function sendAsset(response, root, name) {
  return sendFile(response, root, ASSETS.test(name) ? name : 'nothing')
}
