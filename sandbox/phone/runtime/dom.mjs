/** Builds an element: h('div', {class: 'x', onclick: f}, 'text', child). Text is never HTML. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(
    ...children.filter((child) => child !== undefined && child !== null && child !== false),
  )
  return element
}

export const $ = (selector) => document.querySelector(selector)

export const dashed = (name) => name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase())

/** rpx in inline styles, which the build does not see. */
export const convertRpx = (style) =>
  String(style).replace(/(-?[\d.]+)rpx\b/g, 'calc($1 * var(--rpx))')
