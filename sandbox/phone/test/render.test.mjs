import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usePhone } from './support/fixture.mjs'

const host = usePhone()

test('a page renders data, WXS, templates and includes', async () => {
  const phone = await host.open()
  await phone.shows('.hello', '你好')
  await phone.shows('.sum', '3份 ¥38.00')
  await phone.shows('.foot', '页脚 —')
  assert.deepEqual(await phone.find('.line').allInnerTexts(), ['过桥米线×1', '汽锅鸡×2'])
  await phone.shows('.log', 'Array load,show,ready')
  await phone.tap('.line >> nth=1')
  await phone.shows('.picked', '2')
  assert.deepEqual(await phone.errors(), [])
})

test('components have slots, properties, observers, events and a life of their own', async () => {
  const phone = await host.open()
  await phone.shows('card .head', '招牌')
  await phone.shows('card .body', '内文')
  assert.match(await phone.text('card wx-text >> nth=1'), /^¥38\.00 7600 attached,ready$/)
  await phone.tap('card .body')
  await phone.shows('.chosen', '3800')
  await phone.tap('counter wx-view wx-view')
  await phone.shows('.counted', '4')
  await phone.tap('counter wx-text')
  assert.equal(await phone.text('counter wx-text'), '4/1')
  assert.deepEqual(await phone.errors(), [])
})

test('styles: rpx, vh, page and component scopes, external classes', async () => {
  const phone = await host.open()
  const style = (selector, property) =>
    phone
      .find(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element)[name], property)
  assert.equal(await style('.box', 'width'), '187.5px')
  assert.equal(await style('.box', 'paddingLeft'), '37.5px')
  assert.equal(await style('.box', 'height'), '55.2969px') // a tenth of 667 - 64 - 50
  assert.equal(await style('card .head', 'color'), 'rgb(7, 193, 96)')
  assert.equal(await style('card .body', 'color'), 'rgb(200, 0, 0)') // the page's class, not the card's
  assert.equal(await style('card .title-class, card wx-text', 'color'), 'rgb(200, 0, 0)')
  assert.equal(await style('card', 'display'), 'block') // :host
})

test('pictures come from the package or through the server, as from the network', async () => {
  const phone = await host.open()
  const loaded = (selector) =>
    phone.find(`${selector} img`).evaluate((img) => img.decode().then(() => img.naturalWidth))
  assert.equal(await loaded('.dish'), 40)
  assert.equal(await loaded('.local'), 40)
  const asked = host.api.requests.filter((request) => request.url === '/dish.png')
  assert.ok(asked.length >= 1)
  assert.equal(asked[0].headers.cookie, undefined)
  const { height } = await phone.find('.local').boundingBox()
  assert.equal(height, 50) // widthFix keeps the picture square
})

test('touches: touchstart, long press, catch stops, disabled buttons stay silent', async () => {
  const phone = await host.open()
  const box = await phone.find('.touch').boundingBox()
  await phone.tap('.inner')
  await phone.shows('.events', 'touchstart:number inner')
  const client = await phone.page.context().newCDPSession(phone.page)
  const touchPoints = [{ x: box.x + 5, y: box.y + 5 }]
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await phone.shows('.events', 'touchstart:number inner touchstart:number longpress:number')
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await phone.find('.off').tap({ force: true })
  assert.equal(await phone.page.locator('.mp-modal').count(), 0)
})

test('a narrow window is the phone itself', async () => {
  const page = await host.browser.newPage()
  await page.goto(host.phone.url)
  await page.waitForFunction(() => window.__host?.started)
  const { width, height } = await page.locator('#mp-phone').boundingBox()
  assert.deepEqual([width, height], [375, 667])
  await page.close()
})

test('a second language reaches the program and the dialogs', async () => {
  const phone = await host.open('lang=en')
  await phone.shows('.hello', 'Hello')
  await phone.tap('.modal')
  assert.equal(await phone.page.locator('.mp-modal .ok').innerText(), 'OK')
})

test('sizes of setData and pages are measured', async () => {
  const phone = await host.open()
  const { pages } = await phone.page.evaluate(() => window.__host.metrics)
  const { setDataCount, maxSetDataBytes, maxNodes } = pages['pages/home/home']
  assert.ok(setDataCount >= 4)
  const largest = { hello: '你好', scene: ' 1001 pages/home/home' }
  assert.equal(maxSetDataBytes, Buffer.byteLength(JSON.stringify(largest)))
  assert.equal(maxNodes, 37)
})
