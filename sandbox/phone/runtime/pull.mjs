const TRIGGER_PIXELS = 60

/**
 * Watches for a finger that pulls down at the top of a scrolling element.
 * @param {HTMLElement} scroller
 * @param {{enabled: () => boolean, onMove: (pixels: number) => void,
 *   onRelease: (triggered: boolean) => void, threshold?: () => number}} handlers
 */
export function watchPull(scroller, { enabled, onMove, onRelease, threshold }) {
  let startY
  let distance = 0

  function start(event) {
    if (!enabled() || scroller.scrollTop > 0) return
    startY = pointOf(event).clientY
    distance = 0
  }

  function move(event) {
    if (startY === undefined) return
    distance = (pointOf(event).clientY - startY) / 2 // the phone damps the pull
    if (distance <= 0) return
    if (event.cancelable) event.preventDefault()
    onMove(distance)
  }

  function end() {
    if (startY === undefined) return
    startY = undefined
    if (distance > 0) onRelease(distance >= (threshold?.() ?? TRIGGER_PIXELS))
  }

  scroller.addEventListener('touchstart', start, { passive: true })
  scroller.addEventListener('touchmove', move, { passive: false })
  scroller.addEventListener('touchend', end)
  scroller.addEventListener('touchcancel', end)
  scroller.addEventListener('mousedown', start)
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', end)
  return () => {
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', end)
  }
}

const pointOf = (event) => event.touches?.[0] ?? event
