import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, afterEach, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { servePhone } from '../../server/app.mjs'
import { startApi } from './api.mjs'
import { openBrowser } from './browser.mjs'

export const FIXTURE = fileURLToPath(new URL('../fixture', import.meta.url))
export const DOMAIN = 'https://api.fixture.example'

/**
 * Starts the fixture in a browser before the tests of a file and ends it after them; pages opened
 * by a test are closed behind it.
 * @param {object | (() => Promise<object>)} options of servePhone, and `browser` of openBrowser
 */
export function usePhone(options = {}) {
  const host = {}
  before(async () => {
    Object.assign(host, await startPhone(typeof options === 'function' ? await options() : options))
  })
  afterEach(() => host.closePages())
  after(() => host.close())
  return host
}

export async function startPhone(options = {}) {
  const api = await startApi()
  const phone = await servePhone({
    root: path.join(FIXTURE, 'src'),
    rewrite: [{ from: DOMAIN, to: api.url }],
    ...options,
  })
  const browser = await openBrowser(options.browser)
  const pages = []
  return {
    api,
    phone,
    browser,
    async open(search = '') {
      const opened = await openPhone(browser, phone.url, search)
      pages.push(opened.page)
      return opened
    },
    closePages: () => Promise.all(pages.splice(0).map((page) => page.close())),
    async close() {
      await browser.dispose()
      await phone.close()
      api.close()
    },
  }
}

/** A page that holds the running phone, with short ways to what tests look at. */
async function openPhone(browser, url, search) {
  const page = await browser.newPage()
  await page.goto(`${url}/?bare=1&${search}`)
  await page.waitForFunction(() => window.__host?.started)
  const find = (selector) => page.locator(`.mp-page:not([hidden]) ${selector}`)
  return {
    page,
    find,
    tap: (selector) => find(selector).first().tap(),
    text: (selector) => find(selector).first().innerText(),
    title: () => page.locator('#mp-title').innerText(),
    errors: () => page.evaluate(() => window.__host.errors),
    calls: (api) =>
      page.evaluate((name) => window.__host.calls.filter((call) => call.api === name), api),
    /** Waits until an element shows exactly this text. */
    async shows(selector, text) {
      await page
        .waitForFunction(
          ([where, wanted]) =>
            document
              .querySelector(`.mp-page:not([hidden]) ${where}`)
              ?.innerText.replace(/\s+/g, ' ')
              .trim() === wanted,
          [selector, text],
        )
        .catch(async (error) => {
          const shown = await find(selector)
            .first()
            .innerText()
            .catch(() => '(nothing)')
          throw new Error(`${selector} shows "${shown}", not "${text}"`, { cause: error })
        })
    },
  }
}

/** A copy of the fixture to break: edit(file, from, to), add(file, content), remove(file). */
export function copyFixture() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fixture-'))
  fs.cpSync(FIXTURE, folder, { recursive: true })
  const at = (file) => path.join(folder, 'src', file)
  return {
    root: path.join(folder, 'src'),
    edit(file, from, to) {
      const before = fs.readFileSync(at(file), 'utf8')
      if (!before.includes(from)) throw new Error(`${file} does not hold ${from}`)
      fs.writeFileSync(at(file), before.replace(from, to))
    },
    add(file, content) {
      fs.mkdirSync(path.dirname(at(file)), { recursive: true })
      fs.writeFileSync(at(file), content)
    },
    remove: (file) => fs.rmSync(at(file)),
    dispose: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}
