import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usePhone } from './support/fixture.mjs'

const host = usePhone()

test('a cold start from a code: encoded scene, launch options, own query', async () => {
  const phone = await host.open('path=pages/home/home&scene=B12_%E5%8C%85&wxscene=1047')
  await phone.shows('.scene', 'B12_包 1047 pages/home/home')
  const launch = await phone.page.evaluate(() => window.__host.wx.getLaunchOptionsSync())
  assert.deepEqual(launch.query, { scene: 'B12_%E5%8C%85' })
  assert.deepEqual(await phone.errors(), [])
})

test('a path that does not exist falls back to the first page and is an error', async () => {
  const phone = await host.open('path=pages/nowhere/nowhere')
  await phone.shows('.hello', '你好')
  assert.match((await phone.errors())[0], /page "pages\/nowhere\/nowhere" is not found/)
})

test('navigateTo into a subpackage, its bar, event channels, and back', async () => {
  const phone = await host.open()
  await phone.tap('.far')
  await phone.shows('.far', '汽|load %E6%B1%BD|from home')
  assert.equal(await phone.title(), '远处')
  const colour = await phone.page
    .locator('#mp-nav')
    .evaluate((bar) => getComputedStyle(bar).backgroundColor)
  assert.equal(colour, 'rgb(31, 92, 70)')
  await phone.tap('.back')
  await phone.shows('.answer', '回来了')
  await phone.shows('.log', 'Array load,show,ready,hide,show')
  await phone.tap('.form')
  assert.equal(await phone.title(), '表单')
  await phone.page.locator('#mp-back').tap()
  assert.equal(await phone.title(), '首页')
  assert.deepEqual(await phone.errors(), [])
})

test('tabs keep their page; the tab bar marks the one shown', async () => {
  const phone = await host.open()
  await phone.page.locator('.mp-tab').nth(1).tap()
  assert.equal(await phone.title(), '列表')
  assert.equal(await phone.page.locator('.mp-tab.chosen').innerText(), '列表')
  await phone.page.locator('.mp-tab').nth(0).tap()
  await phone.shows('.log', 'Array load,show,ready,tab1,hide,show')
  await phone.page.evaluate(() => window.__host.wx.setTabBarBadge({ index: 1, text: '3' }))
  assert.equal(await phone.page.locator('.mp-tab i').innerText(), '3')
  await phone.page.evaluate(() => window.__host.wx.navigateTo({ url: '/pages/form/form' }))
  assert.equal(await phone.page.locator('#mp-tabbar').isHidden(), true)
  assert.deepEqual(await phone.errors(), [])
})

test('the eleventh page on the stack is refused', async () => {
  const phone = await host.open('path=pkg/pages/far/far')
  for (let depth = 1; depth < 10; depth += 1) {
    await phone.tap('.again')
    await phone.page.waitForFunction((n) => window.__host.pages.length === n, depth + 1)
  }
  await phone.tap('.again')
  await phone.page.waitForFunction(() => window.__host.errors.length > 0)
  const [error] = await phone.errors()
  assert.match(error, /webview count limit exceed/)
  assert.equal(await phone.page.evaluate(() => window.__host.pages.length), 10)
})

test('the capsule: share shows and records the card, leaving hides the app', async () => {
  const phone = await host.open()
  await phone.page.locator('#mp-menu').tap()
  await phone.page.locator('.mp-sheet button', { hasText: '转发给朋友' }).tap()
  assert.match(await phone.page.locator('.mp-share').innerText(), /来吃饭/)
  await phone.page.locator('.mp-share .ok').tap()
  const [shared] = await phone.calls('share')
  assert.deepEqual(shared.options, { title: '来吃饭', path: '/pages/form/form?from=share' })
  await phone.page.locator('#mp-close').tap()
  await phone.page.locator('.mp-left button').tap()
  const globals = await phone.page.evaluate(() => window.__host.app.globalData)
  assert.equal(globals.shown, 2)
  assert.equal(globals.hidden, 1)
  await phone.shows('.log', 'Array load,show,ready,hide,show')
  assert.deepEqual(await phone.errors(), [])
})

test('a button with open-type share asks the page too', async () => {
  const phone = await host.open()
  await phone.tap('.share')
  await phone.page.locator('.mp-share').waitFor()
  assert.equal((await phone.calls('share')).length, 1)
})

test('the click behind a tap that brought the tab bar up chooses no tab', async () => {
  const phone = await host.open()
  await phone.page.evaluate(() => window.__host.wx.navigateTo({ url: '/pages/form/form' }))
  const bottom = await phone.page.evaluate(() => {
    const list = window.__host.program.app.tabBar.list[1].pagePath
    const turn = () => window.__host.wx.switchTab({ url: '/' + list })
    document.addEventListener('touchend', turn, { once: true })
    return { x: 40, y: window.innerHeight - 20 }
  })
  await phone.page.touchscreen.tap(bottom.x, bottom.y)
  await phone.page.locator('.mp-tab.chosen').waitFor()
  await phone.page.waitForTimeout(400)
  assert.equal(await phone.title(), '列表')
})
