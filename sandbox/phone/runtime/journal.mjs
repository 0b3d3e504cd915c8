const CALLS_KEPT = 1000
const FRAME = /((?:[\w.@-]+\/)*[\w.@-]+\.(?:ts|js)):(\d+)(?::\d+)?/g

/**
 * Everything a test reads afterwards: errors (there must be none), warnings, wx calls, sizes.
 * An error is one string that begins with the file it comes from.
 */
export class Journal {
  constructor(modules) {
    this.errors = []
    this.warnings = []
    this.calls = []
    this.metrics = { pages: {} }
    this.lines = Object.fromEntries(Object.values(modules).map((m) => [m.file, m.lines]))
    this.listeners = []
  }

  /** @param {unknown} error anything thrown; @param {string} where what was running */
  error(where, error) {
    const trace = this.#trace(error)
    this.#record(this.#firstFrame(trace), `${where}: ${trace}`)
  }

  /** A fault that the host itself found: there is nothing thrown. */
  fault(message) {
    this.#record(this.#firstFrame(this.#mapLines(new Error().stack)), message)
  }

  warn(message) {
    if (!this.warnings.includes(message)) this.#push(this.warnings, message)
  }

  call(api, options) {
    this.calls.push({ api, options: cloneable(options) })
    if (this.calls.length > CALLS_KEPT) this.calls.shift()
  }

  onChange(listener) {
    this.listeners.push(listener)
  }

  #record(at, message) {
    const entry = at ? `${at}: ${message}` : message
    console.error(`[phone] ${entry}`)
    this.#push(this.errors, entry)
  }

  #push(list, entry) {
    list.push(entry)
    this.listeners.forEach((listener) => listener())
  }

  #trace(error) {
    if (error && typeof error === 'object') {
      const text = error.stack ?? error.errMsg ?? error.message ?? JSON.stringify(error)
      const extra = error.errMsg && !text.includes(error.errMsg) ? `${error.errMsg}\n` : ''
      return this.#mapLines(extra + text)
    }
    return this.#mapLines(String(error))
  }

  /** Names source lines, and drops the frames of the host itself. */
  #mapLines(stack) {
    return stack
      .split('\n')
      .filter((line) => !/^\s+at .*(__runtime\.js|__program\.js|<anonymous>)/.test(line))
      .map((line) =>
        line.replace(FRAME, (all, file, number) => {
          const lines = this.lines[file]
          return lines ? `${file}:${lines[number - 1] || number}` : all
        }),
      )
      .join('\n')
  }

  #firstFrame(trace) {
    for (const [frame, file] of trace.matchAll(FRAME)) if (this.lines[file]) return frame
    return undefined
  }
}

function cloneable(options) {
  try {
    return JSON.parse(JSON.stringify(options ?? null))
  } catch {
    return String(options)
  }
}
