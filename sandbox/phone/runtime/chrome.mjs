import { $, h } from './dom.mjs'

/** The navigation bar, the capsule and the tab bar around the page. */
export class Chrome {
  constructor(host) {
    this.host = host
    this.tabs = host.program.app.tabBar?.list ?? []
    this.tabBarHidden = false
    this.badges = {}
    this.overrides = {}
    this.pressedTabs = false
    document.addEventListener(
      'pointerdown',
      ({ target }) => (this.pressedTabs = Boolean(target.closest?.('#mp-tabbar'))),
      true,
    )
    $('#mp-back').onclick = () => this.back()
    $('#mp-menu').onclick = () => host.share.menu()
    $('#mp-close').onclick = () => host.lifecycle.leave()
    $('#mp-menu').setAttribute('aria-label', host.text('更多', 'More'))
    $('#mp-close').setAttribute('aria-label', host.text('关闭', 'Close'))
  }

  isTab(route) {
    return this.tabs.some((tab) => tab.pagePath === route)
  }

  /** Window settings of the page on top: app.json, then the page's json, then what scripts set. */
  settings() {
    const page = this.host.pages.at(-1)
    const { app, components } = this.host.program
    return { ...app.window, ...components[page?.route], ...page?.bar }
  }

  setBar(values) {
    const page = this.host.pages.at(-1) ?? this.host.opening
    if (!page) return
    Object.assign(page.bar, values)
    this.draw()
  }

  setTab(index, values) {
    this.overrides[index] = { ...this.overrides[index], ...values }
    this.draw()
  }

  setTabBarHidden(hidden) {
    this.tabBarHidden = hidden
    this.draw()
  }

  setBadge(index, badge) {
    if (badge === undefined) delete this.badges[index]
    else this.badges[index] = badge
    this.draw()
  }

  back() {
    const { host } = this
    if (host.pages.length > 1) host.wx.navigateBack({})
    else host.wx.reLaunch({ url: '/' + host.program.pages[0] })
  }

  draw() {
    const page = this.host.pages.at(-1)
    if (!page) return
    this.#drawBar(page)
    this.#drawTabs(page)
    const height = $('#mp-stage').clientHeight
    document.documentElement.style.setProperty('--mp-vh', height / 100 + 'px')
  }

  #drawBar(page) {
    const settings = this.settings()
    const phone = $('#mp-phone')
    phone.dataset.navigation = settings.navigationStyle === 'custom' ? 'custom' : 'default'
    phone.dataset.foreground = settings.navigationBarTextStyle === 'black' ? 'black' : 'white'
    const background = settings.navigationBarBackgroundColor ?? '#000000'
    phone.style.setProperty('--mp-bar', background)
    page.element.style.backgroundColor = settings.backgroundColor ?? '#ffffff'
    $('#mp-title').textContent = settings.navigationBarTitleText ?? ''
    $('#mp-loading').hidden = !page.bar.loading
    this.#drawBack(page)
  }

  /** An arrow where there is a page to go back to; a house on a first page that is not home. */
  #drawBack(page) {
    const { pages, program, text } = this.host
    const isHome = this.isTab(page.route) || page.route === program.pages[0] || page.bar.homeHidden
    const kind = pages.length > 1 ? 'back' : isHome ? '' : 'home'
    $('#mp-back').className = kind
    $('#mp-back').setAttribute(
      'aria-label',
      kind === 'back' ? text('返回', 'Back') : text('首页', 'Home'),
    )
  }

  #drawTabs(page) {
    const bar = $('#mp-tabbar')
    const settings = this.host.program.app.tabBar ?? {}
    bar.hidden = !this.isTab(page.route) || this.tabBarHidden
    bar.dataset.border = settings.borderStyle ?? 'black'
    bar.style.backgroundColor = settings.backgroundColor ?? '#ffffff'
    bar.replaceChildren(...this.tabs.map((tab, index) => this.#tab(tab, index, page, settings)))
  }

  #tab(declared, index, page, settings) {
    const tab = { ...declared, ...this.overrides[index] }
    const chosen = tab.pagePath === page.route
    const icon = chosen ? (tab.selectedIconPath ?? tab.iconPath) : tab.iconPath
    const badge = this.badges[index]
    return h(
      'button',
      {
        class: chosen ? 'mp-tab chosen' : 'mp-tab',
        'data-path': tab.pagePath,
        style: `color:${(chosen ? settings.selectedColor : settings.color) ?? '#7a7e83'}`,
        onclick: () => this.#tapTab(tab, index),
      },
      icon && h('img', { src: '/' + icon.replace(/^\//, ''), alt: '' }),
      h('span', {}, tab.text),
      badge !== undefined && h('i', { class: badge === '' ? 'dot' : '' }, badge),
    )
  }

  #tapTab(tab, index) {
    const { host } = this
    // A tap that brought the tab bar up is followed by the browser's click, which lands on the bar.
    if (!this.pressedTabs) return
    const item = { index, pagePath: tab.pagePath, text: tab.text }
    host.guard(host.pages.at(-1), 'onTabItemTap', item)
    host.wx.switchTab({ url: '/' + tab.pagePath })
  }
}
