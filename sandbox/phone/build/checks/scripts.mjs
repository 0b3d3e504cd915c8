import { apiNames } from '../../runtime/wx/index.mjs'
import { parseUrl } from '../../runtime/router.mjs'

/** Finds what a script asks of wx that cannot work: unknown APIs, pages that do not exist. */
export function checkScripts(project, modules) {
  const known = apiNames()
  for (const module of Object.values(modules)) {
    const code = withoutComments(module.code)
    const complain = (index, message) => {
      const line = module.lines[code.slice(0, index).split('\n').length - 1]
      project.problems.error(module.file, line, message)
    }
    for (const found of code.matchAll(/(?<![\w.$])wx\.(\w+)/g)) {
      if (!known.has(found[1])) {
        complain(found.index, `wx.${found[1]} is not provided by the phone host`)
      }
    }
    for (const found of code.matchAll(NAVIGATION)) {
      const message = refuseTarget(project, found[1], found[2])
      if (message) complain(found.index, message)
    }
  }
}

const NAVIGATION =
  /(?<![\w.$])wx\.(navigateTo|redirectTo|switchTab|reLaunch)\(\{\s*url:\s*["'`](\/[^"'`$]*)/g

/** What is wrong with going to `url`, as far as its literal beginning tells. */
export function refuseTarget(project, api, url) {
  const { route } = parseUrl(url)
  if (!project.pages.includes(route)) return `${api}: page "${route}" is not in app.json`
  const isTab = project.tabPages.includes(route)
  if (isTab && /^(navigateTo|redirectTo)$/.test(api)) return `${api}: "${route}" is a tab page`
  if (!isTab && api === 'switchTab') return `switchTab: "${route}" is not a tab page`
  return undefined
}

/** Blanks comments but keeps every character's place; strings stay. */
function withoutComments(code) {
  const pattern =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
  return code.replace(pattern, (all, string) => string ?? all.replace(/[^\n]/g, ' '))
}
