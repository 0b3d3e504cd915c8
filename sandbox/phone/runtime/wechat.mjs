import { h } from './dom.mjs'

const PAID_MILLISECONDS = 500
const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`

/** The WeChat client around the mini-program: sign-in codes, consents, the pay sheet. */
export class WeChat {
  constructor(host) {
    this.host = host
  }

  /** Asks the WeChat simulator (through the host's server) as this phone's user. */
  async call(name, body = {}) {
    if (this.host.offline) throw { errMsg: 'fail net::ERR_INTERNET_DISCONNECTED' }
    const response = await fetch(`/__wechat/${name}`, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      // Closing a pay sheet concerns the order alone.
      body: JSON.stringify(name === 'cancel' ? body : { ...body, user: this.host.params.user }),
    })
    const answer = await response.json()
    if (!response.ok) {
      this.host.journal.warn(`WeChat simulator: ${name}: ${answer.message ?? response.status}`)
      throw { errMsg: answer.errMsg ?? answer.message ?? `status ${response.status}` }
    }
    return answer
  }

  async askPhoneNumber() {
    const { mocks, text } = this.host
    if (mocks.getPhoneNumber) return mocks.getPhoneNumber()
    const allowed = await this.#consent(
      text('申请获取并验证你的手机号', 'asks for your phone number'),
      text('模拟微信绑定的手机号', 'the number of this simulated WeChat account'),
    )
    if (!allowed) return { errMsg: 'getPhoneNumber:fail user deny' }
    try {
      const { code } = await this.call('phone-code')
      return { code, errMsg: 'getPhoneNumber:ok' }
    } catch ({ errMsg }) {
      return { errMsg: `getPhoneNumber:fail ${errMsg}` }
    }
  }

  askSubscribe(templateIds) {
    const { text } = this.host
    const count = templateIds.length
    return this.#consent(
      text('申请发送一次以下消息', 'wants to send you messages, once each'),
      text(`${count} 个消息模板`, `${count} message template(s)`),
    )
  }

  #consent(title, detail) {
    const { text, overlay, program } = this.host
    const name = program.app.window?.navigationBarTitleText ?? ''
    return new Promise((resolve) => {
      overlay.open((close) => {
        const answer = (value) => () => {
          close()
          resolve(value)
        }
        const deny = h('button', { onclick: answer(false) }, text('不允许', 'Deny'))
        const allow = h('button', { class: 'primary', onclick: answer(true) })
        allow.append(text('允许', 'Allow'))
        return h(
          'div',
          { class: 'mp-sheet mp-consent', role: 'dialog' },
          h('h3', {}, `${name} ${title}`),
          h('p', {}, detail),
          h('div', {}, deny, allow),
        )
      })
    })
  }

  /**
   * The sheet that slides up for wx.requestPayment.
   * @param {{prepay_id: string, amount_fen: number, merchant_name: string, description: string}} order
   * @returns {Promise<boolean>} true when paid, false when closed; throws what WeChat answers
   */
  showPaySheet(order) {
    return new Promise((resolve, reject) => {
      this.host.overlay.open((close) => {
        const settle = (action, value) => {
          close()
          action(value)
        }
        return this.#paySheet(order, {
          onclose: () => {
            this.call('cancel', { prepay_id: order.prepay_id }).catch(() => {})
            settle(resolve, false)
          },
          onpaid: () => settle(resolve, true),
          onfailed: (error) => settle(reject, error),
        })
      })
    })
  }

  #paySheet(order, { onclose, onpaid, onfailed }) {
    const { text } = this.host
    const button = h('button', { class: 'primary', 'data-testid': 'paysheet-pay' })
    button.textContent = text('立即支付', 'Pay now')
    button.onclick = async () => {
      button.disabled = true
      button.textContent = text('支付中…', 'Paying…')
      try {
        const { errMsg } = await this.call('pay', { prepay_id: order.prepay_id })
        if (errMsg && !errMsg.endsWith(':ok')) throw { errMsg }
        button.textContent = text('支付成功', 'Paid')
        setTimeout(onpaid, PAID_MILLISECONDS)
      } catch (error) {
        onfailed(error)
      }
    }
    const closeButton = h('button', { class: 'close', 'data-testid': 'paysheet-close' }, '×')
    closeButton.setAttribute('aria-label', text('关闭', 'Close'))
    closeButton.onclick = onclose
    const row = (label, value) =>
      h('div', { class: 'row' }, h('span', {}, label), h('b', {}, value))
    return h(
      'div',
      { class: 'mp-sheet mp-pay', role: 'dialog', 'aria-label': text('微信支付', 'WeChat Pay') },
      closeButton,
      h('p', { class: 'merchant' }, order.merchant_name),
      h('p', { class: 'amount', 'data-testid': 'paysheet-amount' }, yuan(order.amount_fen)),
      row(text('商品', 'Item'), order.description),
      row(text('付款方式', 'Pay with'), text('零钱', 'Balance')),
      button,
    )
  }
}
