import fs from 'node:fs'
import path from 'node:path'

const PACKAGE_LIMIT = 2 * 1024 * 1024
const TOTAL_LIMIT = 20 * 1024 * 1024

/**
 * Bytes of each package as uploaded: scripts count compiled, type declarations not at all.
 * @returns {Record<string, number>} 'main', then each subpackage by its root
 */
export function measurePackages(project, modules) {
  const compiled = Object.fromEntries(
    Object.values(modules).map(({ file, code }) => [file, Buffer.byteLength(code)]),
  )
  const sizes = { main: 0 }
  for (const { root } of project.subpackages) sizes[root] = 0
  for (const file of project.files) {
    if (file.endsWith('.d.ts')) continue
    const bytes = compiled[file] ?? fs.statSync(path.join(project.root, file)).size
    sizes[project.packageOf(file) || 'main'] += bytes
  }
  refuseOversize(sizes, project.problems)
  return sizes
}

function refuseOversize(sizes, problems) {
  const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(2) + ' MB'
  for (const [name, bytes] of Object.entries(sizes)) {
    if (bytes > PACKAGE_LIMIT) {
      problems.error('app.json', 0, `package ${name} has ${megabytes(bytes)}, 2 MB are allowed`)
    }
  }
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)
  if (total > TOTAL_LIMIT) {
    problems.error('app.json', 0, `all packages have ${megabytes(total)}, 20 MB are allowed`)
  }
}
