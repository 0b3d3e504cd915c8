import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRequire } from 'node:module'
import esbuild from 'esbuild'
import { BUILTINS, builtinTemplates } from '../runtime/builtins/index.mjs'
import { checkApp } from './checks/app.mjs'
import { checkScripts } from './checks/scripts.mjs'
import { checkTemplates } from './checks/templates.mjs'
import { formatProblem, Problems } from './problems.mjs'
import { Project } from './project.mjs'
import { compileScripts } from './scripts.mjs'
import { measurePackages } from './sizes.mjs'
import { compileTemplates } from './wxml.mjs'
import { compileStyles } from './wxss.mjs'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

/**
 * Compiles an unmodified native mini-program into one expression, the argument of the runtime's start().
 * @param {string} root folder that holds app.json
 * @param {{codePage?: string}} options codePage: page that table codes open, for the host's own form
 * @returns {Promise<{expression: string, problems: Problems, sizes: Record<string, number>,
 *   appId: string}>}
 */
export async function buildProgram(root, { codePage } = {}) {
  const problems = new Problems()
  const project = new Project(root, problems)
  const modules = await compileScripts(project)
  const templates = await compileTemplates(project, builtinTemplates())
  const { styles, scopes } = await compileStyles(project, new Set(Object.keys(BUILTINS)))
  checkApp(project)
  checkScripts(project, modules)
  const handlers = checkTemplates(project, modules)
  const sizes = measurePackages(project, modules)
  const expression = toExpression({
    app: project.app,
    codePage: project.pages.includes(codePage) ? codePage : undefined,
    pages: project.pages,
    components: componentConfigs(project),
    scopes,
    styles,
    handlers,
    modules,
    problems: problems.errors.map(formatProblem),
    templates: problems.errors.length ? '{}' : templates,
  })
  return { expression, problems, sizes, appId: project.config.appid ?? '' }
}

function componentConfigs(project) {
  const entries = [...project.components.values()].map(({ name, config, using }) => [
    name,
    { ...config, usingComponents: using },
  ])
  return Object.fromEntries(entries)
}

/** An expression: templates are code, everything else is data. */
function toExpression({ templates, ...data }) {
  return `{ ...${JSON.stringify(data)}, templates: ${templates} }`
}

let runtime

/** The runtime as one script; bundled once in the life of the process. */
export function buildRuntime() {
  runtime ??= bundleRuntime()
  return runtime
}

async function bundleRuntime() {
  const result = await esbuild.build({
    entryPoints: [path.join(HERE, '../runtime/index.mjs')],
    bundle: true,
    format: 'iife',
    globalName: 'MpHost',
    write: false,
    target: 'es2022',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"development"' },
    alias: {
      'glass-easel': require.resolve('glass-easel/dist/glass_easel.dev.all.es.js'),
      'glass-easel-miniprogram-adapter':
        require.resolve('glass-easel-miniprogram-adapter/dist/glass_easel_miniprogram_adapter.es.js'),
    },
  })
  return result.outputFiles[0].text
}
