import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usePhone } from './support/fixture.mjs'

const host = usePhone({ browser: { mobile: false, width: 1440, height: 920 } })
let page // one desk, on which the tests go on from where the last one stopped

const phone = (index) => page.frameLocator('iframe').nth(index)
const shot = (name) =>
  page.screenshot({ path: new URL(`screens/${name}.png`, import.meta.url).pathname })

test('a wide window shows a framed phone beside its panel', async () => {
  page = await host.browser.newPage()
  await page.goto(`${host.phone.url}/?path=pages/home/home&scene=B12`)
  await phone(0).locator('.scene', { hasText: 'B12 1047 pages/home/home' }).waitFor()
  await page.locator('.pill', { hasText: '运行正常' }).waitFor()
  const { width } = await page.locator('.device').boundingBox()
  assert.equal(Math.round(width), 414)
  await shot('desk')
})

test('a second phone is another user with storage of its own', async () => {
  await page.getByRole('button', { name: '添加第二部手机' }).click()
  await phone(1).locator('.scene', { hasText: 'B12 1047' }).waitFor()
  await phone(0).locator('.remember').click()
  await phone(0).locator('.user', { hasText: '甲' }).waitFor()
  await page.getByRole('button', { name: '重新启动' }).nth(1).click()
  await phone(1).locator('.user', { hasText: '—' }).waitFor()
  const users = await page.locator('[aria-pressed=true]').allInnerTexts()
  assert.deepEqual(users, ['中文', '食客甲', '食客乙'])
  await shot('desk-two')
})

test('the switches: offline, clear data, table code, language', async () => {
  await page.locator('.toggle input').first().check()
  await phone(0).locator('.ask').click()
  await page.locator('.pill.bad').first().waitFor() // the fixture forgets to catch being offline
  await page.locator('.toggle input').first().uncheck()
  await page.getByRole('button', { name: '清除数据' }).first().click()
  await phone(0).locator('.user', { hasText: '—' }).waitFor()
  await page.locator('form input').first().fill('pages/home/home?scene=A01')
  await page.getByRole('button', { name: '扫码进入' }).first().click()
  await phone(0).locator('.scene', { hasText: 'A01 1047' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await phone(0).locator('.hello', { hasText: 'Hello' }).waitFor()
  await page.getByText('Table code').first().waitFor()
  assert.match(page.url(), /scene=A01.*lang=en/)
  await shot('desk-en')
})

test('a card sent from one phone opens on the other', async () => {
  await phone(0).locator('.share').click()
  await phone(0).locator('.mp-share .ok').click()
  await phone(1).locator('.echo', { hasText: 'share' }).waitFor()
})

test('a mouse drags what a finger would scroll', async () => {
  await page.getByRole('button', { name: 'Restart' }).first().click()
  await phone(0).locator('.hello', { hasText: 'Hello' }).waitFor()
  const { x, y, width, height } = await page.locator('iframe').first().boundingBox()
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  for (const step of [10, 50, 100]) await page.mouse.move(x + width / 2, y + height / 2 - step)
  await page.mouse.up()
  const scrolled = () =>
    phone(0)
      .locator('.mp-scroll')
      .evaluate((scroller) => scroller.scrollTop)
  assert.equal(await scrolled(), 100)
})

test('a phone can be taken away again', async () => {
  await page.getByRole('button', { name: 'Remove this phone' }).click()
  assert.equal(await page.locator('iframe').count(), 1)
})
