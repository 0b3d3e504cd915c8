import * as ge from 'glass-easel'
import { $, h } from './dom.mjs'
import { dragToScroll } from './drag.mjs'
import { Host } from './host.mjs'
import { readParams } from './params.mjs'

/**
 * Starts a compiled mini-program in this page.
 * @param {object} program what build/index.mjs made
 * @param {{appId: string}} settings of this run of the server
 */
export function start(program, settings) {
  const params = readParams(location.search, program)
  document.documentElement.lang = params.lang.replace('_', '-')
  document.documentElement.toggleAttribute('data-framed', params.framed)
  addStyles(program.styles)
  const host = new Host(program, { ...params, ...settings })
  window.__host = host
  for (const problem of program.problems) host.journal.error('build', problem)
  if (program.problems.length) return showProblems(host)
  listenForErrors(host)
  if (params.framed) dragToScroll($('#mp-stage'))
  launch(host)
  return host
}

function addStyles(styles) {
  for (const [path, css] of Object.entries(styles)) {
    document.head.append(h('style', { 'data-for': path }, css))
  }
}

function listenForErrors(host) {
  ge.globalOptions.throwGlobalError = false
  ge.addGlobalErrorListener((error, method, component) => {
    host.journal.error(`${pathOf(component)} ${method ?? ''}`.trim(), error)
    host.lifecycle.notify('onError', String(error?.stack ?? error))
    return false
  })
  ge.addGlobalWarningListener((message, component) => {
    const path = pathOf(component)
    const where = path && `${path}.wxml`
    if (/is not a valid property/.test(message)) host.journal.error(where, message)
    else host.journal.warn(where ? `${where}: ${message}` : message)
    return false
  })
  window.addEventListener('unhandledrejection', (event) => {
    host.journal.error('unhandled rejection', event.reason)
    host.lifecycle.notify('onUnhandledRejection', { reason: event.reason })
  })
  window.addEventListener('error', (event) => {
    if (event.error) host.journal.error('uncaught', event.error)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) host.lifecycle.background()
    else host.lifecycle.foreground()
  })
  window.addEventListener('resize', () => host.chrome.draw())
}

const pathOf = (component) => (typeof component === 'string' ? component : (component?.is ?? ''))

function launch(host) {
  const { program, modules, params, journal } = host
  const lazy = program.app.lazyCodeLoading === 'requiredComponents'
  const defineAll = () => program.pages.forEach((page) => host.define(page))
  try {
    modules.load('app')
  } catch (error) {
    journal.error('app', error)
  }
  if (!host.app) journal.error(program.modules.app.file, 'App() is not called')
  if (!lazy) defineAll()
  host.lifecycle.launch()
  openFirst(host, params)
  // Pages not yet visited are defined too, so that their faults show in every run.
  setTimeout(() => {
    if (lazy) defineAll()
    host.started = true
    journal.listeners.forEach((listener) => listener())
  })
}

function openFirst(host, { path, query }) {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  const url = `/${path}${search.length ? '?' + search.join('&') : ''}`
  try {
    host.router.reLaunch({ url })
  } catch (error) {
    if (error instanceof Error) return host.journal.error(`${path}.wxml`, error)
    const notFound = { path, query, isEntryPage: true }
    if (host.lifecycle.notify('onPageNotFound', notFound)) return
    if (host.app?.onPageNotFound) host.app.onPageNotFound(notFound)
    else host.router.reLaunch({ url: '/' + host.program.pages[0] })
  }
}

function showProblems(host) {
  const { problems } = host.program
  host.started = true
  const list = problems.map((problem) => h('li', {}, problem))
  const title = h('h1', {}, '小程序未通过检查 · The mini-program has problems')
  document.body.replaceChildren(h('main', { class: 'mp-problems' }, title, h('ul', {}, ...list)))
  return host
}
