/**
 * Builds wx: each family adds functions with `define`. An implementation takes the options,
 * returns (or resolves with) the success result, and throws `{errMsg}` to fail. Callers may use
 * callbacks or, when they give none, the promise.
 */
export function createDefiner(host, wx) {
  return function define(name, types, implementation) {
    wx[name] = (options = {}) => {
      host.journal.call(name, options)
      const wanted = refuseTypes(name, types, options)
      if (wanted) host.journal.fault(wanted)
      const origin = new Error(name)
      const run = async () => {
        if (wanted) throw { errMsg: wanted }
        return { errMsg: `${name}:ok`, ...(await (host.mocks[name] ?? implementation)(options)) }
      }
      return deliver(host, name, options, run(), origin)
    }
  }
}

/** WeChat's words for a wrong parameter, or undefined when all are right. */
function refuseTypes(name, types, options) {
  for (const [key, type] of Object.entries(types)) {
    const value = options[key]
    const optional = type.endsWith('?')
    if (optional && (value === undefined || value === null)) continue
    const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
    const wanted = type.replace('?', '')
    if (found !== wanted) {
      return `${name}:fail parameter error: parameter.${key} should be ${wanted} instead of ${found};`
    }
  }
  return undefined
}

export function toFailure(name, error) {
  const message = error?.errMsg ?? error?.message ?? String(error)
  const errMsg = message.startsWith(`${name}:`) ? message : `${name}:fail ${message}`
  return { ...(error instanceof Error ? {} : error), errMsg }
}

/** Hands the outcome to callbacks or to a promise, and records what the callbacks throw. */
export function deliver(host, name, options, running, origin) {
  const { success, fail, complete } = options
  const outcome = running.then(
    (result) => ({ result }),
    (error) => {
      if (error instanceof Error) host.journal.error(`wx.${name}`, error)
      return { failure: toFailure(name, error) }
    },
  )
  if (success || fail || complete) {
    outcome.then(({ result, failure }) => {
      call(host, name, failure ? fail : success, failure ?? result)
      call(host, name, complete, failure ?? result)
    })
    return undefined
  }
  return outcome.then(({ result, failure }) => {
    if (!failure) return result
    // The stack, which WeChat's failures lack, tells who forgot to catch this one.
    Object.defineProperty(failure, 'stack', { value: `${failure.errMsg}\n${origin.stack}` })
    throw failure
  })
}

function call(host, name, callback, value) {
  if (!callback) return
  try {
    const returned = callback(value)
    if (returned?.catch) returned.catch((error) => host.journal.error(`wx.${name} callback`, error))
  } catch (error) {
    host.journal.error(`wx.${name} callback`, error)
  }
}
