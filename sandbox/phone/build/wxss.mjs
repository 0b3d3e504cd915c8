import path from 'node:path'
import postcss from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { lineAt, resolvePath } from './files.mjs'

/** rpx: 750 make the width of the screen. vh: of the page, which ends at the two bars. */
export function convertUnits(value) {
  return value
    .replace(/(-?[\d.]+)rpx\b/g, 'calc($1 * var(--rpx))')
    .replace(/(-?[\d.]+)vh\b/g, 'calc($1 * var(--mp-vh))')
    .replace(/env\(\s*safe-area-inset-(\w+)\s*(?:,[^)]*)?\)/g, 'var(--mp-safe-$1)')
    .replace(/constant\(\s*safe-area-inset-(\w+)\s*\)/g, 'var(--mp-safe-$1)')
}

/** Whether the component's class names are its own (WeChat's default for components). */
function isIsolated({ config, isPage }) {
  if (config.styleIsolation) return !/^(page-)?shared$/.test(config.styleIsolation)
  return !isPage && config.component === true
}

/**
 * Compiles the style sheets of the app and of every page and component.
 * @returns {{styles: Record<string, string>, scopes: Record<string, string>}}
 *   scopes: the class prefix of each isolated component
 */
export async function compileStyles(project, builtinTags) {
  const styles = { app: '' }
  const scopes = {}
  if (project.has('app.wxss')) styles.app = await compileSheet(project, 'app', {}, builtinTags)
  for (const component of project.components.values()) {
    const { name, isPage } = component
    if (isIsolated(component)) scopes[name] = 'c' + Object.keys(scopes).length.toString(36)
    if (!project.has(name + '.wxss')) continue
    const options = { scope: scopes[name], page: isPage ? name : undefined }
    styles[name] = await compileSheet(project, name, options, builtinTags)
  }
  return { styles, scopes }
}

async function compileSheet(project, name, options, builtinTags) {
  const file = name + '.wxss'
  const css = inlineImports(project, file, [])
  try {
    const plugin = wxssPlugin(project, file, options, builtinTags)
    const result = await postcss([plugin]).process(css, { from: path.join(project.root, file) })
    return result.css
  } catch (error) {
    project.problems.error(file, error.line ?? 0, error.reason ?? error.message)
    return ''
  }
}

function inlineImports(project, file, seen) {
  if (seen.includes(file)) return ''
  const source = project.read(file)
  return source.replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;/g, (_, to, index) => {
    const target = resolvePath(file, to)
    if (project.has(target)) return inlineImports(project, target, [...seen, file])
    project.problems.error(file, lineAt(source, index), `@import "${to}" is not found`)
    return ''
  })
}

function wxssPlugin(project, file, options, builtinTags) {
  const done = new WeakSet()
  const at = (node) => node.source?.start?.line ?? 0
  return {
    postcssPlugin: 'wxss',
    Rule(rule) {
      if (done.has(rule) || /keyframes$/.test(rule.parent?.name ?? '')) return
      done.add(rule)
      const complain = (message) => project.problems.error(file, at(rule), message)
      rule.selector = convertSelector(rule.selector, options, builtinTags, complain)
    },
    Declaration(declaration) {
      if (/url\(\s*(?!['"]?(data:|https:))/.test(declaration.value)) {
        project.problems.error(
          file,
          at(declaration),
          `WeChat loads no local file from WXSS: ${declaration.value}`,
        )
      }
      const value = convertUnits(declaration.value)
      if (value !== declaration.value) declaration.value = value
    },
    AtRule(rule) {
      if (/rpx/.test(rule.params)) {
        rule.params = rule.params.replace(/([\d.]+)rpx/g, (_, n) => n / 2 + 'px')
      }
    },
  }
}

function convertSelector(selector, { scope, page }, builtinTags, complain) {
  return selectorParser((root) => {
    if (scope) refuseLeakingSelectors(root, complain)
    root.walkTags((tag) => {
      if (tag.value === 'page' || builtinTags.has(tag.value)) tag.value = 'wx-' + tag.value
    })
    root.walkPseudos((pseudo) => {
      if (pseudo.value !== ':host') return
      const attribute = { attribute: 'wx-host', operator: '=', value: scope, quoteMark: '"' }
      pseudo.replaceWith(selectorParser.attribute({ ...attribute, raws: {} }))
    })
    if (scope) root.walkClasses((name) => void (name.value = `${scope}--${name.value}`))
    if (page) root.each((one) => limitToPage(one, page))
  }).processSync(selector)
}

/** WeChat refuses tag, id and attribute selectors in a component's own sheet. */
function refuseLeakingSelectors(root, complain) {
  root.walk((node) => {
    const isKeyframe = node.type === 'tag' && /^(from|to|\d+%)$/.test(node.value)
    if (['tag', 'id', 'attribute'].includes(node.type) && !isKeyframe) {
      complain(`a component's WXSS may use class selectors only: ${String(root).trim()}`)
    }
  })
}

/** :where() keeps the selector's weight, so that a page's sheet wins or loses as on the phone. */
function limitToPage(one, page) {
  const here = `[data-page="${page}"]`
  if (one.first?.type === 'tag' && one.first.value === 'wx-page') {
    one.first.replaceWith(selectorParser.tag({ value: `wx-page:where(${here})` }))
  } else {
    one.prepend(selectorParser.tag({ value: `:where(${here}) ` }))
  }
}
