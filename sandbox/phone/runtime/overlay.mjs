import { $, h } from './dom.mjs'

/** WeChat's own dialogs: they lie above the page and outside the mini-program. */
export class Overlay {
  /** @param {(zh: string, en: string) => string} text picks the phone's language */
  constructor(text) {
    this.text = text
    this.#ignoreGhostClicks()
  }

  /** The click that a browser sends after the tap which opened a dialog is not meant for it. */
  #ignoreGhostClicks() {
    let pressed = false
    const overlay = $('#mp-overlay')
    overlay.addEventListener('pointerdown', () => void (pressed = true), true)
    const filter = (event) => {
      if (event.isTrusted && !pressed) event.stopPropagation()
      pressed = false
    }
    overlay.addEventListener('click', filter, true)
  }

  hideToast() {
    clearTimeout(this.timer)
    this.toast?.remove()
    this.toast = undefined
  }

  /** @param {number} milliseconds 0 = until hidden; @param {boolean} mask taps are swallowed */
  showToast(title, icon, milliseconds, mask) {
    this.hideToast()
    const mark = h('i', { class: `mp-toast-icon ${icon}` })
    const box = h('div', { class: 'mp-toast', role: 'status' }, mark, title)
    this.toast = mask ? h('div', { class: 'mp-toast-mask' }, box) : box
    $('#mp-overlay').append(this.toast)
    if (milliseconds) this.timer = setTimeout(() => this.hideToast(), milliseconds)
  }

  /** Shows what `build(close)` makes over a dark mask; `onmask(close)` runs on a tap beside it. */
  open(build, { onmask } = {}) {
    const mask = h('div', { class: 'mp-mask' })
    const close = () => mask.remove()
    mask.append(build(close))
    if (onmask) mask.onclick = (event) => event.target === mask && onmask(close)
    $('#mp-overlay').append(mask)
  }

  /** @returns {Promise<{confirm: boolean, cancel: boolean, content: string|null}>} */
  modal(options) {
    const { title, content = '', editable, placeholderText } = options
    const input = editable && h('input', { class: 'mp-modal-input', placeholder: placeholderText })
    if (input) input.value = content
    return new Promise((resolve) => {
      this.open((close) => {
        const answer = (confirm) => () => {
          close()
          resolve({ confirm, cancel: !confirm, content: input ? input.value : null })
        }
        const heading = title ? h('h3', {}, title) : undefined
        const body = input || h('p', {}, content)
        const buttons = h('div', {}, ...this.#modalButtons(options, answer))
        return h('div', { class: 'mp-modal', role: 'dialog' }, heading, body, buttons)
      })
    })
  }

  #modalButtons({ confirmText, confirmColor, cancelText, cancelColor, showCancel }, answer) {
    const colour = (value) => value && `color:${value}`
    const ok = h('button', { class: 'ok', style: colour(confirmColor), onclick: answer(true) })
    ok.append(confirmText || this.text('确定', 'OK'))
    if (showCancel === false) return [ok]
    const cancel = h('button', { style: colour(cancelColor), onclick: answer(false) })
    cancel.append(cancelText || this.text('取消', 'Cancel'))
    return [cancel, ok]
  }

  /** Resolves with the index tapped, or -1. */
  actionSheet(items, { color, title } = {}) {
    return new Promise((resolve) => {
      const finish = (index, close) => {
        close()
        resolve(index)
      }
      this.open(
        (close) => {
          const style = color && `color:${color}`
          const buttons = items.map((item, index) =>
            h('button', { style, onclick: () => finish(index, close) }, item),
          )
          const cancel = h('button', { class: 'cancel', onclick: () => finish(-1, close) })
          cancel.append(this.text('取消', 'Cancel'))
          const head = title ? h('p', { class: 'mp-sheet-title' }, title) : undefined
          return h('div', { class: 'mp-sheet', role: 'dialog' }, head, ...buttons, cancel)
        },
        { onmask: (close) => finish(-1, close) },
      )
    })
  }
}
