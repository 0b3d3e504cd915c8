import { SourceMap } from 'node:module'
import esbuild from 'esbuild'
import { resolvePath, withoutSuffix } from './files.mjs'

const isScript = (file) => /\.(js|ts)$/.test(file) && !/\.d\.ts$|\.config\.js$/.test(file)

/**
 * Compiles each script by itself, as WeChat does: no bundling, CommonJS between files.
 * @returns {Promise<Record<string, {file, code, lines}>>} by path without suffix;
 *   `lines[n]` is the source line of line n + 1 of the code, for readable stack traces
 */
export async function compileScripts(project) {
  const modules = {}
  for (const file of project.files.filter(isScript)) {
    const compiled = await compileScript(project, file)
    if (compiled) modules[withoutSuffix(file)] = compiled
  }
  for (const module of Object.values(modules)) checkRequires(project, module, modules)
  return modules
}

async function compileScript(project, file) {
  try {
    const { code, map } = await esbuild.transform(project.read(file), {
      loader: file.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'es2020',
      sourcefile: file,
      sourcemap: 'external',
      logLevel: 'silent',
    })
    return { file, code, lines: sourceLines(code, map) }
  } catch (error) {
    for (const { text, location } of error.errors ?? [{ text: error.message }]) {
      project.problems.error(file, location?.line ?? 0, text)
    }
    return undefined
  }
}

function sourceLines(code, map) {
  const sources = new SourceMap(JSON.parse(map))
  return code.split('\n').map((text, line) => {
    const column = Math.max(0, text.search(/\S/))
    const entry = sources.findEntry(line, column)
    return entry.originalLine === undefined ? 0 : entry.originalLine + 1
  })
}

function checkRequires(project, { file, code, lines }, modules) {
  for (const found of code.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)) {
    const line = lines[code.slice(0, found.index).split('\n').length - 1]
    const target = findModule(file, found[1], modules)
    if (!target) {
      project.problems.error(file, line, `module "${found[1]}" is not found`)
      continue
    }
    const owner = project.packageOf(target)
    if (owner && owner !== project.packageOf(file)) {
      const message = `module "${found[1]}" lies in subpackage ${owner}, out of reach from here`
      project.problems.error(file, line, message)
    }
  }
}

/** The key of the module that `require(to)` in `from` means. */
export function findModule(from, to, modules) {
  const base = resolvePath(from, to).replace(/\.(js|ts)$/, '')
  return [base, `${base}/index`].find((key) => Object.hasOwn(modules, key))
}
