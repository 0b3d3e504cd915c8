const SET_DATA_LIMIT_BYTES = 256 * 1024
const encoder = new TextEncoder()

/**
 * Watches every page and component: fires `ready`, which glass-easel leaves to its host, measures
 * setData, and counts the nodes of each page.
 */
export function instrument(host, space) {
  let attached = []
  const flush = () => {
    const batch = attached.reverse() // children become ready before their parents
    attached = []
    for (const component of batch) component.triggerLifetime('ready', [])
    countNodes(host)
  }
  const behavior = space
    .getComponentSpace()
    .define()
    .lifetime('created', function () {
      if (!isBuiltin(this.is)) this.setData = measured(host, this)
    })
    .lifetime('attached', function () {
      attached.push(this._$)
      if (attached.length === 1) requestAnimationFrame(flush)
    })
    .registerBehavior()
  space.setOverallBehavior(behavior)
}

const isBuiltin = (path) => path.startsWith('__builtin__/')

export function pageMetrics(host, route) {
  host.journal.metrics.pages[route] ??= { setDataCount: 0, maxSetDataBytes: 0, maxNodes: 0 }
  return host.journal.metrics.pages[route]
}

function measured(host, component) {
  const setData = Object.getPrototypeOf(component).setData
  return function (data, callback) {
    const where = `${component.is}: setData`
    checkValues(host, where, data)
    let bytes = 0
    try {
      bytes = encoder.encode(JSON.stringify(data)).length
    } catch (error) {
      host.journal.error(where, error)
    }
    const route = host.pageOf(component)?.route ?? component.is
    const metrics = pageMetrics(host, route)
    metrics.setDataCount += 1
    metrics.maxSetDataBytes = Math.max(metrics.maxSetDataBytes, bytes)
    if (bytes > SET_DATA_LIMIT_BYTES) {
      host.journal.fault(`${where}: ${bytes} bytes at once, ${SET_DATA_LIMIT_BYTES} are allowed`)
    }
    return setData.call(component, data, callback)
  }
}

function checkValues(host, where, data) {
  for (const [key, value] of Object.entries(data ?? {})) {
    if (value === undefined) host.journal.fault(`${where}: "${key}" is undefined`)
    if (typeof value === 'function') host.journal.fault(`${where}: "${key}" is a function`)
  }
}

function countNodes(host) {
  const page = host.pages.at(-1)
  if (!page) return
  const elements = [...page.element.querySelectorAll('wx-page *')]
  const nodes = elements.filter((element) => element.__wxElement).length
  const metrics = pageMetrics(host, page.route)
  metrics.maxNodes = Math.max(metrics.maxNodes, nodes)
}
