import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startPhone, usePhone } from './support/fixture.mjs'
import { Merchant } from './support/merchant.mjs'
import { startControlPlane, startSimulator } from './support/simulator.mjs'

/** Calls a wx function and resolves with what success or fail received. */
const callWx = (phone, name, options = {}) =>
  phone.page.evaluate(
    ([api, given]) =>
      new Promise((resolve) =>
        window.__host.wx[api]({ ...given, success: resolve, fail: resolve }),
      ),
    [name, options],
  )

const SIGNED = {
  timeStamp: '1',
  nonceStr: 'n',
  package: 'prepay_id=p1',
  signType: 'RSA',
  paySign: 's',
}

let control
const host = usePhone(async () => {
  control = await startControlPlane({
    credentials: [200, { appid: 'wxcontrolplane00001' }],
    'login-code': [200, { code: 'code-1', openid: 'o1' }],
    'phone-code': [200, { code: 'phone-1' }],
    subscribe: [200, { T1: 'accept', errMsg: 'requestSubscribeMessage:ok' }],
    'request-payment': [
      400,
      { code: 'PAY_SIGN', message: 'paySign', errMsg: 'requestPayment:fail invalid signature' },
    ],
  })
  return { wechat: control.url }
})
after(() => control.close())

test('wx.login gets a code for this phone’s user, under the simulator’s appid', async () => {
  const phone = await host.open('user=diner-b')
  assert.equal((await callWx(phone, 'login')).code, 'code-1')
  const login = control.asked.find((one) => one.name === 'login-code')
  assert.deepEqual(login.body, { user: 'diner-b' })
  const { miniProgram } = await phone.page.evaluate(() => window.__host.wx.getAccountInfoSync())
  assert.equal(miniProgram.appId, 'wxcontrolplane00001')
})

test('a refused paySign fails the call and shows no sheet', async () => {
  const phone = await host.open()
  const answer = await callWx(phone, 'requestPayment', SIGNED)
  assert.equal(answer.errMsg, 'requestPayment:fail invalid signature')
  assert.equal(await phone.page.locator('.mp-pay').count(), 0)
  const { body } = control.asked.find((one) => one.name === 'request-payment')
  assert.deepEqual(body, { appId: 'wxcontrolplane00001', ...SIGNED, user: 'diner-a' })
})

test('a payment without its parameters is a fault of the program', async () => {
  const phone = await host.open()
  const unsigned = { ...SIGNED, paySign: undefined }
  const answer = await callWx(phone, 'requestPayment', unsigned)
  assert.match(answer.errMsg, /parameter\.paySign should be string instead of undefined/)
  assert.equal((await phone.errors()).length, 1)
})

test('messages and phone number are the person’s to allow', async () => {
  const phone = await host.open()
  const subscribed = callWx(phone, 'requestSubscribeMessage', { tmplIds: ['T1'] })
  await phone.page.locator('.mp-consent .primary').tap()
  assert.deepEqual(await subscribed, { errMsg: 'requestSubscribeMessage:ok', T1: 'accept' })
  assert.equal(control.asked.at(-1).body.accept, true)
  const denied = phone.page.evaluate(() => window.__host.wechat.askPhoneNumber())
  await phone.page.locator('.mp-consent button', { hasText: '不允许' }).tap()
  assert.deepEqual(await denied, { errMsg: 'getPhoneNumber:fail user deny' })
  const allowed = phone.page.evaluate(() => window.__host.wechat.askPhoneNumber())
  await phone.page.locator('.mp-consent .primary').tap()
  assert.deepEqual(await allowed, { code: 'phone-1', errMsg: 'getPhoneNumber:ok' })
})

test('without a simulator sign-in fails with words that say what to do', async (t) => {
  const alone = await startPhone()
  t.after(() => alone.close())
  const phone = await alone.open()
  const { errMsg } = await callWx(phone, 'login')
  assert.equal(errMsg, 'login:fail no WeChat simulator: start the phone with --wechat URL')
})

test('privacy: protected calls wait for the guide and fail with errno 104 when refused', async () => {
  const phone = await host.open('privacy=1')
  const refused = await callWx(phone, 'getLocation')
  assert.equal(refused.errno, 104)
  await phone.page.evaluate(() =>
    window.__host.wx.onNeedPrivacyAuthorization((resolve) => {
      window.__host.privacy.agree('agree')
      resolve({ event: 'agree', buttonId: 'agree' })
    }),
  )
  assert.equal((await callWx(phone, 'getLocation')).errMsg, 'getLocation:ok')
  assert.deepEqual(await phone.errors(), [])
})

test('scanning a table code hands over its page and scene', async () => {
  const phone = await host.open()
  const scanned = callWx(phone, 'scanCode')
  await phone.page.locator('.mp-scanner input').fill('pages/home/home?scene=B12')
  await phone.page.locator('.mp-scanner .primary').tap()
  assert.equal((await scanned).path, 'pages/home/home?scene=B12')
})

test('the real simulator: sign in, pay, pay again, close the sheet', async (t) => {
  const simulator = await startSimulator()
  if (simulator.missing) return t.skip(simulator.missing)
  t.after(simulator.close)
  const real = await startPhone({ wechat: simulator.url })
  t.after(() => real.close())
  const merchant = await Merchant.at(simulator.url)
  const phone = await real.open('user=diner-a')

  const openid = await merchant.openid((await callWx(phone, 'login')).code)
  const request = await merchant.order(openid, 6850)
  const paid = callWx(phone, 'requestPayment', request)
  const amount = phone.page.locator('[data-testid=paysheet-amount]')
  assert.equal(await amount.innerText(), '¥68.50')
  assert.match(await phone.page.locator('.mp-pay').innerText(), /汽锅鸡一份/)
  await phone.page.screenshot({ path: new URL('screens/pay.png', import.meta.url).pathname })
  await phone.page.locator('[data-testid=paysheet-pay]').tap()
  assert.deepEqual(await paid, { errMsg: 'requestPayment:ok' })
  assert.equal(await phone.page.locator('.mp-pay').count(), 0)

  const twice = await callWx(phone, 'requestPayment', request)
  assert.match(twice.errMsg, /^requestPayment:fail /)

  const other = await merchant.order(openid, 100)
  const closed = callWx(phone, 'requestPayment', other)
  await phone.page.locator('[data-testid=paysheet-close]').tap()
  assert.deepEqual(await closed, { errMsg: 'requestPayment:fail cancel' })

  const forged = { ...(await merchant.order(openid, 100)), nonceStr: 'changed' }
  assert.match((await callWx(phone, 'requestPayment', forged)).errMsg, /^requestPayment:fail /)
  assert.deepEqual(await phone.errors(), [])
  return undefined
})
