import * as ge from 'glass-easel'
import { stageTop } from './backend.mjs'

const LONG_PRESS_MILLISECONDS = 350
const MOVE_PIXELS = 10
const HOVER_SEGMENT = ge.StyleSegmentIndex?.TEMP_EXTRA ?? 3

/** Turns what the DOM reports into WeChat's events: tap, touches, longpress, hover classes. */
export function connectGestures(backend) {
  let longPressed = false
  backend.onEvent((target, type, detail, options) => {
    if (type === 'tap') {
      if (longPressed || isDisabled(options.originalEvent)) return undefined
    }
    return dispatch(target, type, options)
  })

  function dispatch(target, type, options) {
    const event = new ge.Event(type, detailOf(type, options.originalEvent), {
      ...options,
      extraFields: touchFields(options.originalEvent),
    })
    ge.Event.dispatchEvent(target, event)
    return event.defaultPrevented() ? 1 : 0
  }

  watchPress((event) => {
    longPressed = false
    const target = elementAt(event.target)
    if (!target) return undefined
    const hovered = startHover(event.target)
    const timer = setTimeout(() => {
      let handled = false
      const noticed = () => void (handled = true)
      for (const type of ['longpress', 'longtap']) {
        const options = { bubbles: true, composed: true, capturePhase: true }
        dispatch(target, type, { ...options, originalEvent: event, handleListenerReturn: noticed })
      }
      longPressed = handled
    }, LONG_PRESS_MILLISECONDS)
    return () => {
      clearTimeout(timer)
      hovered()
    }
  })
}

const isDisabled = (event) => event?.target?.closest?.('wx-button[disabled]')

function elementAt(node) {
  for (let at = node; at; at = at.parentNode) if (at.__wxElement) return at.__wxElement
  return undefined
}

function detailOf(type, event) {
  if (!/^(tap|longpress|longtap)$/.test(type)) return {}
  const [point] = pointsOf(event)
  return point ? { x: point.clientX, y: point.clientY } : {}
}

function pointsOf(event, name = 'changedTouches') {
  if (!event) return []
  const points = event[name] ?? (event.clientX === undefined ? [] : [event])
  const top = stageTop()
  return [...points].map((point) => ({
    identifier: point.identifier ?? 0,
    clientX: point.clientX,
    clientY: point.clientY - top,
    pageX: point.pageX,
    pageY: point.pageY - top,
    force: point.force ?? 1,
  }))
}

function touchFields(event) {
  if (!event || !/^(touch|mouse)/.test(event.type)) return {}
  return { touches: pointsOf(event, 'touches'), changedTouches: pointsOf(event) }
}

/** Calls `begin` when a finger goes down and what it returned when it lifts or moves away. */
function watchPress(begin) {
  let release
  let start
  const end = () => {
    release?.()
    release = undefined
  }
  const down = (event) => {
    end()
    start = event.touches?.[0] ?? event
    release = begin(event)
  }
  const move = (event) => {
    const point = event.touches?.[0] ?? event
    if (!release || !start) return
    const far = Math.hypot(point.clientX - start.clientX, point.clientY - start.clientY)
    if (far > MOVE_PIXELS) end()
  }
  const options = { capture: true, passive: true }
  let touched = false
  document.body.addEventListener('touchstart', (e) => void ((touched = true), down(e)), options)
  document.body.addEventListener('mousedown', (e) => touched || down(e), options)
  document.body.addEventListener('touchmove', move, options)
  document.body.addEventListener('mousemove', move, options)
  for (const type of ['touchend', 'touchcancel', 'mouseup']) {
    document.body.addEventListener(type, end, options)
  }
}

/** Adds the hover-class of each built-in under the finger; returns what takes it off again. */
function startHover(node) {
  const lit = []
  for (let at = node; at; at = at.parentNode) {
    const light = lighter(at)
    if (!light) continue
    const { hoverStartTime, hoverStayTime, hoverStopPropagation } = at.builtin.data
    const timer = setTimeout(() => light(true), hoverStartTime)
    lit.push({ light, timer, hoverStayTime })
    if (hoverStopPropagation) break
  }
  return () => {
    for (const { light, timer, hoverStayTime } of lit) {
      clearTimeout(timer)
      setTimeout(() => light(false), hoverStayTime)
    }
  }
}

/** What shows that a finger rests on this element, if anything does. */
function lighter(element) {
  const hoverClass = element.builtin?.data.hoverClass
  if (hoverClass === 'none') return undefined
  if (hoverClass) {
    const { classList } = element.__wxElement
    const names = hoverClass.split(/\s+/)
    return (on) => names.forEach((name) => classList.toggle(name, on, HOVER_SEGMENT))
  }
  const isButton = element.localName === 'wx-button'
  return isButton && ((on) => element.toggleAttribute('mp-pressed', on))
}
