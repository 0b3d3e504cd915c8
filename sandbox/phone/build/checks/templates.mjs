import { BUILTINS, SYNTAX_TAGS } from '../../runtime/builtins/index.mjs'
import { COMMON_EVENTS } from '../../runtime/builtins/types.mjs'
import { resolvePath, withoutSuffix } from '../files.mjs'
import { eventOf, isDynamic, readTags } from '../markup.mjs'
import { findModule } from '../scripts.mjs'
import { refuseTarget } from './scripts.mjs'

/**
 * Checks every template as far as text tells: tags, events, handlers, files.
 * @returns {Record<string, {name: string, at: string}[]>} the handlers each page or component
 *   needs, for the exact check once its script has run
 */
export function checkTemplates(project, modules) {
  const handlers = {}
  for (const file of project.files.filter((name) => name.endsWith('.wxml'))) {
    for (const tag of readTags(project.read(file))) checkFiles(project, file, tag)
  }
  for (const component of project.components.values()) {
    const file = component.name + '.wxml'
    if (!project.has(file)) continue
    const needed = []
    for (const [origin, tag] of reachableTags(project, file)) {
      checkTag(project, component, origin, tag)
      needed.push(...namedHandlers(origin, tag))
    }
    handlers[component.name] = needed
    checkHandlers(project, component, needed, modules)
  }
  return handlers
}

/** The tags of a template and of all it imports and includes, each with its own file. */
function* reachableTags(project, file, seen = new Set()) {
  if (seen.has(file) || !project.has(file)) return
  seen.add(file)
  for (const tag of readTags(project.read(file))) {
    yield [file, tag]
    if (tag.tag !== 'import' && tag.tag !== 'include') continue
    const source = valueOf(tag, 'src')
    if (source) yield* reachableTags(project, withWxml(resolvePath(file, source)), seen)
  }
}

const valueOf = (tag, name) => tag.attributes.find((one) => one.name === name)?.value
const withWxml = (file) => (file.endsWith('.wxml') ? file : `${file}.wxml`)

function checkTag(project, component, file, { tag, line, attributes }) {
  const { problems } = project
  const generics = component.config.componentGenerics ?? {}
  const isCustom = Object.hasOwn(component.using, tag) || Object.hasOwn(generics, tag)
  const isBuiltin = Object.hasOwn(BUILTINS, tag)
  if (!isCustom && !isBuiltin && !SYNTAX_TAGS.includes(tag)) {
    problems.error(file, line, `unknown tag <${tag}> (in ${component.name})`)
  }
  if (isBuiltin && !isCustom) checkEvents(problems, file, tag, attributes)
}

function checkEvents(problems, file, tag, attributes) {
  const events = [...COMMON_EVENTS, ...(BUILTINS[tag].events ?? [])]
  for (const attribute of attributes) {
    const event = eventOf(attribute.name)
    if (event && !events.includes(event)) {
      problems.error(file, attribute.line, `<${tag}> has no event "${event}"`)
    }
  }
}

function namedHandlers(file, { attributes }) {
  return attributes
    .filter(({ name, value }) => eventOf(name) && value && value !== 'true' && !isDynamic(value))
    .map(({ value, line }) => ({ name: value, at: `${file}:${line}` }))
}

/** A first look, before anything runs: the name must be declared in some script within reach. */
function checkHandlers(project, component, needed, modules) {
  const source = reachableCode(component.name, modules)
  for (const { name, at } of needed) {
    const declared = new RegExp(`(?<![.\\w$])${escape(name)}\\s*(\\(|:|=|,|\\})`)
    if (declared.test(source)) continue
    const [file, line] = at.split(':')
    const message = `handler "${name}" does not exist in ${component.name}`
    project.problems.error(file, Number(line), message)
  }
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function reachableCode(name, modules, seen = new Set()) {
  if (!modules[name] || seen.has(name)) return ''
  seen.add(name)
  const { file, code } = modules[name]
  const imported = [...code.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)]
    .map((found) => findModule(file, found[1], modules))
    .filter(Boolean)
  return [code, ...imported.map((one) => reachableCode(one, modules, seen))].join('\n')
}

function checkFiles(project, file, { tag, line, attributes }) {
  for (const { name, value } of attributes) {
    if (!value || isDynamic(value)) continue
    const check = FILE_CHECKS[`${tag} ${name}`]
    const message = check?.(project, file, value, attributes)
    if (message) project.problems.error(file, line, message)
  }
  if (attributes.some((one) => one.name === 'wx:for') && tag !== 'template') {
    const key = attributes.find((one) => one.name === 'wx:key')
    if (!key) project.problems.warn(file, line, `<${tag} wx:for> has no wx:key`)
    else if (isDynamic(key.value)) {
      project.problems.error(file, line, `wx:key takes a name, not an expression: ${key.value}`)
    }
  }
}

const mustExist = (project, file, value, target) =>
  project.has(target) ? undefined : `"${value}" is not found`

const localPicture = (project, file, value) =>
  /^(https|data|wxfile):/.test(value)
    ? undefined
    : mustExist(project, file, value, resolvePath(file, value))

const templateSource = (project, file, value) =>
  mustExist(project, file, value, withWxml(resolvePath(file, value)))

const FILE_CHECKS = {
  'image src': localPicture,
  'cover-image src': localPicture,
  'import src': templateSource,
  'include src': templateSource,
  'wxs src': (project, file, value) => {
    if (value.startsWith('/')) return `WXS src must be relative: "${value}"`
    return mustExist(project, file, value, withoutSuffix(resolvePath(file, value)) + '.wxs')
  },
  'template is': (project, file, value) => {
    const names = [...reachableTags(project, file)]
      .filter(([, tag]) => tag.tag === 'template')
      .map(([, tag]) => valueOf(tag, 'name'))
    return names.includes(value) ? undefined : `template "${value}" is not defined or imported`
  },
  'navigator url': (project, file, value, attributes) => {
    const kind = attributes.find((one) => one.name === 'open-type')?.value ?? 'navigate'
    const api = { navigate: 'navigateTo', redirect: 'redirectTo' }[kind] ?? kind
    return value.startsWith('/') ? refuseTarget(project, api, value) : undefined
  },
}
