import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import http from 'node:http'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { rewriteUrl } from '../server/forward.mjs'
import { readArgs } from '../server/args.mjs'
import { copyFixture, FIXTURE } from './support/fixture.mjs'

const SERVER = fileURLToPath(new URL('../server.mjs', import.meta.url))
const COMPILE = fileURLToPath(new URL('../compile.mjs', import.meta.url))

/** Runs a program until it ends, or until `until` is in its output. */
function run(script, options, until) {
  const child = spawn(process.execPath, [script, ...options])
  let output = ''
  return new Promise((resolve) => {
    const read = (chunk) => {
      output += chunk
      if (until?.test(output)) resolve({ child, output })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => resolve({ code, output }))
  })
}

test('the server says ready and serves; SIGTERM ends it', async () => {
  const { child, output } = await run(SERVER, ['--root', `${FIXTURE}/src`], /ready/)
  const url = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m.exec(output)[1]
  const page = await fetch(url)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /mp-phone/)
  assert.match(await (await fetch(`${url}/__program.js`)).text(), /^MpHost\.start\(/)
  for (const hidden of ['/app.json', '/app.ts', '/../package.json', '/__host/../server.mjs']) {
    assert.equal((await fetch(url + hidden)).status, 404, hidden)
  }
  const ended = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGTERM')
  assert.equal(await ended, 0)
})

test('a broken mini-program is listed with file and line, and nothing starts', async () => {
  const copy = copyFixture()
  copy.edit('pages/home/home.wxml', 'bindtap="toast"', 'bindtap="tost"')
  const { code, output } = await run(SERVER, ['--root', copy.root])
  copy.dispose()
  assert.equal(code, 1)
  assert.match(output, /^pages\/home\/home\.wxml:33: error: handler "tost" does not exist/m)
  assert.doesNotMatch(output, /ready/)
})

test('a port in use is named, with what to do', async () => {
  const other = http.createServer()
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address()
  const { code, output } = await run(SERVER, ['--root', `${FIXTURE}/src`, '--port', String(port)])
  other.close()
  assert.equal(code, 1)
  assert.match(output, new RegExp(`^port ${port} is in use: choose another with --port$`, 'm'))
})

test('saving a file shows on the next load', async () => {
  const copy = copyFixture()
  const { child, output } = await run(SERVER, ['--root', copy.root], /ready/)
  const url = /ready (\S+)/.exec(output)[1]
  copy.edit('app.json', '"样例"', '"改过的样例"')
  const program = await (await fetch(`${url}/__program.js`)).text()
  child.kill()
  copy.dispose()
  assert.match(program, /改过的样例/)
})

test('wrong arguments are explained', async () => {
  const { code, output } = await run(SERVER, ['--rewrite', 'http://plain=http://x'])
  assert.equal(code, 2)
  assert.match(output, /--rewrite http:\/\/plain=http:\/\/x is not https:\/\/NAME=http:\/\/ADDRESS/)
  assert.throws(() => readArgs(['--root', '/nowhere']), /--root \/nowhere holds no app\.json/)
  assert.throws(() => readArgs(['--port', 'many']), /--port many is not a port/)
  const { rewrite, wechat } = readArgs(['--api', 'http://127.0.0.1:1/', '--wechat', 'http://x:2/'])
  assert.deepEqual(rewrite, [{ from: 'https://api.diancan.example', to: 'http://127.0.0.1:1' }])
  assert.equal(wechat, 'http://x:2')
})

test('only listed domains are rewritten, whole names only', () => {
  const rewrite = [{ from: 'https://a.example', to: 'http://127.0.0.1:9' }]
  assert.equal(rewriteUrl('https://a.example/x?y=1', rewrite), 'http://127.0.0.1:9/x?y=1')
  assert.equal(rewriteUrl('https://a.example', rewrite), 'http://127.0.0.1:9')
  assert.equal(rewriteUrl('https://a.example?x', rewrite), 'http://127.0.0.1:9?x')
  assert.equal(rewriteUrl('https://a.example.evil/x', rewrite), undefined)
  assert.equal(rewriteUrl('https://a.example@evil/x', rewrite), undefined)
  assert.equal(rewriteUrl('http://a.example/x', rewrite), undefined)
})

test('compile.mjs counts files and fails on an error', async () => {
  const good = await run(COMPILE, [`${FIXTURE}/src`])
  assert.equal(good.code, 0)
  assert.match(good.output, /^16 files compiled by wcc and wcsc, 0 errors$/m)
  const copy = copyFixture()
  copy.edit('pages/home/home.wxml', '{{answer}}', '{{answer || {}}}')
  const bad = await run(COMPILE, [copy.root])
  copy.dispose()
  assert.equal(bad.code, 1)
  assert.match(bad.output, /pages\/home\/home\.wxml:14:/)
})
