import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DOMAIN, usePhone } from './support/fixture.mjs'

const host = usePhone()

/** Calls wx.request in the page and resolves with what success or fail received. */
const request = (phone, options) =>
  phone.page.evaluate(
    (given) =>
      new Promise((resolve) => {
        const { bytes, ...rest } = given
        const data = bytes ? new Uint8Array(bytes).buffer : rest.data
        window.__host.wx.request({
          ...rest,
          data,
          success: (result) =>
            resolve({
              ...result,
              data:
                result.data instanceof ArrayBuffer ? [...new Uint8Array(result.data)] : result.data,
            }),
          fail: resolve,
        })
      }),
    options,
  )

test('a request carries its headers and body, and never a cookie', async () => {
  const phone = await host.open()
  await phone.page.evaluate(() => (document.cookie = 'browser=1'))
  await phone.tap('.ask')
  await phone.shows('.answer', '200 {"dish":"汽锅鸡"}')
  await phone.tap('.ask') // the server's Set-Cookie of the first answer must not come back
  const echoes = () => host.api.requests.filter((one) => one.url === '/echo?x=1')
  while (echoes().length < 2) await phone.page.waitForTimeout(20)
  const asked = echoes()
  assert.equal(asked[0].method, 'POST')
  for (const { headers } of asked) {
    assert.equal(headers.cookie, undefined)
    assert.equal(headers.origin, undefined)
    assert.equal(headers.authorization, 'Bearer t')
    assert.equal(headers['idempotency-key'], 'k1')
    assert.match(headers['user-agent'], /MicroMessenger/)
    assert.match(headers.referer, /^https:\/\/servicewechat\.com\/wx0000000000fixture\//)
  }
  assert.deepEqual(await phone.errors(), [])
})

test('GET puts data into the query; cookies of the answer are handed over', async () => {
  const phone = await host.open()
  const answer = await request(phone, { url: `${DOMAIN}/echo?a=1`, data: { b: '二' } })
  assert.equal(answer.data.url, '/echo?a=1&b=%E4%BA%8C')
  assert.deepEqual(answer.cookies, ['session=1; Path=/'])
  assert.equal(answer.errMsg, 'request:ok')
})

test('304 passes through', async () => {
  const phone = await host.open()
  const first = await request(phone, { url: `${DOMAIN}/menu` })
  assert.deepEqual([first.statusCode, first.header.etag], [200, '"v1"'])
  const header = { 'If-None-Match': '"v1"' }
  const second = await request(phone, { url: `${DOMAIN}/menu`, header })
  assert.deepEqual([second.statusCode, second.data], [304, ''])
})

test('bytes survive both ways', async () => {
  const phone = await host.open()
  const bytes = Array.from({ length: 256 }, (_, index) => index)
  const answer = await request(phone, {
    url: `${DOMAIN}/bytes`,
    method: 'POST',
    bytes,
    responseType: 'arraybuffer',
  })
  assert.deepEqual(answer.data, bytes)
})

test('timeouts, refused connections and being offline fail as on the phone', async () => {
  const phone = await host.open()
  const late = await request(phone, { url: `${DOMAIN}/slow`, timeout: 200 })
  assert.equal(late.errMsg, 'request:fail timeout')
  await phone.page.evaluate(() => window.__host.setOffline(true))
  const seen = host.api.requests.length
  const offline = await request(phone, { url: `${DOMAIN}/echo` })
  assert.match(offline.errMsg, /^request:fail .*ERR_INTERNET_DISCONNECTED/)
  assert.equal(host.api.requests.length, seen)
  assert.deepEqual(await phone.errors(), [])
})

test('other domains and plain http are refused and recorded', async () => {
  const phone = await host.open()
  const other = await request(phone, { url: `${DOMAIN}.evil.example/echo` })
  assert.equal(other.errMsg, 'request:fail url not in domain list')
  const plain = await request(phone, { url: 'http://api.fixture.example/echo' })
  assert.match(plain.errMsg, /https only/)
  assert.equal((await phone.errors()).length, 2)
})

test('a request can be aborted', async () => {
  const phone = await host.open()
  const answer = await phone.page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const task = window.__host.wx.request({ url, fail: resolve })
        setTimeout(() => task.abort(), 50)
      }),
    `${DOMAIN}/slow`,
  )
  assert.equal(answer.errMsg, 'request:fail abort')
})

test('a WebSocket opens through the server without Origin or cookies', async () => {
  const phone = await host.open()
  const message = await phone.page.evaluate(
    () =>
      new Promise((resolve) => {
        const task = window.__host.wx.connectSocket({
          url: 'wss://api.fixture.example/live',
          header: { Authorization: 'Bearer t' },
        })
        task.onMessage(({ data }) => resolve(data))
        task.onError(resolve)
      }),
  )
  assert.equal(message, 'open')
  const { headers } = host.api.requests.find((one) => one.method === 'UPGRADE')
  assert.equal(headers.origin, undefined)
  assert.equal(headers.cookie, undefined)
  assert.equal(headers.authorization, 'Bearer t')
})

test('storage belongs to one user', async () => {
  const alice = await host.open('user=alice')
  await alice.tap('.remember')
  await alice.shows('.user', '甲')
  const bob = await host.open('user=bob')
  await bob.shows('.user', '—')
  const again = await host.open('user=alice')
  await again.shows('.user', '甲')
  const refused = await again.page.evaluate(() => {
    try {
      window.__host.wx.setStorageSync('big', 'x'.repeat(2 ** 21))
      return 'kept'
    } catch (error) {
      return error.errMsg
    }
  })
  assert.equal(refused, 'setStorageSync:fail entry size limit reached')
  await again.page.evaluate(() => window.__host.wx.clearStorageSync())
  const info = await again.page.evaluate(() => window.__host.wx.getStorageInfoSync())
  assert.deepEqual(info.keys, [])
})
