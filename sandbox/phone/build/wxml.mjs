import { createRequire } from 'node:module'
import esbuild from 'esbuild'
import { resolvePath, withoutSuffix } from './files.mjs'
import { readTags } from './markup.mjs'

const require = createRequire(import.meta.url)
const { TmplGroup } = require('glass-easel-template-compiler')

/**
 * WXS is not JavaScript: `x.constructor` is a string ('Array'), and getRegExp and getDate stand in
 * for the literals it lacks.
 */
const WXS_PRELUDE = `
var getRegExp = function (pattern, flags) { return new RegExp(pattern, flags) };
var getDate = function () { return arguments.length ? new Date(...arguments) : new Date() };
if (!('__wxsConstructor' in Object.prototype))
  Object.defineProperty(Object.prototype, '__wxsConstructor', {
    get: function () { return Object.prototype.toString.call(this).slice(8, -1) } });
`
const asWxs = (source) => source.replace(/\.constructor\b/g, '.__wxsConstructor')

/** Compiles all WXML and WXS; returns JavaScript whose value maps a path to its template. */
export async function compileTemplates(project, builtinTemplates) {
  const group = TmplGroup.newDev()
  group.setExtraRuntimeScript(WXS_PRELUDE)
  for (const file of project.files) {
    if (file.endsWith('.wxml')) await addTemplate(group, project, file)
    if (file.endsWith('.wxs')) await addScript(group, project, file)
  }
  for (const [path, template] of Object.entries(builtinTemplates)) group.addTmpl(path, template)
  const code = group.getTmplGenObjectGroups()
  group.free()
  return code
}

async function addTemplate(group, project, file) {
  const source = project.read(file)
  for (const { tag, line, content } of readTags(source)) {
    if (tag === 'wxs' && content.trim()) await checkWxs(project.problems, file, content, line - 1)
  }
  const safe = source.replace(/(<wxs[^>]*>)([\s\S]*?)(<\/wxs>)/g, (_, a, body, b) => {
    return a + asWxs(body) + b
  })
  for (const found of group.addTmpl(withoutSuffix(file), safe)) {
    const level = found.level === 'Note' ? 'warning' : 'error'
    project.problems.add(level, file, found.startLine + 1, found.message)
  }
}

async function addScript(group, project, file) {
  const source = project.read(file)
  if (!(await checkWxs(project.problems, file, source, 0))) return
  group.addScript(withoutSuffix(file), asWxs(source)) // <wxs src> drops the suffix,
  group.addScript(file, asWxs(source)) // require() inside WXS keeps it
  for (const [, to] of source.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    if (!project.has(resolvePath(file, to))) {
      project.problems.error(file, 0, `required "${to}" is not found`)
    }
  }
}

/** WXS knows only ES5; a syntax error would otherwise break every template at once. */
async function checkWxs(problems, file, source, lineOffset) {
  try {
    await esbuild.transform(source, { target: 'es5', logLevel: 'silent', sourcefile: file })
    return true
  } catch (error) {
    for (const { text, location } of error.errors) {
      problems.error(file, (location?.line ?? 1) + lineOffset, `WXS: ${text}`)
    }
    return false
  }
}
