const TOAST_MILLISECONDS = 1500
const SHEET_LIMIT = 6

export function ui({ host, wx, define }) {
  dialogs({ host, define })
  bars({ host, define })

  define('startPullDownRefresh', {}, () => host.pages.at(-1)?.pullDown())
  define('stopPullDownRefresh', {}, () => host.pages.at(-1)?.stopPullDown())
  define('pageScrollTo', {}, ({ scrollTop, selector, duration = 300, offsetTop = 0 }) => {
    const page = host.pages.at(-1)
    const behavior = duration ? 'smooth' : 'auto'
    const target = selector && page.root.getComponent().getShadowRoot().querySelector(selector)
    if (selector && !target) throw { errMsg: `selector "${selector}" matches nothing` }
    const top = target
      ? page.scroller.scrollTop + target.getBackendElement().getBoundingClientRect().top + offsetTop
      : scrollTop
    page.scroller.scrollTo({ top, behavior })
  })

  wx.nextTick = (callback) => void setTimeout(callback, 0)
  wx.createSelectorQuery = () => host.pages.at(-1).instance.createSelectorQuery()
  wx.createIntersectionObserver = (component, options) =>
    component.createIntersectionObserver(options)
  wx.createMediaQueryObserver = () => host.pages.at(-1).instance.createMediaQueryObserver()
  define('loadFontFace', { family: 'string' }, () => {
    throw { errMsg: 'loadFontFace:fail no outside fonts on this phone' }
  })
}

function dialogs({ host, define }) {
  define('showToast', { title: 'string' }, ({ title, icon = 'success', duration, mask }) =>
    host.overlay.showToast(title, icon, duration ?? TOAST_MILLISECONDS, mask),
  )
  define('hideToast', {}, () => host.overlay.hideToast())
  define('showLoading', { title: 'string?' }, ({ title = '', mask }) =>
    host.overlay.showToast(title, 'loading', 0, mask),
  )
  define('hideLoading', {}, () => host.overlay.hideToast())
  define('showModal', { title: 'string?', content: 'string?' }, (options) => {
    for (const name of ['confirmText', 'cancelText']) {
      if ([...(options[name] ?? '')].length > 4 && /[^\x20-\x7e]/.test(options[name])) {
        host.journal.fault(`showModal:fail ${name} length should not be larger than 4 Chinese`)
      }
    }
    return host.overlay.modal(options)
  })
  define('showActionSheet', { itemList: 'array' }, async (options) => {
    const { itemList, itemColor, alertText } = options
    if (!itemList.length || itemList.length > SHEET_LIMIT) {
      const errMsg = `showActionSheet:fail itemList should have 1 to ${SHEET_LIMIT} items`
      host.journal.fault(errMsg)
      throw { errMsg }
    }
    const index = await host.overlay.actionSheet(itemList, { color: itemColor, title: alertText })
    if (index < 0) throw { errMsg: 'showActionSheet:fail cancel' }
    return { tapIndex: index }
  })
}

function bars({ host, define }) {
  const { chrome } = host
  const bar = (values) => (chrome ?? host.chrome).setBar(values)
  define('setNavigationBarTitle', { title: 'string' }, ({ title }) =>
    bar({ navigationBarTitleText: title }),
  )
  define(
    'setNavigationBarColor',
    { frontColor: 'string', backgroundColor: 'string' },
    ({ frontColor, backgroundColor }) =>
      bar({
        navigationBarBackgroundColor: backgroundColor,
        navigationBarTextStyle: frontColor === '#000000' ? 'black' : 'white',
      }),
  )
  define('showNavigationBarLoading', {}, () => bar({ loading: true }))
  define('hideNavigationBarLoading', {}, () => bar({ loading: false }))
  define('hideHomeButton', {}, () => bar({ homeHidden: true }))
  define('setBackgroundColor', {}, ({ backgroundColor }) => bar({ backgroundColor }))
  define('setBackgroundTextStyle', {}, () => {})

  define('setTabBarBadge', { index: 'number', text: 'string' }, ({ index, text }) =>
    host.chrome.setBadge(index, text),
  )
  define('removeTabBarBadge', { index: 'number' }, ({ index }) => host.chrome.setBadge(index))
  define('showTabBarRedDot', { index: 'number' }, ({ index }) => host.chrome.setBadge(index, ''))
  define('hideTabBarRedDot', { index: 'number' }, ({ index }) => host.chrome.setBadge(index))
  define('hideTabBar', {}, () => host.chrome.setTabBarHidden(true))
  define('showTabBar', {}, () => host.chrome.setTabBarHidden(false))
  define('setTabBarItem', { index: 'number' }, ({ index, text, iconPath, selectedIconPath }) => {
    const given = Object.entries({ text, iconPath, selectedIconPath })
    host.chrome.setTab(index, Object.fromEntries(given.filter(([, value]) => value)))
  })
  define('setTabBarStyle', {}, () => {})
}
