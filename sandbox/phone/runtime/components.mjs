import { BUILTINS, builtinPath } from './builtins/index.mjs'
import { COMMON_PROPERTIES, COMMON_REFLECTED } from './builtins/types.mjs'
import { dashed } from './dom.mjs'

/** Registers WeChat's built-in components with glass-easel. */
export function registerBuiltins(host, space) {
  for (const [name, definition] of Object.entries(BUILTINS)) {
    const path = builtinPath(name)
    space.addComponentStaticConfig(path, { component: true, styleIsolation: 'shared' })
    addTemplate(host.program, space, path)
    const type = space.componentEnv(path, ({ Component }) =>
      Component(toComponent(host, definition)),
    )
    space.getComponentSpace().setGlobalUsingComponent(name, type._$)
  }
}

function addTemplate(program, space, path) {
  const content = program.templates[path]
  if (!content) return
  const groupList = program.templates
  space.addCompiledTemplate(path, { groupList, content, fallbackListenerOnNativeNode: true })
}

/** Registers pages and components of the mini-program, all but their scripts. */
export function registerProgram(host, space) {
  const { components, scopes } = host.program
  for (const [path, config] of Object.entries(components)) {
    space.addComponentStaticConfig(path, { ...config, component: config.component === true })
    if (scopes[path]) space.addStyleSheet(path, undefined, scopes[path])
    addTemplate(host.program, space, path)
  }
}

function toComponent(host, definition) {
  const reflected = [...COMMON_REFLECTED, ...(definition.reflect ?? [])]
  const reflect = function () {
    for (const name of reflected) reflectProperty(this, name)
  }
  return {
    properties: { ...COMMON_PROPERTIES, ...definition.properties },
    data: definition.data ?? {},
    observers: { ...definition.observers, [reflected.join(', ')]: reflect },
    lifetimes: {
      created() {
        this.host = host
        this.$el().builtin = this
      },
      attached() {
        reflect.call(this)
        if (definition.onTap)
          this._$.addListener('tap', (event) => definition.onTap.call(this, event))
        definition.attached?.call(this)
      },
      ready: definition.ready ?? nothing,
      detached: definition.detached ?? nothing,
    },
    methods: { ...COMMON_METHODS, ...definition.methods },
  }
}

const nothing = () => {}

function reflectProperty(component, name) {
  const value = component.data[name]
  const attribute = dashed(name)
  const element = component.$el()
  if (value === true) element.setAttribute(attribute, '')
  else if (value || value === 0) element.setAttribute(attribute, value)
  else element.removeAttribute(attribute)
}

const COMMON_METHODS = {
  $el() {
    return this._$.getBackendElement()
  },
  /** The DOM element with this id in the page or component whose template we stand in. */
  $find(id) {
    return this._$.ownerShadowRoot?.getElementById(id)?.getBackendElement()
  },
  fire(name, detail) {
    this.triggerEvent(name, detail, { bubbles: false, composed: false })
  },
  ownerPath() {
    return this._$.ownerShadowRoot?.getHostNode().is ?? ''
  },
  ownerFile() {
    return this.ownerPath() + '.wxml'
  },
}
