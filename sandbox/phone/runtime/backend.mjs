import * as ge from 'glass-easel'
import { $, convertRpx } from './dom.mjs'
import { BUILTINS } from './builtins/index.mjs'

/** Gestures and animations come from the DOM; all other events from the built-in components. */
const DOM_EVENTS = /^(touch(start|move|end|cancel)|transitionend|animation(start|end|iteration))$/

/** The mini-program's coordinates begin below the navigation bar. */
export const stageTop = () => $('#mp-stage').getBoundingClientRect().top

/** Renders to this page's DOM, naming built-ins <wx-view> … as WeChat's own WebView does. */
export class PhoneBackend extends ge.CurrentWindowBackendContext {
  /** @param {(style: string) => string} convertStyle applied to every inline style */
  constructor(convertStyle) {
    super()
    this.document = {
      createElement: (tag) => createElement(tag, convertStyle),
      createTextNode: (text) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    }
  }

  setListenerStats(element, type, capture, mutLevel) {
    if (DOM_EVENTS.test(type)) super.setListenerStats(element, type, capture, mutLevel)
  }

  createIntersectionObserver(target, relative, margin, thresholds, listener) {
    const root = relative ?? $('#mp-stage')
    return super.createIntersectionObserver(target, root, margin, thresholds, listener)
  }

  getWindowHeight() {
    return $('#mp-stage').clientHeight
  }
}

function createElement(tag, convertStyle) {
  const element = document.createElement(Object.hasOwn(BUILTINS, tag) ? `wx-${tag}` : tag)
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => {
    if (value === null || value === undefined) element.removeAttribute(name)
    else setAttribute(name, name === 'style' ? convertStyle(convertRpx(value)) : value)
  }
  element.getBoundingClientRect = () => {
    const { x, y, width, height } = Element.prototype.getBoundingClientRect.call(element)
    return new DOMRect(x, y - stageTop(), width, height)
  }
  return element
}
