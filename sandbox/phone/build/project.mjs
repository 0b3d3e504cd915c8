import fs from 'node:fs'
import path from 'node:path'
import { lineAt, listFiles, resolvePath } from './files.mjs'

/**
 * The mini-program as it lies on disk: files, app.json, pages, components.
 * Reading never throws for a fault in the mini-program; it is added to `problems`.
 */
export class Project {
  constructor(root, problems) {
    this.root = root
    this.problems = problems
    this.files = listFiles(root)
    this.fileSet = new Set(this.files)
    this.app = this.has('app.json') ? this.readJson('app.json') : this.#missingApp()
    this.config = this.#readProjectConfig()
    this.subpackages = this.#readSubpackages()
    this.pages = this.#readPages()
    this.components = new Map()
    for (const page of this.pages) this.#visitComponent(page, true)
    this.tabPages = (this.app.tabBar?.list ?? []).map((tab) => tab.pagePath)
  }

  has(file) {
    return this.fileSet.has(file)
  }

  read(file) {
    return fs.readFileSync(path.join(this.root, file), 'utf8')
  }

  readJson(file) {
    const text = this.read(file)
    try {
      return JSON.parse(text)
    } catch (error) {
      const position = /position (\d+)/.exec(error.message)
      const line = position ? lineAt(text, Number(position[1])) : 1
      this.problems.error(file, line, `bad JSON: ${error.message}`)
      return {}
    }
  }

  /** The script of a page or component: TypeScript first, as WeChat's compiler plugin has it. */
  scriptOf(name) {
    return ['.ts', '.js'].map((suffix) => name + suffix).find((file) => this.has(file))
  }

  /** '' for the main package, otherwise the root folder (with `/`) of the subpackage. */
  packageOf(file) {
    return this.subpackages.find((sub) => file.startsWith(sub.root))?.root ?? ''
  }

  #missingApp() {
    this.problems.error('app.json', 0, 'file is missing')
    return {}
  }

  #readProjectConfig() {
    const file = path.join(this.root, '..', 'project.config.json')
    if (!fs.existsSync(file)) {
      this.problems.warn('../project.config.json', 0, 'file is missing (WeChat DevTools needs it)')
      return {}
    }
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8'))
    } catch (error) {
      this.problems.error('../project.config.json', 1, `bad JSON: ${error.message}`)
      return {}
    }
  }

  #readSubpackages() {
    const listed = this.app.subPackages ?? this.app.subpackages ?? []
    return listed.map((sub) => ({ ...sub, root: sub.root.replace(/^\/|\/$/g, '') + '/' }))
  }

  #readPages() {
    const main = this.app.pages ?? []
    if (!main.length) this.problems.error('app.json', 0, '"pages" is empty')
    const inSubpackages = this.subpackages.flatMap((sub) => sub.pages.map((p) => sub.root + p))
    const pages = [...main, ...inSubpackages]
    for (const page of pages) {
      if (!this.has(page + '.wxml')) this.problems.error(page + '.wxml', 0, 'page file is missing')
      if (!this.scriptOf(page)) {
        this.problems.error(page + '.ts', 0, 'page script is missing (.ts or .js)')
      }
    }
    return pages
  }

  #visitComponent(name, isPage) {
    if (this.components.has(name)) return
    const config = this.has(name + '.json') ? this.readJson(name + '.json') : {}
    const component = { name, isPage, config, using: {} }
    this.components.set(name, component)
    this.#checkDeclared(component)
    this.#resolveUsed(component)
  }

  #checkDeclared({ name, isPage, config }) {
    if (isPage) return
    if (config.component !== true) {
      this.problems.error(name + '.json', 0, 'a component needs "component": true')
    }
    if (!this.scriptOf(name)) {
      this.problems.error(name + '.ts', 0, 'component script is missing (.ts or .js)')
    }
    if (!this.has(name + '.wxml')) {
      this.problems.error(name + '.wxml', 0, 'component template is missing')
    }
  }

  #resolveUsed(component) {
    const own = component.config.usingComponents ?? {}
    const shared = this.app.usingComponents ?? {}
    const declared = [
      ...Object.entries(shared).map(([tag, to]) => [tag, to, 'app']),
      ...Object.entries(own).map(([tag, to]) => [tag, to, component.name]),
    ]
    for (const [tag, to, from] of declared) {
      const target = this.#findComponent(from, to)
      if (!target) continue
      component.using[tag] = '/' + target
      this.#visitComponent(target, false)
    }
    for (const generic of Object.values(component.config.componentGenerics ?? {})) {
      const target = generic?.default && this.#findComponent(component.name, generic.default)
      if (!target) continue
      generic.default = '/' + target
      this.#visitComponent(target, false)
    }
  }

  #findComponent(from, to) {
    const direct = resolvePath(from, to)
    const found = [direct, `${direct}/index`].find((name) => this.has(name + '.json'))
    if (!found) {
      this.problems.error(`${from}.json`, 0, `component "${to}" is not found (${direct}.json)`)
      return undefined
    }
    const owner = this.packageOf(found)
    if (owner && owner !== this.packageOf(from)) {
      this.problems.error(
        `${from}.json`,
        0,
        `component "${to}" lies in subpackage ${owner} and cannot be used from outside it`,
      )
    }
    return found
  }
}
