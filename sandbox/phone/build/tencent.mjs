import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { Problems } from './problems.mjs'
import { Project } from './project.mjs'

const require = createRequire(import.meta.url)
const PLATFORMS = { linux: 'linux', darwin: 'mac', win32: 'windows' }
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024

/**
 * Compiles every template and style sheet with wcc and wcsc, the compilers of WeChat DevTools as
 * packed by miniprogram-compiler: they refuse things glass-easel lets pass.
 * @returns {{files: number, messages: string[]}} messages: `file:line:column: what is wrong`
 */
export function compileWithTencent(root) {
  const project = new Project(root, new Problems())
  const tools = unpackTools()
  try {
    const messages = [...runWcc(project, tools), ...runWcsc(project, tools)]
    const files = project.files.filter((file) => /\.(wxml|wxs|wxss)$/.test(file)).length
    return { files, messages }
  } finally {
    fs.rmSync(tools.folder, { recursive: true, force: true })
  }
}

/** The package ships its programs without the right to run: copies get it. */
function unpackTools() {
  const platform = PLATFORMS[process.platform]
  if (!platform) throw new Error(`wcc and wcsc do not exist for ${process.platform}`)
  const packed = path.dirname(require.resolve('miniprogram-compiler/package.json'))
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wcc-'))
  const suffix = platform === 'windows' ? '.exe' : ''
  const tools = { folder }
  for (const name of ['wcc', 'wcsc']) {
    tools[name] = path.join(folder, name + suffix)
    fs.copyFileSync(path.join(packed, 'bin', platform, name + suffix), tools[name])
    fs.chmodSync(tools[name], 0o755)
  }
  return tools
}

function runWcc(project, tools) {
  const templates = project.files.filter((file) => file.endsWith('.wxml'))
  const scripts = project.files.filter((file) => file.endsWith('.wxs'))
  const components = [...project.components.values()].filter(
    ({ using }) => Object.keys(using).length,
  )
  const declared = components.flatMap(({ name, using }) => {
    const tags = Object.keys(using)
    return [`${name}.wxml`, tags.length, ...tags]
  })
  const used = [components.length, ...declared].join(' ')
  return run(project.root, tools.wcc, ['-d', '-cc', used, ...templates, ...scripts, '-gn', '$gwx'])
}

function runWcsc(project, tools) {
  const sheets = project.files.filter((file) => file.endsWith('.wxss'))
  const roots = sheets.filter((file) => project.components.has(file.slice(0, -'.wxss'.length)))
  const others = sheets.filter((file) => !roots.includes(file))
  return run(project.root, tools.wcsc, ['-db', '-pc', String(roots.length), ...roots, ...others])
}

function run(cwd, command, commandArguments) {
  const result = spawnSync(command, commandArguments, { cwd, maxBuffer: OUTPUT_LIMIT_BYTES })
  if (result.error) throw result.error
  if (result.status === 0) return []
  const said = result.stderr.toString() || result.stdout.toString()
  const messages = said
    .split('\n')
    .map((line) => line.replace(/^ERR: /, '').trim())
    .filter((line) => line && !/^error file count/.test(line))
  return messages.length ? messages : [`${path.basename(command)} ended with ${result.status}`]
}
