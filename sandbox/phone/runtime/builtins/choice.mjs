import { flag, text } from './types.mjs'

const box = (tag) => `<${tag} mp-on="{{!!checked}}"></${tag}><slot/>`

/** The checkbox or radio components inside a group, in document order. */
const members = (group, tag) => [...group.$el().querySelectorAll(tag)].map((el) => el.builtin)

const option = {
  properties: { value: text, checked: flag, disabled: flag, color: text },
  reflect: ['checked', 'disabled'],
  onTap() {
    this.activate()
  },
}

export const choices = {
  switch: {
    properties: { name: text, checked: flag, disabled: flag, type: text, color: text },
    reflect: ['checked', 'disabled', 'type'],
    events: ['change'],
    template: '<mp-switch mp-on="{{!!checked}}"></mp-switch>',
    observers: {
      color(color) {
        if (color) this.$el().style.setProperty('--mp-switch', color)
      },
    },
    onTap() {
      this.activate()
    },
    methods: {
      activate() {
        if (this.data.disabled) return
        this.setData({ checked: !this.data.checked })
        this.fire('change', { value: this.data.checked })
      },
      formValue() {
        return this.data.checked
      },
      reset() {
        this.setData({ checked: false })
      },
    },
  },
  checkbox: {
    ...option,
    template: box('mp-check'),
    methods: {
      activate() {
        if (this.data.disabled) return
        this.setData({ checked: !this.data.checked })
        this.$el().closest('wx-checkbox-group')?.builtin.changed()
      },
    },
  },
  radio: {
    ...option,
    template: box('mp-radio'),
    methods: {
      activate() {
        if (this.data.disabled || this.data.checked) return
        const group = this.$el().closest('wx-radio-group')?.builtin
        if (group) members(group, 'wx-radio').forEach((radio) => radio.setData({ checked: false }))
        this.setData({ checked: true })
        group?.changed()
      },
    },
  },
  'checkbox-group': {
    properties: { name: text },
    events: ['change'],
    methods: {
      changed() {
        this.fire('change', { value: this.formValue() })
      },
      formValue() {
        const checked = members(this, 'wx-checkbox').filter((one) => one.data.checked)
        return checked.map((one) => one.data.value)
      },
      reset() {
        members(this, 'wx-checkbox').forEach((one) => one.setData({ checked: false }))
      },
    },
  },
  'radio-group': {
    properties: { name: text },
    events: ['change'],
    methods: {
      changed() {
        this.fire('change', { value: this.formValue() })
      },
      formValue() {
        return members(this, 'wx-radio').find((one) => one.data.checked)?.data.value ?? ''
      },
      reset() {
        members(this, 'wx-radio').forEach((one) => one.setData({ checked: false }))
      },
    },
  },
  form: {
    properties: { reportSubmit: flag, reportSubmitTimeout: text },
    events: ['submit', 'reset', 'submitToGroup'],
    methods: {
      /** @param {'submit'|'reset'} action the form-type of the button tapped */
      run(action) {
        const fields = [...this.$el().querySelectorAll('*')]
          .map((element) => element.builtin)
          .filter((one) => one?.formValue && one.data.name)
        if (action === 'reset') fields.forEach((one) => one.reset())
        const value = Object.fromEntries(fields.map((one) => [one.data.name, one.formValue()]))
        this.fire(action, { value })
      },
    },
  },
}
