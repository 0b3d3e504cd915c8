const SLOP_PIXELS = 6
const KEEP_NATIVE = 'input, textarea, select, video'

/** Lets a mouse drag what a finger would scroll: the phone on the desk has no touch screen. */
export function dragToScroll(root) {
  let drag

  root.addEventListener('mousedown', (event) => {
    const usable = event.button === 0 && !event.target.closest(KEEP_NATIVE)
    drag = usable ? { x: event.clientX, y: event.clientY, target: event.target } : undefined
  })
  window.addEventListener('mousemove', (event) => {
    if (!drag) return
    const moved = { x: event.clientX - drag.x, y: event.clientY - drag.y }
    if (!drag.scroller && !begin(drag, moved)) return
    drag.scroller[drag.property] = drag.start - moved[drag.axis]
  })
  window.addEventListener('mouseup', () => {
    if (drag?.scroller) drag.scroller.style.scrollSnapType = ''
    drag = undefined
  })
}

/** Chooses the axis and what scrolls along it, once the mouse has moved far enough to tell. */
function begin(drag, moved) {
  if (Math.hypot(moved.x, moved.y) < SLOP_PIXELS) return false
  drag.axis = Math.abs(moved.x) > Math.abs(moved.y) ? 'x' : 'y'
  drag.property = drag.axis === 'x' ? 'scrollLeft' : 'scrollTop'
  drag.scroller = scrollerOf(drag.target, drag.axis)
  if (!drag.scroller) return false
  drag.start = drag.scroller[drag.property]
  drag.scroller.style.scrollSnapType = 'none'
  return true
}

function scrollerOf(element, axis) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at)
    const overflow = axis === 'x' ? style.overflowX : style.overflowY
    const room = axis === 'x' ? at.scrollWidth - at.clientWidth : at.scrollHeight - at.clientHeight
    if (/auto|scroll/.test(overflow) && room > 0) return at
  }
  return undefined
}
