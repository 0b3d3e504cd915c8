import { any, flag, number, text, withDefault } from './types.mjs'

const properties = {
  value: any,
  name: text,
  type: withDefault(text, 'text'),
  password: flag,
  placeholder: text,
  placeholderStyle: text,
  placeholderClass: text,
  disabled: flag,
  maxlength: withDefault(number, 140),
  cursorSpacing: number,
  cursorColor: text,
  autoFocus: flag,
  focus: flag,
  confirmType: withDefault(text, 'done'),
  confirmHold: flag,
  cursor: number,
  adjustPosition: withDefault(flag, true),
  holdKeyboard: flag,
  alwaysEmbed: flag,
  selectionStart: number,
  selectionEnd: number,
}

const INPUT_MODES = { number: 'numeric', digit: 'decimal', idcard: 'text' }

/** Input and textarea share everything but the native element and a few properties. */
function field(tagName, extraProperties, extraEvents) {
  return {
    properties: { ...properties, ...extraProperties },
    reflect: ['disabled', 'autoHeight'],
    events: ['input', 'change', 'focus', 'blur', 'confirm', 'keyboardheightchange', ...extraEvents],
    template: '',
    attached() {
      this.native = document.createElement(tagName)
      this.$el().append(this.native)
      this.native.oninput = (event) => this.typed(event)
      this.native.onfocus = () => this.fire('focus', { value: this.native.value, height: 0 })
      this.native.onblur = () => this.blurred()
      this.native.onkeydown = (event) => this.keyDown(event)
      this.show()
    },
    ready() {
      if (this.data.focus || this.data.autoFocus) this.native.focus()
    },
    observers: {
      'value, placeholder, disabled, password, type, confirmType'() {
        this.show()
      },
      focus(wanted) {
        if (!this.native) return
        if (wanted) this.native.focus()
        else this.native.blur()
      },
    },
    methods,
  }
}

/** What WeChat lets through while a person types. */
function filter(value, { type, maxlength }) {
  let kept = value
  if (type === 'number') kept = kept.replace(/\D/g, '')
  if (type === 'digit') kept = kept.replace(/[^\d.]/g, '')
  return maxlength >= 0 ? kept.slice(0, maxlength) : kept
}

const methods = {
  show() {
    if (!this.native) return
    const { placeholder, disabled, password, type, confirmType } = this.data
    const value = String(this.data.value ?? '')
    if (this.native.value !== value) this.native.value = value
    this.native.placeholder = placeholder
    this.native.disabled = disabled
    this.native.enterKeyHint = confirmType
    this.native.inputMode = INPUT_MODES[type] ?? 'text'
    if (this.native.localName === 'input') this.native.type = password ? 'password' : 'text'
    this.fitHeight()
  },
  typed(event) {
    if (event.isComposing) return
    const value = filter(this.native.value, this.data)
    if (value !== this.native.value) this.native.value = value
    this.fitHeight()
    this.setData({ value })
    this.fire('input', { value, cursor: this.native.selectionStart, keyCode: 0 })
  },
  blurred() {
    const { value, selectionStart } = this.native
    this.fire('blur', { value, cursor: selectionStart })
    if ((this.lastChange ?? '') !== value) this.fire('change', { value })
    this.lastChange = value
  },
  keyDown(event) {
    if (event.key !== 'Enter' || event.isComposing) return
    if (this.data.confirmType === 'return') return
    this.fire('confirm', { value: this.native.value })
    if (!this.data.confirmHold) this.native.blur()
  },
  fitHeight() {
    if (!this.data.autoHeight) return
    this.native.style.height = 'auto'
    this.native.style.height = this.native.scrollHeight + 'px'
  },
  activate() {
    this.native.focus()
  },
  formValue() {
    return this.native.value
  },
  reset() {
    this.setData({ value: '' })
  },
}

export const fields = {
  input: field('input', { safePasswordCertPath: text }, ['nicknamereview']),
  textarea: field(
    'textarea',
    {
      autoHeight: flag,
      fixed: flag,
      showConfirmBar: withDefault(flag, true),
      disableDefaultPadding: flag,
      confirmType: withDefault(text, 'return'),
      adjustKeyboardTo: text,
    },
    ['linechange'],
  ),
}
