import * as adapter from 'glass-easel-miniprogram-adapter'
import { PhoneBackend } from './backend.mjs'
import { BUILTINS } from './builtins/index.mjs'
import { createChannel } from './channel.mjs'
import { Chrome } from './chrome.mjs'
import { registerBuiltins, registerProgram } from './components.mjs'
import { convertRpx, h } from './dom.mjs'
import { connectGestures } from './gestures.mjs'
import { checkHandlers } from './handlers.mjs'
import { instrument } from './instruments.mjs'
import { Journal } from './journal.mjs'
import { Lifecycle } from './lifecycle.mjs'
import { Modules } from './modules.mjs'
import { Overlay } from './overlay.mjs'
import { Privacy } from './privacy.mjs'
import { Resources } from './resources.mjs'
import { Router } from './router.mjs'
import { Scanner } from './scanner.mjs'
import { Share } from './share.mjs'
import { WeChat } from './wechat.mjs'
import { createWx, strict } from './wx/index.mjs'

/** One simulated phone: everything the mini-program can reach hangs here. */
export class Host {
  constructor(program, params) {
    this.program = program
    this.params = params
    this.journal = new Journal(program.modules)
    this.mocks = { ...window.__phoneMocks }
    this.storagePrefix = `mp:${params.user}:`
    this.pages = []
    this.defined = new Set()
    this.offline = false
    this.text = (zh, en) => (params.lang.startsWith('zh') ? zh : en)
    this.launch = {
      path: params.path,
      query: params.query,
      scene: params.scene,
      referrerInfo: {},
      apiCategory: 'default',
    }
    this.entered = this.launch
    this.createChannel = createChannel
    this.toCss = convertRpx
    this.#equip()
    this.#prepareComponents()
  }

  // What tests read, under short names.
  get errors() {
    return this.journal.errors
  }

  get warnings() {
    return this.journal.warnings
  }

  get calls() {
    return this.journal.calls
  }

  get metrics() {
    return this.journal.metrics
  }

  hasComponent(name) {
    return Object.hasOwn(BUILTINS, name)
  }

  #equip() {
    this.resources = new Resources(this.journal)
    this.overlay = new Overlay(this.text)
    this.lifecycle = new Lifecycle(this)
    this.privacy = new Privacy(this, this.params.privacy)
    this.scanner = new Scanner(this)
    this.wechat = new WeChat(this)
    this.share = new Share(this)
    this.chrome = new Chrome(this)
    this.router = new Router(this)
    this.wx = createWx(this)
    this.strictWx = strict(this.wx, this.journal)
  }

  #prepareComponents() {
    const environment = new adapter.MiniProgramEnv()
    this.space = withPlainIds(environment.createCodeSpace('main', true))
    const backend = new PhoneBackend((style) => this.resources.convertStyle(style))
    connectGestures(backend)
    this.backend = environment.associateBackend(backend)
    instrument(this, this.space)
    registerBuiltins(this, this.space)
    registerProgram(this, this.space)
    this.modules = new Modules(this, this.space)
  }

  /** Runs the script of a page or component, and first those of the components it uses. */
  define(path) {
    if (this.defined.has(path) || !this.program.modules[path]) return
    this.defined.add(path)
    const { usingComponents = {}, componentGenerics = {} } = this.program.components[path]
    const defaults = Object.values(componentGenerics).map((generic) => generic?.default)
    for (const used of [...Object.values(usingComponents), ...defaults]) {
      if (used) this.define(used.slice(1))
    }
    this.defined.delete(path) // registration itself marks it
    try {
      this.modules.load(path)
    } catch (error) {
      this.journal.error(this.program.modules[path].file, error)
    }
    if (!this.defined.has(path)) {
      this.journal.error(
        this.program.modules[path].file,
        'neither Page() nor Component() is called',
      )
      this.defined.add(path)
    }
    checkHandlers(this, path)
  }

  /** Calls a page's lifecycle method; what it throws is recorded, not spread. */
  guard(page, method, ...values) {
    try {
      return page.instance[method]?.(...values)
    } catch (error) {
      this.journal.error(`${page.route} ${method}`, error)
      return undefined
    }
  }

  /** The page on which a component stands. */
  pageOf(component) {
    let root = component._$
    while (root.ownerShadowRoot) root = root.ownerShadowRoot.getHostNode()
    return this.pages.find((page) => page.root.getComponent() === root) ?? this.opening
  }

  showPicture(url) {
    this.overlay.open((close) => {
      const source = this.resources.url(url, '')
      return h('div', { class: 'mp-picture', onclick: close }, h('img', { src: source, alt: '' }))
    })
  }

  /** WeChat's viewer of documents, with the browser's own viewer in it. */
  showDocument(url) {
    this.overlay.open((close) => {
      const words = this.overlay.text('关闭', 'Close')
      const button = h('button', { class: 'mp-document-close', onclick: close }, words)
      return h('div', { class: 'mp-document' }, button, h('iframe', { src: url, title: 'PDF' }))
    })
  }

  /** Plays a pull-down on the page on top. */
  pullDown() {
    this.pages.at(-1)?.pullDown()
  }
}

/** Writes ids to the DOM as they are, so that `#id` in a page's WXSS finds its element. */
function withPlainIds(space) {
  const prepare = space.prepareComponentOptions.bind(space)
  space.prepareComponentOptions = (...given) => {
    const [options, isolation] = prepare(...given)
    return [{ ...options, writeIdToDOM: true, idPrefixGenerator: null }, isolation]
  }
  return space
}
