import { h } from '../dom.mjs'
import { any, flag, text, withDefault } from './types.mjs'

/** The wheel sheet of the phone is drawn with native selects, dates and times. */
export const picker = {
  properties: {
    name: text,
    value: any,
    mode: withDefault(text, 'selector'),
    range: any,
    rangeKey: text,
    disabled: flag,
    start: text,
    end: text,
    fields: withDefault(text, 'day'),
    headerText: text,
  },
  reflect: ['disabled'],
  events: ['change', 'cancel', 'columnchange'],
  onTap() {
    this.activate()
  },
  methods: {
    activate() {
      if (this.data.disabled) return
      const open = { selector: 'openList', multiSelector: 'openColumns' }[this.data.mode]
      if (open) this[open]()
      else if (['time', 'date'].includes(this.data.mode)) this.openNative()
      else this.host.journal.fault(`<picker mode="${this.data.mode}"> is not provided`)
    },
    labelOf(item) {
      return String(this.data.rangeKey ? item[this.data.rangeKey] : item)
    },
    finish(value) {
      this.setData({ value })
      this.fire('change', { value })
    },
    async openList() {
      const labels = (this.data.range ?? []).map((item) => this.labelOf(item))
      const index = await this.host.overlay.actionSheet(labels, { title: this.data.headerText })
      if (index < 0) this.fire('cancel', {})
      else this.finish(index)
    },
    openColumns() {
      const value = this.data.value ?? []
      const selects = (this.data.range ?? []).map((items, column) => {
        const options = items.map((item, index) =>
          h('option', { value: index }, this.labelOf(item)),
        )
        const select = h('select', {}, ...options)
        select.value = value[column] ?? 0
        select.onchange = () => {
          this.fire('columnchange', { column, value: Number(select.value) })
        }
        return select
      })
      this.openSheet(selects, () => selects.map((select) => Number(select.value)))
    },
    openNative() {
      const { mode, fields, start, end, value } = this.data
      const type = mode === 'time' ? 'time' : fields === 'day' ? 'date' : 'month'
      const input = h('input', { type, min: start, max: end, value })
      this.openSheet([input], () => input.value)
    },
    openSheet(controls, read) {
      const { text: t, overlay } = this.host
      const cancelled = (close) => {
        close()
        this.fire('cancel', {})
      }
      const confirmed = (close) => {
        close()
        this.finish(read())
      }
      overlay.open(
        (close) =>
          h(
            'div',
            { class: 'mp-sheet mp-picker', role: 'dialog' },
            h(
              'header',
              {},
              h('button', { onclick: () => cancelled(close) }, t('取消', 'Cancel')),
              h('span', {}, this.data.headerText),
              h('button', { class: 'ok', onclick: () => confirmed(close) }, t('确定', 'OK')),
            ),
            h('div', { class: 'mp-columns' }, ...controls),
          ),
        { onmask: cancelled },
      )
    },
    formValue() {
      return this.data.value
    },
    reset() {
      this.setData({ value: null })
    },
  },
}
