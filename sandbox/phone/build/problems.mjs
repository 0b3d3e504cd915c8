/** Collects what is wrong with a mini-program, each entry with the file (and line) to open. */
export class Problems {
  constructor() {
    this.list = []
  }

  /**
   * @param {'error'|'warning'} level an error stops the phone from starting
   * @param {string} file path inside the mini-program folder
   * @param {number} line 1-based; 0 when the whole file is meant
   */
  add(level, file, line, message) {
    const known = this.list.some(
      (p) => p.file === file && p.line === line && p.message === message && p.level === level,
    )
    if (!known) this.list.push({ level, file, line, message })
  }

  error(file, line, message) {
    this.add('error', file, line, message)
  }

  warn(file, line, message) {
    this.add('warning', file, line, message)
  }

  get errors() {
    return this.list.filter((p) => p.level === 'error')
  }
}

/** One line a problem, in the form editors turn into a link: `file:line: level: message`. */
export function formatProblem({ level, file, line, message }) {
  return `${file}${line ? ':' + line : ''}: ${level}: ${message}`
}
