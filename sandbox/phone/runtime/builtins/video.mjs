import { any, flag, number, text, withDefault } from './types.mjs'

const NATIVE_EVENTS = { play: 'play', pause: 'pause', ended: 'ended', waiting: 'waiting' }

export const video = {
  properties: {
    src: text,
    poster: text,
    title: text,
    duration: number,
    controls: withDefault(flag, true),
    autoplay: flag,
    loop: flag,
    muted: flag,
    initialTime: number,
    objectFit: withDefault(text, 'contain'),
    showFullscreenBtn: withDefault(flag, true),
    showPlayBtn: withDefault(flag, true),
    showCenterPlayBtn: withDefault(flag, true),
    showProgress: any,
    enableProgressGesture: flag,
    playBtnPosition: text,
  },
  events: ['play', 'pause', 'ended', 'timeupdate', 'fullscreenchange', 'waiting', 'error'],
  template: '',
  attached() {
    this.native = document.createElement('video')
    this.native.playsInline = true
    for (const [native, name] of Object.entries(NATIVE_EVENTS)) {
      this.native.addEventListener(native, () => this.fire(name, {}))
    }
    this.native.ontimeupdate = () => {
      const { currentTime, duration } = this.native
      this.fire('timeupdate', { currentTime, duration })
    }
    this.native.onerror = () => this.fire('error', { errMsg: `${this.data.src} does not load` })
    this.$el().append(this.native)
    this.show()
  },
  observers: {
    'src, poster, controls, autoplay, loop, muted, objectFit'() {
      this.show()
    },
  },
  methods: {
    show() {
      if (!this.native) return
      const { src, poster, controls, autoplay, loop, muted, objectFit } = this.data
      const { resources } = this.host
      Object.assign(this.native, { controls, autoplay, loop, muted })
      this.native.style.objectFit = objectFit
      if (src) this.native.src = resources.url(src, this.ownerPath())
      if (poster) this.native.poster = resources.url(poster, this.ownerPath())
    },
  },
}
