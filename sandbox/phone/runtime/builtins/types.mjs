/** Shorthands for property declarations of built-in components. */
export const text = String
export const number = Number
export const flag = Boolean
export const any = null
export const list = Array
export const withDefault = (type, value) => ({ type, value })

/** What every built-in component accepts. */
export const COMMON_PROPERTIES = {
  hidden: flag,
  hoverClass: text,
  hoverStartTime: withDefault(number, 50),
  hoverStayTime: withDefault(number, 400),
  hoverStopPropagation: flag,
  animation: any,
  role: text,
  ariaRole: text,
  ariaLabel: text,
  ariaHidden: any,
  ariaChecked: any,
  ariaDisabled: any,
  ariaExpanded: any,
  ariaSelected: any,
  ariaLive: text,
  ariaModal: any,
  ariaLabelledby: text,
  ariaDescribedby: text,
  disableScroll: flag,
}

/** Written to the DOM, where host.css and browser tests see them. */
export const COMMON_REFLECTED = [
  'hidden',
  'role',
  'ariaLabel',
  'ariaHidden',
  'ariaChecked',
  'ariaDisabled',
  'ariaExpanded',
  'ariaSelected',
  'ariaLive',
  'ariaModal',
]

export const COMMON_EVENTS = [
  'tap',
  'longpress',
  'longtap',
  'touchstart',
  'touchmove',
  'touchend',
  'touchcancel',
  'transitionend',
  'animationstart',
  'animationiteration',
  'animationend',
]
