import { watchPull } from '../pull.mjs'
import { any, flag, number, text, withDefault } from './types.mjs'

const REFRESHER_HEIGHT = 45

export const scrollView = {
  properties: {
    scrollX: flag,
    scrollY: flag,
    upperThreshold: withDefault(number, 50),
    lowerThreshold: withDefault(number, 50),
    scrollTop: any,
    scrollLeft: any,
    scrollIntoView: text,
    scrollIntoViewOffset: number,
    scrollIntoViewAlignment: text,
    scrollWithAnimation: flag,
    enableBackToTop: flag,
    enableFlex: flag,
    enablePassive: any,
    scrollAnchoring: flag,
    refresherEnabled: flag,
    refresherTriggered: flag,
    refresherThreshold: withDefault(number, 45),
    refresherDefaultStyle: withDefault(text, 'black'),
    refresherBackground: text,
    enhanced: flag,
    bounces: withDefault(flag, true),
    showScrollbar: withDefault(flag, true),
    pagingEnabled: flag,
    fastDeceleration: flag,
    usingSticky: flag,
    type: text,
    clip: flag,
  },
  reflect: ['scrollX', 'scrollY', 'enableFlex', 'pagingEnabled', 'showScrollbar'],
  events: [
    'scroll',
    'scrolltoupper',
    'scrolltolower',
    'dragstart',
    'dragging',
    'dragend',
    'refresherpulling',
    'refresherrefresh',
    'refresherrestore',
    'refresherabort',
  ],
  template:
    '<mp-refresher wx:if="{{refresherEnabled && refresherDefaultStyle !== \'none\'}}" style="height:{{pulled}}px;background:{{refresherBackground}}"><mp-dots></mp-dots></mp-refresher><slot/>',
  data: { pulled: 0 },
  attached() {
    this.edge = 'upper'
    this.last = { top: 0, left: 0 }
    this.$el().addEventListener('scroll', () => this.scrolled())
    this.stopPull = watchPull(this.$el(), {
      enabled: () => this.data.refresherEnabled,
      threshold: () => this.data.refresherThreshold,
      onMove: (pixels) => this.pulling(pixels),
      onRelease: (triggered) => this.released(triggered),
    })
  },
  detached() {
    this.stopPull?.()
  },
  observers: {
    scrollTop(value) {
      this.scrollTo({ top: value })
    },
    scrollLeft(value) {
      this.scrollTo({ left: value })
    },
    scrollIntoView(id) {
      if (id) setTimeout(() => this.showChild(id))
    },
    refresherTriggered(on) {
      if (!this.last) return
      this.setData({ pulled: on ? REFRESHER_HEIGHT : 0 })
      if (!on) this.fire('refresherrestore', { dy: 0 })
    },
  },
  methods: {
    scrollTo(position) {
      const value = Number.parseFloat(Object.values(position)[0])
      if (Number.isNaN(value) || !this.$el()) return
      const behavior = this.data.scrollWithAnimation ? 'smooth' : 'auto'
      this.$el().scrollTo({ [Object.keys(position)[0]]: value, behavior })
    },
    showChild(id) {
      const child = this.$find(id)
      if (!child) return
      const outer = this.$el()
      const from = Element.prototype.getBoundingClientRect.call(outer)
      const to = Element.prototype.getBoundingClientRect.call(child)
      const offset = this.data.scrollIntoViewOffset
      outer.scrollTo({
        top: this.data.scrollY ? outer.scrollTop + to.top - from.top + offset : undefined,
        left: this.data.scrollX ? outer.scrollLeft + to.left - from.left + offset : undefined,
        behavior: this.data.scrollWithAnimation ? 'smooth' : 'auto',
      })
    },
    scrolled() {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = this.$el()
      const deltaX = this.last.left - scrollLeft
      const deltaY = this.last.top - scrollTop
      this.last = { top: scrollTop, left: scrollLeft }
      this.fire('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX, deltaY })
      this.fireEdge(this.data.scrollY)
    },
    /** Tells once when the content comes near its beginning or its end. */
    fireEdge(vertical) {
      const el = this.$el()
      const start = vertical ? el.scrollTop : el.scrollLeft
      const rest = vertical
        ? el.scrollHeight - el.scrollTop - el.clientHeight
        : el.scrollWidth - el.scrollLeft - el.clientWidth
      const { upperThreshold, lowerThreshold } = this.data
      const edge = rest <= lowerThreshold ? 'lower' : start <= upperThreshold ? 'upper' : ''
      if (edge && edge !== this.edge) {
        const direction = { upper: ['left', 'top'], lower: ['right', 'bottom'] }[edge]
        this.fire('scrollto' + edge, { direction: direction[Number(vertical)] })
      }
      this.edge = edge
    },
    pulling(pixels) {
      this.setData({ pulled: pixels })
      this.fire('refresherpulling', { dy: pixels })
    },
    released(triggered) {
      this.setData({ pulled: triggered ? REFRESHER_HEIGHT : 0 })
      if (!triggered) return this.fire('refresherabort', { dy: 0 })
      this.setData({ refresherTriggered: true })
      return this.fire('refresherrefresh', { dy: REFRESHER_HEIGHT })
    },
  },
}
