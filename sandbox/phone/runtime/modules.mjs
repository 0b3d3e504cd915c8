const BROWSER_GLOBALS = (
  'window,document,location,history,navigator,localStorage,sessionStorage,fetch,XMLHttpRequest,' +
  'WebSocket,alert,confirm,prompt,parent,top,frames,self,open,close,name,MpHost'
).split(',')

/** Loads the mini-program's scripts: CommonJS, with none of the browser's globals in sight. */
export class Modules {
  constructor(host, space) {
    this.host = host
    this.space = space
    this.cache = {}
    this.entry = ''
  }

  /** @param {string} id path without suffix */
  load(id) {
    if (this.cache[id]) return this.cache[id].exports
    const module = (this.cache[id] = { exports: {} })
    const outer = this.entry
    // Page() and Component() belong to the file being loaded, even when a helper calls them.
    if (this.host.program.components[id]) this.entry = id
    try {
      this.#run(id, module)
    } finally {
      this.entry = outer
    }
    return module.exports
  }

  #run(id, module) {
    const { file, code } = this.host.program.modules[id]
    const names = { ...this.#globals(id), module, exports: module.exports }
    const parameters = [...Object.keys(names), ...BROWSER_GLOBALS].join(', ')
    // On one line before the code, so that line numbers in stacks stay those of the module.
    const source = `(function (${parameters}) {${code}\n})\n//# sourceURL=${file}`
    const run = (0, eval)(source)
    run.call(undefined, ...Object.values(names))
  }

  #globals(id) {
    const { host } = this
    const require = (to) => this.load(this.#resolve(id, to))
    require.async = async (to) => require(to)
    return {
      require,
      wx: host.strictWx,
      App: (options) => {
        host.app = options
      },
      Page: this.#register('Page'),
      Component: this.#register('Component'),
      Behavior: this.#register('Behavior'),
      getApp: () => host.app,
      getCurrentPages: () => host.pages.map((page) => page.instance),
    }
  }

  #resolve(from, to) {
    const parts = to.startsWith('/') ? [] : from.split('/').slice(0, -1)
    for (const part of to.replace(/\.(js|ts)$/, '').split('/')) {
      if (part === '..') parts.pop()
      else if (part && part !== '.') parts.push(part)
    }
    const base = parts.join('/')
    const found = [base, `${base}/index`].find((id) => this.host.program.modules[id])
    if (!found) throw new Error(`module '${to}' is not defined, required from ${from}`)
    return found
  }

  #register(kind) {
    return (definition) =>
      this.space.componentEnv(this.entry, (constructors) => {
        if (definition === undefined) return constructors[kind]()
        if (kind !== 'Behavior') this.host.defined.add(this.entry)
        return constructors[kind](withoutBuiltinBehaviors(definition))
      })
  }
}

/** wx://form-field and its like name behaviours of WeChat's own; nothing here depends on them. */
function withoutBuiltinBehaviors(definition) {
  if (!definition.behaviors) return definition
  const behaviors = definition.behaviors.filter((one) => typeof one !== 'string')
  return { ...definition, behaviors }
}
