const SDK_VERSION = '3.8.12'
const WECHAT_VERSION = '8.0.50'
const BAR_HEIGHT = 44

const px = (name) =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 0

export function system({ host, wx, define }) {
  information({ host, wx, define })
  devices({ host, define })
  listeners({ host, wx })

  wx.canIUse = (schema) => {
    const [name] = schema.split('.')
    return Object.hasOwn(wx, name) || host.hasComponent(name)
  }
  wx.getUpdateManager = () => ({
    onCheckForUpdate: (listener) => listener({ hasUpdate: false }),
    onUpdateReady() {},
    onUpdateFailed() {},
    applyUpdate() {},
  })
  const logger = {}
  for (const level of ['debug', 'info', 'log', 'warn', 'error', 'setFilterMsg', 'addFilterMsg']) {
    logger[level] = () => {}
  }
  wx.getLogManager = () => logger
  wx.getRealtimeLogManager = () => logger
  wx.reportEvent = (name, data) => host.journal.call('reportEvent', { name, data })
  wx.env = { USER_DATA_PATH: 'wxfile://usr' }
  wx.version = { version: SDK_VERSION, updateTime: '' }
}

function information({ host, wx, define }) {
  const windowInfo = () => {
    const statusBarHeight = px('--mp-status')
    const bottom = innerHeight - px('--mp-safe-bottom')
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: innerWidth,
      screenHeight: innerHeight,
      windowWidth: innerWidth,
      windowHeight: document.querySelector('#mp-stage').clientHeight,
      statusBarHeight,
      screenTop: 0,
      safeArea: {
        left: 0,
        right: innerWidth,
        top: statusBarHeight,
        bottom,
        width: innerWidth,
        height: bottom - statusBarHeight,
      },
    }
  }
  const deviceInfo = () => ({
    brand: 'phone-host',
    model: 'phone-host',
    system: 'iOS 17.0',
    platform: 'ios',
    benchmarkLevel: 30,
    memorySize: 4096,
  })
  const baseInfo = () => ({
    SDKVersion: SDK_VERSION,
    version: WECHAT_VERSION,
    language: host.params.lang,
    theme: 'light',
    enableDebug: false,
    fontSizeSetting: 16,
    host: { appId: '' },
  })
  const everything = () => ({ ...windowInfo(), ...deviceInfo(), ...baseInfo() })

  wx.getWindowInfo = windowInfo
  wx.getDeviceInfo = deviceInfo
  wx.getAppBaseInfo = baseInfo
  wx.getSystemInfoSync = everything
  define('getSystemInfo', {}, everything)
  define('getSystemInfoAsync', {}, everything)
  wx.getSystemSetting = () => ({ locationEnabled: true, wifiEnabled: true })
  wx.getAppAuthorizeSetting = () => ({ locationAuthorized: 'authorized' })
  wx.getMenuButtonBoundingClientRect = () => {
    const top = px('--mp-status') + (BAR_HEIGHT - 32) / 2
    const right = innerWidth - 7
    return { width: 87, height: 32, top, bottom: top + 32, right, left: right - 87 }
  }
}

function devices({ host, define }) {
  define('setClipboardData', { data: 'string' }, ({ data }) => {
    host.clipboard = data
    host.overlay.showToast(host.text('内容已复制', 'Copied'), 'success', 1500)
  })
  define('getClipboardData', {}, () => ({ data: host.clipboard ?? '' }))
  define('makePhoneCall', { phoneNumber: 'string' }, async ({ phoneNumber }) => {
    const call = host.text(`呼叫 ${phoneNumber}`, `Call ${phoneNumber}`)
    const index = await host.overlay.actionSheet([call])
    if (index < 0) throw { errMsg: 'makePhoneCall:fail cancel' }
  })
  const location = { latitude: 25.0453, longitude: 102.7097, accuracy: 30 }
  define('getLocation', {}, async () => {
    await host.privacy.require('getLocation')
    return location
  })
  define('getFuzzyLocation', {}, async () => {
    await host.privacy.require('getFuzzyLocation')
    return location
  })
  define('chooseLocation', {}, async () => {
    await host.privacy.require('chooseLocation')
    return { ...location, name: '翠湖公园', address: '云南省昆明市五华区' }
  })
  define('openLocation', { latitude: 'number', longitude: 'number' }, async (options) => {
    const content = options.address ?? `${options.latitude}, ${options.longitude}`
    await host.overlay.modal({ title: options.name ?? '', content, showCancel: false })
  })
  define('vibrateShort', {}, () => ({}))
  define('vibrateLong', {}, () => ({}))
  define('setKeepScreenOn', {}, () => ({}))
  define('hideKeyboard', {}, () => document.activeElement?.blur())
  define('openCustomerServiceChat', {}, () => ({}))
}

function listeners({ host, wx }) {
  for (const name of ['AppShow', 'AppHide', 'Error', 'UnhandledRejection', 'PageNotFound']) {
    wx[`on${name}`] = (listener) => void host.lifecycle.listeners[`on${name}`].add(listener)
    wx[`off${name}`] = (listener) => {
      const set = host.lifecycle.listeners[`on${name}`]
      if (listener) set.delete(listener)
      else set.clear()
    }
  }
  for (const name of ['ThemeChange', 'WindowResize', 'KeyboardHeightChange', 'MemoryWarning']) {
    wx[`on${name}`] = () => {}
    wx[`off${name}`] = () => {}
  }
  for (const name of ['UserCaptureScreen', 'AudioInterruptionBegin', 'AudioInterruptionEnd']) {
    wx[`on${name}`] = () => {}
    wx[`off${name}`] = () => {}
  }
}
