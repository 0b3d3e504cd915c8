import { flag, number, text, withDefault } from './types.mjs'

/** A swiper scrolls natively and snaps, so that fingers, wheels and scripts all work alike. */
const swiper = {
  properties: {
    indicatorDots: flag,
    indicatorColor: withDefault(text, 'rgba(0, 0, 0, .3)'),
    indicatorActiveColor: withDefault(text, '#000000'),
    autoplay: flag,
    current: number,
    interval: withDefault(number, 5000),
    duration: withDefault(number, 500),
    circular: flag,
    vertical: flag,
    previousMargin: withDefault(text, '0px'),
    nextMargin: withDefault(text, '0px'),
    snapToEdge: flag,
    displayMultipleItems: withDefault(number, 1),
    easingFunction: text,
  },
  reflect: ['vertical'],
  events: ['change', 'transition', 'animationfinish'],
  data: { dots: [] },
  template:
    '<mp-track><slot/></mp-track><mp-dots-row wx:if="{{indicatorDots}}"><mp-dot wx:for="{{dots}}" wx:key="*this" style="background:{{item === current ? indicatorActiveColor : indicatorColor}}"></mp-dot></mp-dots-row>',
  attached() {
    this.track = this.$el().querySelector('mp-track')
    this.track.addEventListener('scroll', () => this.scrolled())
    this.track.addEventListener('touchstart', () => this.hold(), { passive: true })
    this.dotsObserver = new MutationObserver(() => this.count())
    this.dotsObserver.observe(this.track, { childList: true })
  },
  ready() {
    this.count()
    this.applyMargins()
    this.show(this.data.current, 'auto')
    this.play()
  },
  detached() {
    clearInterval(this.timer)
    clearTimeout(this.settle)
    this.dotsObserver?.disconnect()
  },
  observers: {
    current(index) {
      if (!this.track || index === this.shown) return
      this.announce(index, '')
      this.show(index, 'smooth')
    },
    'autoplay, interval'() {
      if (this.track) this.play()
    },
    'previousMargin, nextMargin, displayMultipleItems'() {
      if (this.track) this.applyMargins()
    },
  },
  methods: {
    count() {
      const { length } = this.track.querySelectorAll(':scope > wx-swiper-item')
      this.setData({ dots: Array.from({ length }, (_, index) => index) })
    },
    applyMargins() {
      const { style } = this.$el()
      style.setProperty('--mp-before', this.host.toCss(this.data.previousMargin))
      style.setProperty('--mp-after', this.host.toCss(this.data.nextMargin))
      style.setProperty('--mp-shown', this.data.displayMultipleItems)
    },
    step() {
      const item = this.track.querySelector(':scope > wx-swiper-item')
      if (!item) return 0
      return this.data.vertical ? item.offsetHeight : item.offsetWidth
    },
    show(index, behavior) {
      this.shown = index
      const target = index * this.step()
      this.track.scrollTo({ [this.data.vertical ? 'top' : 'left']: target, behavior })
    },
    hold() {
      this.source = 'touch'
    },
    scrolled() {
      clearTimeout(this.settle)
      this.settle = setTimeout(() => this.settled(), 80)
    },
    settled() {
      const step = this.step()
      if (!step) return
      const { scrollTop, scrollLeft } = this.track
      const index = Math.round((this.data.vertical ? scrollTop : scrollLeft) / step)
      const source = this.source ?? ''
      this.source = undefined
      if (index !== this.shown) {
        this.shown = index
        this.announce(index, source)
      }
      this.fire('animationfinish', { current: index, currentItemId: this.itemId(index), source })
    },
    announce(index, source) {
      this.shown = index
      if (this.data.current !== index) this.setData({ current: index })
      this.fire('change', { current: index, currentItemId: this.itemId(index), source })
    },
    itemId(index) {
      const items = this.track.querySelectorAll(':scope > wx-swiper-item')
      return items[index]?.builtin.data.itemId ?? ''
    },
    play() {
      clearInterval(this.timer)
      if (!this.data.autoplay) return
      this.timer = setInterval(() => this.next(), this.data.interval)
    },
    next() {
      const { length } = this.data.dots
      const last = this.shown + 1 >= length
      if (!length || (last && !this.data.circular)) return
      const index = last ? 0 : this.shown + 1
      this.announce(index, 'autoplay')
      this.show(index, 'smooth')
    },
  },
}

export const swipers = {
  swiper,
  'swiper-item': { properties: { itemId: text, skipHiddenItemLayout: flag } },
}
