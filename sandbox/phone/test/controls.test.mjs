import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usePhone } from './support/fixture.mjs'

const host = usePhone()

const openForm = () => host.open('path=pages/form/form&from=%E6%89%AB%E7%A0%81')

test('input filters, two-way binding, and a form that gathers its fields', async () => {
  const phone = await openForm()
  await phone.find('.phone input').fill('138-1234 5678 99')
  await phone.tap('wx-label wx-text') // a label turns its switch on
  await phone.tap('wx-radio >> nth=1')
  await phone.tap('wx-checkbox >> nth=0')
  await phone.tap('wx-checkbox >> nth=1')
  await phone.find('.note textarea').fill('少油\n不要葱')
  await phone.shows('.echo', '13812345678|true|小|蛋,肉|午餐|%E6%89%AB%E7%A0%81')
  await phone.tap('.submit')
  assert.deepEqual(JSON.parse(await phone.text('.submitted')), {
    phone: '13812345678',
    spicy: true,
    size: '小',
    extras: ['蛋', '肉'],
    note: '少油\n不要葱',
  })
  assert.deepEqual(await phone.errors(), [])
})

test('a picker offers its range', async () => {
  const phone = await openForm()
  await phone.tap('.time')
  await phone.page.locator('.mp-sheet button', { hasText: '晚餐' }).tap()
  assert.match(await phone.text('.echo'), /\|晚餐\|/)
})

test('a swiper turns by hand and tells the new page', async () => {
  const phone = await openForm()
  await phone.find('mp-track').evaluate((track) => track.scrollTo({ left: track.clientWidth }))
  await phone.shows('.picture', '1')
  assert.equal(await phone.find('mp-dot').count(), 2)
})

test('a scroll-view scrolls to a child, and tells where it is and when it ends', async () => {
  const phone = await host.open('path=pages/list/list')
  await phone.tap('.measure')
  await phone.shows('.top', '0 0 50')
  await phone.tap('.jump')
  await phone.shows('.top', '1497 1 50') // 40 rows of 50 in a view of 503: row 30 ends at the bottom
  const box = await phone.find('.rows').boundingBox()
  assert.equal(box.y, 114)
  const weight = await phone.find('#row-0').evaluate((row) => getComputedStyle(row).fontWeight)
  assert.equal(weight, '700')
  assert.deepEqual(await phone.errors(), [])
})

test('toast, dialog and action sheet look like WeChat and answer', async () => {
  const phone = await host.open()
  await phone.tap('.toast')
  assert.equal(await phone.page.locator('.mp-toast').innerText(), '已加入')
  await phone.tap('.modal')
  assert.equal(await phone.page.locator('.mp-modal p').innerText(), '提交订单？')
  await phone.page.locator('.mp-modal button', { hasText: '取消' }).tap()
  await phone.shows('.answer', '已取消')
  await phone.tap('.modal')
  await phone.page.locator('.mp-modal .ok').tap()
  await phone.shows('.answer', '已确认')
  await phone.tap('.sheet')
  await phone.page.locator('.mp-sheet button', { hasText: '特辣' }).tap()
  await phone.shows('.answer', '第1项')
  await phone.tap('.sheet')
  await phone.page.locator('.mp-sheet .cancel').tap()
  await phone.shows('.answer', 'showActionSheet:fail cancel')
  assert.deepEqual(await phone.errors(), [])
})

test('a finger pulls the page down to refresh it', async () => {
  const phone = await host.open()
  const client = await phone.page.context().newCDPSession(phone.page)
  const touch = (type, y) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: y ? [{ x: 100, y }] : [] })
  await touch('touchStart', 100)
  for (const y of [140, 180, 220, 260, 300]) await touch('touchMove', y)
  await touch('touchEnd')
  await phone.shows('.log', 'Array load,show,ready,refresh')
  assert.deepEqual(await phone.errors(), [])
})
