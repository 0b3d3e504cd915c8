import { flag, text, withDefault } from './types.mjs'

const FITS = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover' }

const image = {
  properties: {
    src: text,
    mode: withDefault(text, 'scaleToFill'),
    lazyLoad: flag,
    showMenuByLongpress: flag,
    webp: flag,
    fadeIn: flag,
    fadeShow: flag,
    forceHttps: flag,
  },
  reflect: ['mode'],
  events: ['load', 'error'],
  template: '',
  attached() {
    this.img = document.createElement('img')
    this.img.onload = () => this.loaded()
    this.img.onerror = () => this.failed()
    this.$el().append(this.img)
    this.showSource()
    this.showMode()
  },
  observers: {
    'src, lazyLoad'() {
      this.showSource()
    },
    mode() {
      this.showMode()
    },
  },
  methods: {
    showSource() {
      if (!this.img) return
      const { src, lazyLoad, ariaLabel } = this.data
      this.img.alt = ariaLabel ?? ''
      this.img.loading = lazyLoad ? 'lazy' : 'eager'
      if (src) this.img.src = this.host.resources.url(src, this.ownerPath())
      else this.img.removeAttribute('src')
    },
    showMode() {
      if (!this.img) return
      const { mode } = this.data
      this.img.style.objectFit = FITS[mode] ?? 'none'
      this.img.style.objectPosition = FITS[mode] ? 'center' : mode
      if (/^(width|height)Fix$/.test(mode)) this.img.style.objectFit = 'fill'
    },
    loaded() {
      const element = this.$el()
      // The picture may arrive after its page is gone, or its list was drawn anew.
      if (!element) return
      const { naturalWidth, naturalHeight } = this.img
      const { style, clientWidth, clientHeight } = element
      const ratio = naturalHeight / naturalWidth
      if (this.data.mode === 'widthFix') style.height = clientWidth * ratio + 'px'
      if (this.data.mode === 'heightFix') style.width = clientHeight / ratio + 'px'
      this.fire('load', { width: naturalWidth, height: naturalHeight })
    },
    failed() {
      if (!this.$el()) return
      this.fire('error', { errMsg: `GET ${this.data.src} failed` })
      if (!/^https:/.test(this.data.src)) {
        this.host.journal.error(`${this.ownerFile()}: <image>`, `${this.data.src} does not load`)
      }
    },
  },
}

export const images = { image, 'cover-image': image }
