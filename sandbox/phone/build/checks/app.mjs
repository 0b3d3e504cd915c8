import fs from 'node:fs'
import path from 'node:path'

const ICON_LIMIT_BYTES = 40 * 1024
const TABS = { least: 2, most: 5 }
const UNSUPPORTED = ['plugins', 'workers', 'functionalPages', 'renderer']

/** Rules of app.json and project.config.json that WeChat enforces when it loads or uploads. */
export function checkApp(project) {
  checkTabBar(project)
  checkAppJson(project)
  checkTypeScript(project)
  const { problems } = project
  if (!project.scriptOf('app')) problems.error('app.ts', 0, 'file is missing (app.ts or app.js)')
}

function checkAppJson(project) {
  const { app, problems } = project
  for (const key of UNSUPPORTED) {
    if (app[key] !== undefined && app[key] !== 'webview') {
      problems.error('app.json', 0, `"${key}" is not provided by the phone host`)
    }
  }
  if (app.entryPagePath && !project.pages.includes(app.entryPagePath)) {
    problems.error('app.json', 0, `entryPagePath "${app.entryPagePath}" is not in "pages"`)
  }
  if (app.sitemapLocation && !project.has(app.sitemapLocation)) {
    problems.error('app.json', 0, `sitemapLocation "${app.sitemapLocation}" is not found`)
  }
}

function checkTypeScript({ files, config, problems }) {
  const usesTypeScript = files.some((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'))
  const plugins = config.setting?.useCompilerPlugins || []
  if (config.setting && usesTypeScript && !plugins.includes('typescript')) {
    const message = 'setting.useCompilerPlugins must hold "typescript" for .ts files'
    problems.error('../project.config.json', 0, message)
  }
}

function checkTabBar(project) {
  const { tabBar } = project.app
  if (!tabBar) return
  const complain = (message) => project.problems.error('app.json', 0, `tabBar: ${message}`)
  if (tabBar.custom) complain('custom is not provided by the phone host')
  const tabs = tabBar.list ?? []
  if (tabs.length < TABS.least || tabs.length > TABS.most) {
    complain(`list needs ${TABS.least} to ${TABS.most} tabs`)
  }
  for (const tab of tabs) checkTab(project, tab, complain)
}

function checkTab(project, tab, complain) {
  if (!project.pages.includes(tab.pagePath)) complain(`page "${tab.pagePath}" is not in "pages"`)
  else if (project.packageOf(tab.pagePath)) complain(`"${tab.pagePath}" is in a subpackage`)
  for (const icon of [tab.iconPath, tab.selectedIconPath]) {
    if (icon) checkIcon(project, icon, complain)
  }
}

function checkIcon(project, icon, complain) {
  const file = icon.replace(/^\//, '')
  if (!project.has(file)) return complain(`icon "${icon}" is not found`)
  if (!/\.(png|jpe?g)$/i.test(file)) complain(`icon "${icon}" must be PNG or JPEG`)
  const { size } = fs.statSync(path.join(project.root, file))
  if (size > ICON_LIMIT_BYTES) complain(`icon "${icon}" is over 40 KB`)
  return undefined
}
