import crypto from 'node:crypto'

/** Just enough of a WeChat Pay merchant to have something to pay: sign-in, prepay, paySign. */
export class Merchant {
  constructor(credentials) {
    this.credentials = credentials
  }

  static async at(simulator) {
    const response = await fetch(`${simulator}/_control/credentials`)
    return new Merchant(await response.json())
  }

  async openid(code) {
    const { appid, app_secret: secret, api_base_url: base } = this.credentials
    const search = new URLSearchParams({
      appid,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const response = await fetch(`${base}/sns/jscode2session?${search}`)
    return (await response.json()).openid
  }

  /** @returns {Promise<object>} the parameters of wx.requestPayment */
  async order(openid, amountFen) {
    const { appid, mchid, pay_base_url: base } = this.credentials
    const path = '/v3/pay/transactions/jsapi'
    const body = JSON.stringify({
      appid,
      mchid,
      description: '汽锅鸡一份',
      out_trade_no: 'PHONE' + crypto.randomBytes(8).toString('hex'),
      notify_url: 'https://api.fixture.example/notify',
      amount: { total: amountFen, currency: 'CNY' },
      payer: { openid },
    })
    const response = await fetch(base + path, {
      method: 'POST',
      headers: this.#headers(path, body),
      body,
    })
    const { prepay_id: prepayId, ...rest } = await response.json()
    if (!prepayId) throw new Error(`prepay refused: ${JSON.stringify(rest)}`)
    return this.payParams(prepayId)
  }

  payParams(prepayId) {
    const timeStamp = String(Math.floor(Date.now() / 1000))
    const nonceStr = crypto.randomBytes(16).toString('hex')
    const bundle = `prepay_id=${prepayId}`
    const paySign = this.#sign([this.credentials.appid, timeStamp, nonceStr, bundle])
    return { timeStamp, nonceStr, package: bundle, signType: 'RSA', paySign }
  }

  #headers(path, body) {
    const { mchid, merchant_serial: serial } = this.credentials
    const timestamp = String(Math.floor(Date.now() / 1000))
    const nonce = crypto.randomBytes(16).toString('hex')
    const signature = this.#sign(['POST', path, timestamp, nonce, body])
    const fields = { mchid, nonce_str: nonce, timestamp, serial_no: serial, signature }
    const token = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
    return {
      Authorization: `WECHATPAY2-SHA256-RSA2048 ${token.join(',')}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'User-Agent': 'phone-host-test',
    }
  }

  #sign(lines) {
    const text = lines.map((line) => `${line}\n`).join('')
    const key = this.credentials.merchant_private_key
    return crypto.sign('sha256', Buffer.from(text), key).toString('base64')
  }
}
