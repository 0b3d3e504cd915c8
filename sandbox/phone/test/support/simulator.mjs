import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))

/** The Python that has the simulator's packages: the one `./manage` keeps. */
function findPython() {
  if (process.env.DIANCAN_PYTHON) return process.env.DIANCAN_PYTHON
  const ask = 'from tooling import venv; print(venv.find() or "")'
  const asked = spawnSync('python3', ['-c', ask], { cwd: REPOSITORY, encoding: 'utf8' })
  return asked.stdout.trim()
}

/**
 * Starts sandbox.wechat on a free port.
 * @returns {Promise<{url: string, close: () => void} | {missing: string}>}
 */
export async function startSimulator() {
  const python = findPython()
  if (!python) return { missing: 'no Python environment yet: ./manage test builds it' }
  const state = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-'))
  const options = ['-m', 'sandbox.wechat', '--port', '0', '--state-dir', state]
  const child = spawn(python, options, { cwd: REPOSITORY })
  const close = () => {
    child.kill()
    fs.rmSync(state, { recursive: true, force: true })
  }
  let said = ''
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      said += chunk
      const ready = /^ready (http:\S+)/m.exec(said)
      if (ready) resolve({ url: ready[1], close })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', () => reject(new Error(`sandbox.wechat ended:\n${said}`)))
  })
}

/** A control plane that answers from a table, for answers the real one would not give at will. */
export async function startControlPlane(answers) {
  const asked = []
  const server = http.createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const name = request.url.replace('/_control/', '')
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks)) : undefined
    asked.push({ name, body })
    const [status, answer] = answers[name] ?? [404, { code: 'unknown', message: name }]
    response.statusCode = status
    response.end(JSON.stringify(answer))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
