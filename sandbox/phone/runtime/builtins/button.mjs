import { flag, text, withDefault } from './types.mjs'

export const button = {
  properties: {
    type: withDefault(text, 'default'),
    size: withDefault(text, 'default'),
    plain: flag,
    disabled: flag,
    loading: flag,
    formType: text,
    openType: text,
    lang: text,
    name: text,
    sessionFrom: text,
    sendMessageTitle: text,
    sendMessagePath: text,
    sendMessageImg: text,
    appParameter: text,
    showMessageCard: flag,
    phoneNumberNoQuotaToast: flag,
  },
  reflect: ['type', 'size', 'plain', 'disabled', 'loading'],
  events: [
    'getphonenumber',
    'getrealtimephonenumber',
    'chooseavatar',
    'contact',
    'opensetting',
    'agreeprivacyauthorization',
    'createliveactivity',
    'error',
  ],
  onTap() {
    if (this.data.disabled) return
    const { openType, formType } = this.data
    if (openType) openTypes[openType]?.call(this)
    if (openType && !openTypes[openType]) {
      this.host.journal.error(`${this.ownerFile()}: <button>`, `open-type="${openType}" is unknown`)
    }
    if (formType) this.$el().closest('wx-form')?.builtin.run(formType)
  },
  methods: {
    activate() {
      this._$.triggerEvent('tap', {}, { bubbles: true, composed: true })
    },
  },
}

/** What the phone does on a tap, by `open-type`; `this` is the button. */
const openTypes = {
  async getPhoneNumber() {
    const answer = await this.host.wechat.askPhoneNumber()
    this.fire('getphonenumber', answer)
  },
  async chooseAvatar() {
    this.fire('chooseavatar', { avatarUrl: this.host.resources.avatar() })
  },
  share() {
    const target = { id: this.id, dataset: this.dataset }
    this.host.share.open({ from: 'button', target })
  },
  contact() {
    const { text } = this.host
    this.host.overlay.showToast(text('客服会话', 'Customer service chat'), 'none', 1500)
    this.fire('contact', { errMsg: 'enterContact:ok', path: '', query: {} })
  },
  openSetting() {
    this.fire('opensetting', { errMsg: 'openSetting:ok', authSetting: {} })
  },
  agreePrivacyAuthorization() {
    this.host.privacy.agree(this.id)
    this.fire('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' })
  },
}
