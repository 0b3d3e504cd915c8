const CALLS = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch']

export function navigation({ host, wx, define }) {
  for (const name of CALLS) {
    define(name, { url: 'string' }, (options) => host.router[name](options))
  }
  define('navigateBack', {}, (options) => host.router.navigateBack(options))
  define('navigateToMiniProgram', {}, () => {
    throw { errMsg: 'navigateToMiniProgram:fail no other mini-program on this phone' }
  })
  define('exitMiniProgram', {}, () => host.lifecycle.leave())
  define('showShareMenu', {}, () => {
    host.share.hidden = false
  })
  define('hideShareMenu', {}, () => {
    host.share.hidden = true
  })
  define('updateShareMenu', {}, () => {})
  define('preloadSubpackage', {}, () => {})

  wx.getLaunchOptionsSync = () => host.launch
  wx.getEnterOptionsSync = () => host.entered
  wx.onAppRoute = () => {}
}
