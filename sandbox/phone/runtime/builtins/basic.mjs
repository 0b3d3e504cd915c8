import { any, flag, number, text, withDefault } from './types.mjs'
import { renderRichText } from './rich_text.mjs'

const NAVIGATIONS = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

const LABELLED = 'wx-switch,wx-checkbox,wx-radio,wx-input,wx-textarea,wx-button'

export const basic = {
  view: {},
  'cover-view': { properties: { scrollTop: number } },
  text: {
    properties: {
      selectable: flag,
      userSelect: any,
      space: text,
      decode: flag,
      overflow: text,
      maxLines: number,
    },
    reflect: ['userSelect', 'space', 'overflow'],
    observers: {
      maxLines(lines) {
        if (lines > 0) this.$el().style.setProperty('--mp-max-lines', lines)
        this.$el().toggleAttribute('max-lines', lines > 0)
      },
    },
  },
  label: {
    properties: { for: text },
    onTap(event) {
      if (event.getOriginalEvent()?.target?.closest(LABELLED)) return
      const target = this.data.for ? this.$find(this.data.for) : this.$el().querySelector(LABELLED)
      target?.builtin?.activate?.()
    },
  },
  icon: {
    properties: { type: text, size: withDefault(any, 23), color: text },
    reflect: ['type'],
    observers: {
      'size, color'(size, color) {
        const { style } = this.$el()
        style.fontSize = /^[\d.]+$/.test(size) ? size + 'px' : size
        style.color = color
      },
    },
  },
  progress: {
    properties: {
      percent: number,
      showInfo: flag,
      strokeWidth: withDefault(any, 6),
      color: text,
      activeColor: withDefault(text, '#09bb07'),
      backgroundColor: withDefault(text, '#ebebeb'),
      active: flag,
      activeMode: text,
      duration: number,
      borderRadius: any,
      fontSize: any,
    },
    events: ['activeend'],
    template:
      '<mp-bar style="height:{{strokeWidth}}px;background:{{backgroundColor}}"><mp-fill style="width:{{percent}}%;background:{{color || activeColor}}"></mp-fill></mp-bar><mp-info wx:if="{{showInfo}}">{{percent}}%</mp-info>',
  },
  'rich-text': {
    properties: { nodes: any, space: text, userSelect: flag, mode: text },
    reflect: ['space'],
    template: '',
    observers: {
      nodes(nodes) {
        this.$el().replaceChildren(...renderRichText(nodes))
      },
    },
  },
  navigator: {
    properties: {
      url: text,
      openType: withDefault(text, 'navigate'),
      delta: withDefault(number, 1),
      target: text,
      appId: text,
      path: text,
    },
    events: ['success', 'fail', 'complete'],
    onTap() {
      const { openType, url, delta } = this.data
      this.host.wx[NAVIGATIONS[openType] ?? openType]({
        url,
        delta,
        success: (result) => this.fire('success', result),
        fail: (result) => this.fire('fail', result),
        complete: (result) => this.fire('complete', result),
      })
    },
  },
  'page-container': {
    properties: {
      show: flag,
      duration: withDefault(number, 300),
      zIndex: withDefault(number, 100),
      overlay: withDefault(flag, true),
      position: withDefault(text, 'bottom'),
      round: flag,
      closeOnSlideDown: flag,
      overlayStyle: text,
      customStyle: text,
    },
    events: [
      'beforeenter',
      'enter',
      'afterenter',
      'beforeleave',
      'leave',
      'afterleave',
      'clickoverlay',
    ],
    template:
      '<mp-backdrop wx:if="{{show && overlay}}" style="z-index:{{zIndex}};{{overlayStyle}}" bind:tap="onBackdrop"></mp-backdrop><mp-panel wx:if="{{show}}" style="z-index:{{zIndex}};{{customStyle}}"><slot/></mp-panel>',
    methods: {
      onBackdrop() {
        this.fire('clickoverlay', {})
        this.setData({ show: false })
        for (const name of ['beforeleave', 'leave', 'afterleave']) this.fire(name, {})
      },
    },
  },
  'root-portal': { properties: { enable: withDefault(flag, true) } },
  'page-meta': {
    properties: {
      backgroundTextStyle: text,
      backgroundColor: text,
      scrollTop: text,
      scrollDuration: number,
      pageStyle: text,
      pageFontSize: text,
      rootFontSize: text,
      rootBackgroundColor: text,
      pageOrientation: text,
    },
    events: ['scroll', 'resize', 'scrolldone'],
    observers: {
      pageStyle(style) {
        this.$el()?.closest('wx-page')?.setAttribute('style', style)
      },
    },
  },
  'navigation-bar': {
    properties: {
      title: text,
      loading: flag,
      frontColor: text,
      backgroundColor: text,
      colorAnimationDuration: number,
      colorAnimationTimingFunc: text,
    },
    observers: {
      title(title) {
        if (title) this.host.chrome.setBar({ navigationBarTitleText: title })
      },
    },
  },
}
