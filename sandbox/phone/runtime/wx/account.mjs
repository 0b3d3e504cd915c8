export function account({ host, wx, define }) {
  define('login', {}, async () => {
    const { code } = await host.wechat.call('login-code')
    return { code }
  })
  define('checkSession', {}, () => ({}))
  wx.getAccountInfoSync = () => ({
    miniProgram: { appId: host.params.appId, envVersion: 'develop', version: '' },
  })

  define('requestSubscribeMessage', { tmplIds: 'array' }, async ({ tmplIds }) => {
    const accept = await host.wechat.askSubscribe(tmplIds)
    const answers = await host.wechat.call('subscribe', { template_ids: tmplIds, accept })
    return { ...answers, errMsg: 'requestSubscribeMessage:ok' }
  })

  define('chooseAddress', {}, async () => {
    await host.privacy.require('chooseAddress')
    const address = host.text('使用示例地址？', 'Use the sample address?')
    const content = '云南省昆明市五华区翠湖南路 1 号'
    const { confirm } = await host.overlay.modal({ title: address, content })
    if (!confirm) throw { errMsg: 'chooseAddress:fail cancel' }
    return {
      userName: host.params.user,
      telNumber: '13800000000',
      postalCode: '650031',
      provinceName: '云南省',
      cityName: '昆明市',
      countyName: '五华区',
      streetName: '',
      detailInfo: '翠湖南路 1 号',
      nationalCode: '530102',
    }
  })

  define('getPrivacySetting', {}, () => ({
    needAuthorization: host.privacy.needed,
    privacyContractName: host.text('《用户隐私保护指引》', 'Privacy guide'),
  }))
  define('requirePrivacyAuthorize', {}, () => host.privacy.require('requirePrivacyAuthorize'))
  define('openPrivacyContract', {}, async () => {
    const title = host.text('用户隐私保护指引', 'Privacy guide')
    await host.overlay.modal({ title, content: title, showCancel: false })
  })
  wx.onNeedPrivacyAuthorization = (listener) => {
    host.privacy.listener = listener
  }

  define('getSetting', {}, () => ({ authSetting: {} }))
  define('openSetting', {}, () => ({ authSetting: {} }))
  define('authorize', { scope: 'string' }, () => ({}))
}
