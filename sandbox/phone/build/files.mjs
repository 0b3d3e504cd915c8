import fs from 'node:fs'
import path from 'node:path'

const SKIPPED_FOLDERS = new Set(['node_modules'])

/** All files below `root`, as posix paths relative to it, in a stable order. */
export function listFiles(root, base = '') {
  const found = []
  for (const entry of fs.readdirSync(path.join(root, base), { withFileTypes: true })) {
    const relative = base ? `${base}/${entry.name}` : entry.name
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) found.push(...listFiles(root, relative))
    } else {
      found.push(relative)
    }
  }
  return found.sort()
}

/** A string that changes whenever a file is added, removed or saved. */
export function signature(root) {
  return listFiles(root)
    .map((file) => {
      const { mtimeMs, size } = fs.statSync(path.join(root, file))
      return `${file}:${mtimeMs}:${size}`
    })
    .join('|')
}

/** Resolves `to` as WXML, WXSS, JSON and JS do: `/x` from the root, anything else from `from`. */
export function resolvePath(from, to) {
  const joined = to.startsWith('/') ? to.slice(1) : path.posix.join(path.posix.dirname(from), to)
  return path.posix.normalize(joined)
}

export const withoutSuffix = (file) => file.replace(/\.[^./]+$/, '')

/** The line (1-based) on which the character at `index` stands. */
export function lineAt(text, index) {
  let line = 1
  for (let i = 0; i < index; i += 1) if (text[i] === '\n') line += 1
  return line
}
