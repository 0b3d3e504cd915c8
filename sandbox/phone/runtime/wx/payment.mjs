const SIGNED = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']

export function payment({ host, define }) {
  const types = Object.fromEntries(SIGNED.map((name) => [name, 'string']))
  define('requestPayment', types, async (options) => {
    const signed = Object.fromEntries(SIGNED.map((name) => [name, options[name]]))
    const appId = host.params.appId
    const order = await host.wechat.call('request-payment', { appId, ...signed })
    const paid = await host.wechat.showPaySheet(order)
    if (!paid) throw { errMsg: 'requestPayment:fail cancel' }
    return {}
  })
}
