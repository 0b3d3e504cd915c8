import { h } from './dom.mjs'

/** The camera for wx.scanCode: the code's content is typed or pasted instead of seen. */
export class Scanner {
  constructor(host) {
    this.host = host
  }

  open() {
    const { text, overlay } = this.host
    return new Promise((resolve, reject) => {
      overlay.open((close) => {
        const input = h('input', { placeholder: text('桌码内容', 'What the code holds') })
        const confirm = () => {
          if (!input.value.trim()) return
          close()
          resolve(this.result(input.value.trim()))
        }
        const cancel = () => {
          close()
          reject({ errMsg: 'scanCode:fail cancel' })
        }
        return h(
          'div',
          { class: 'mp-scanner', role: 'dialog', 'aria-label': text('扫一扫', 'Scan') },
          h('div', { class: 'finder' }, h('i')),
          input,
          h('button', { class: 'primary', onclick: confirm }, text('确定', 'OK')),
          h('button', { onclick: cancel }, text('取消', 'Cancel')),
        )
      })
    })
  }

  /** A mini-program code holds a page and a scene; anything else is an ordinary QR code. */
  result(content) {
    const base = { charSet: 'UTF-8', rawData: '', errMsg: 'scanCode:ok' }
    if (/^https?:/.test(content)) return { ...base, scanType: 'QR_CODE', result: content }
    const path = content.includes('?')
      ? content.replace(/^\//, '')
      : `${this.host.params.codePage}?scene=${encodeURIComponent(content)}`
    return { ...base, scanType: 'WX_CODE', result: '', path }
  }
}
