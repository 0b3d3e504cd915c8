import { flag, list, number, text, withDefault } from './types.mjs'

const SETTLE_MILLISECONDS = 100

const columnsOf = (view) =>
  [...view.$el().querySelectorAll('wx-picker-view-column')].map((element) => element.builtin)

/** Wheels: each column scrolls and snaps; its middle row is the value. */
export const pickerViews = {
  'picker-view': {
    properties: {
      value: list,
      name: text,
      indicatorStyle: text,
      indicatorClass: text,
      maskStyle: text,
      maskClass: text,
      immediateChange: flag,
    },
    events: ['change', 'pickstart', 'pickend'],
    template: '<slot/><mp-window style="{{indicatorStyle}}"></mp-window>',
    ready() {
      this.showValue()
    },
    observers: {
      value() {
        if (this.$el()?.isConnected) this.showValue()
      },
    },
    methods: {
      showValue() {
        columnsOf(this).forEach((column, index) => column.show(this.data.value?.[index] ?? 0))
      },
      picked() {
        const value = this.formValue()
        if (String(value) === String(this.data.value)) return
        this.setData({ value })
        this.fire('change', { value })
      },
      formValue() {
        return columnsOf(this).map((column) => column.index())
      },
      reset() {
        this.setData({ value: columnsOf(this).map(() => 0) })
      },
    },
  },
  'picker-view-column': {
    attached() {
      this.$el().addEventListener('scroll', () => {
        clearTimeout(this.settle)
        this.settle = setTimeout(() => this.view()?.picked(), SETTLE_MILLISECONDS)
      })
    },
    detached() {
      clearTimeout(this.settle)
    },
    methods: {
      view() {
        return this.$el().closest('wx-picker-view')?.builtin
      },
      rowHeight() {
        return this.$el().firstElementChild?.offsetHeight || 34
      },
      index() {
        return Math.round(this.$el().scrollTop / this.rowHeight())
      },
      show(index) {
        const rows = this.$el()
        rows.style.setProperty('--mp-row', this.rowHeight() + 'px')
        rows.scrollTop = index * this.rowHeight()
      },
    },
  },
  slider: {
    properties: {
      name: text,
      value: number,
      min: number,
      max: withDefault(number, 100),
      step: withDefault(number, 1),
      disabled: flag,
      showValue: flag,
      color: text,
      activeColor: withDefault(text, '#1aad19'),
      backgroundColor: withDefault(text, '#e9e9e9'),
      selectedColor: text,
      blockSize: withDefault(number, 28),
      blockColor: text,
    },
    events: ['change', 'changing'],
    template: '',
    attached() {
      this.range = document.createElement('input')
      this.range.type = 'range'
      this.range.oninput = () => this.fire('changing', { value: Number(this.range.value) })
      this.range.onchange = () => {
        this.setData({ value: Number(this.range.value) })
        this.fire('change', { value: Number(this.range.value) })
      }
      this.$el().append(this.range)
      this.show()
    },
    observers: {
      'min, max, step, value, disabled, activeColor'() {
        this.show()
      },
    },
    methods: {
      show() {
        if (!this.range) return
        const { min, max, step, value, disabled, activeColor } = this.data
        Object.assign(this.range, { min, max, step, value, disabled })
        this.range.style.accentColor = activeColor
      },
      formValue() {
        return this.data.value
      },
      reset() {
        this.setData({ value: this.data.min })
      },
    },
  },
}
