import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { buildProgram } from '../build/index.mjs'
import { formatProblem } from '../build/problems.mjs'
import { compileWithTencent } from '../build/tencent.mjs'
import { servePhone } from '../server/app.mjs'
import { startApi } from './support/api.mjs'
import { openBrowser } from './support/browser.mjs'
import { copyFixture, DOMAIN } from './support/fixture.mjs'

/**
 * One line of the fixture broken at a time. Each must be found, by the build or in the running
 * phone, with a message that matches `says`; `says` always names the file.
 */
const BUILD_FAULTS = [
  {
    fault: 'misspelt handler in a page',
    edit: ['pages/home/home.wxml', 'bindtap="toast"', 'bindtap="tost"'],
    says: /pages\/home\/home\.wxml:33: error: handler "tost" does not exist in pages\/home\/home/,
  },
  {
    fault: 'misspelt handler in a component',
    edit: ['components/counter/counter.wxml', 'catchtap="add"', 'catchtap="ad"'],
    says: /components\/counter\/counter\.wxml:2: error: handler "ad" does not exist/,
  },
  {
    fault: 'handler missing for an imported template',
    edit: ['templates/line.wxml', 'bindtap="pickLine"', 'bindtap="chooseLine"'],
    says: /templates\/line\.wxml:2: error: handler "chooseLine" does not exist in pages\/home/,
  },
  {
    fault: 'misspelt event',
    edit: ['pages/list/list.wxml', 'bindscrolltolower', 'bindscrolltolow'],
    says: /pages\/list\/list\.wxml:2: error: <scroll-view> has no event "scrolltolow"/,
  },
  {
    fault: 'unknown tag',
    edit: ['pages/form/form.wxml', '<text class="picture">', '<txt class="picture">'],
    says: /pages\/form\/form\.wxml:5: error: unknown tag <txt>/,
  },
  {
    fault: 'tag that is never closed',
    edit: ['pages/home/home.wxml', '<view class="hello">{{hello}}</view>', '<view>{{hello}}'],
    says: /pages\/home\/home\.wxml:10: error: missing end tag/,
  },
  {
    fault: 'broken expression',
    edit: ['pages/home/home.wxml', '{{picked}}', '{{picked +}}'],
    says: /pages\/home\/home\.wxml:17: error: unexpected/,
  },
  {
    fault: 'missing component',
    edit: ['pages/home/home.json', 'card/card', 'card/crad'],
    says: /pages\/home\/home\.json: error: component ".*crad" is not found/,
  },
  {
    fault: 'file that is not declared a component',
    edit: ['components/card/card.json', '"component": true', '"component": false'],
    says: /components\/card\/card\.json: error: a component needs/,
  },
  {
    fault: 'bad JSON',
    edit: ['pages/list/list.json', '"列表" }', '"列表", }'],
    says: /pages\/list\/list\.json:1: error: bad JSON/,
  },
  {
    fault: 'missing page',
    edit: ['app.json', '"pages/form/form"', '"pages/form/from"'],
    says: /pages\/form\/from\.wxml: error: page file is missing/,
  },
  {
    fault: 'link to a page that is not there',
    edit: ['pages/home/home.ts', '/pkg/pages/far/far?', '/pkg/pages/fra/far?'],
    says: /pages\/home\/home\.ts:\d+: error: navigateTo: page "pkg\/pages\/fra\/far" is not in app\.json/,
  },
  {
    fault: 'navigateTo a tab page',
    edit: ['pkg/pages/far/far.ts', "'/pkg/pages/far/far?dish=x'", "'/pages/list/list'"],
    says: /far\.ts:14: error: navigateTo: "pages\/list\/list" is a tab page/,
  },
  {
    fault: 'unknown wx API',
    edit: ['pages/home/home.ts', 'wx.showToast', 'wx.showTost'],
    says: /pages\/home\/home\.ts:79: error: wx\.showTost is not provided/,
  },
  {
    fault: 'script that does not parse',
    edit: ['app.ts', 'onLaunch(options) {', 'onLaunch(options {'],
    says: /app\.ts:9: error: Expected/,
  },
  {
    fault: 'module that is not there',
    edit: ['pages/home/home.ts', "'../../utils/words'", "'../../utils/word'"],
    says: /pages\/home\/home\.ts:2: error: module ".*word" is not found/,
  },
  {
    fault: 'bad WXS in a file',
    edit: ['utils/money.wxs', 'function yuan(fen) {', 'const yuan = (fen) => {'],
    says: /utils\/money\.wxs:3: error: WXS: .*const/,
  },
  {
    fault: 'bad inline WXS',
    edit: ['pages/home/home.wxml', 'var total = 0', 'var total = = 0'],
    says: /pages\/home\/home\.wxml:5: error: WXS: Unexpected/,
  },
  {
    fault: 'absolute WXS src',
    edit: ['components/card/card.wxml', '../../utils/money.wxs', '/utils/money.wxs'],
    says: /components\/card\/card\.wxml:1: error: WXS src must be relative/,
  },
  {
    fault: 'template that is not imported',
    edit: ['pages/home/home.wxml', 'is="line"', 'is="lines"'],
    says: /pages\/home\/home\.wxml:16: error: template "lines" is not defined/,
  },
  {
    fault: 'missing picture',
    edit: ['pages/home/home.wxml', '../../images/tab.png', '../../images/tap.png'],
    says: /pages\/home\/home\.wxml:28: error: ".*tap\.png" is not found/,
  },
  {
    fault: 'style sheet that does not parse',
    edit: ['app.wxss', '.red { color: rgb(200, 0, 0); }', '.red { color: rgb(200, 0, 0);'],
    says: /app\.wxss:\d: error: Unclosed block/,
  },
  {
    fault: 'unscoped selector in a component',
    edit: ['components/card/card.wxss', '.title {', 'text {'],
    says: /components\/card\/card\.wxss:4: error: a component's WXSS may use class selectors only/,
  },
  {
    fault: 'local file in WXSS',
    edit: ['app.wxss', '#fafafa', 'url(/images/tab.png)'],
    says: /app\.wxss:1: error: WeChat loads no local file from WXSS/,
  },
  {
    fault: 'tab icon that is not there',
    edit: ['app.json', 'images/tab.png', 'images/tabs.png'],
    says: /app\.json: error: tabBar: icon "images\/tabs\.png" is not found/,
  },
  {
    fault: 'package over 2 MB',
    add: ['images/huge.png', Buffer.alloc(2 * 1024 * 1024)],
    says: /app\.json: error: package main has 2\.01 MB, 2 MB are allowed/,
  },
  {
    fault: 'module of a subpackage used from the main package',
    edit: ['pages/home/home.ts', "'../../utils/words'", "'../../pkg/pages/far/far'"],
    says: /pages\/home\/home\.ts:2: error: module .* lies in subpackage pkg\//,
  },
]

const RUN_FAULTS = [
  {
    fault: 'error thrown in a lifecycle',
    edit: ['pages/home/home.ts', "this.note('show')", 'this.nothing.there()'],
    says: /^pages\/home\/home\.ts:\d+: pages\/home\/home onShow: TypeError/,
  },
  {
    fault: 'error thrown in App',
    edit: ['app.ts', 'this.globalData.launch = options', 'throw new Error("no")'],
    says: /^app\.ts:10: App onLaunch: Error: no/,
  },
  {
    fault: 'error thrown in a handler',
    edit: ['pages/home/home.ts', "wx.showToast({ title: '已加入' })", 'null.x'],
    tap: '.toast',
    says: /^pages\/home\/home\.ts:79: .*TypeError/,
  },
  {
    fault: 'unhandled rejection',
    edit: ['pages/home/home.ts', "this.note('ready')", 'Promise.reject(new Error("lost"))'],
    says: /^pages\/home\/home\.ts:\d+: unhandled rejection: Error: lost/,
  },
  {
    fault: 'failed call that nobody catches',
    edit: ['pages/home/home.ts', "this.note('ready')", "wx.getStorage({ key: 'none' })"],
    says: /^pages\/home\/home\.ts:\d+: unhandled rejection: getStorage:fail data not found/,
  },
  {
    fault: 'setData over 256 KB',
    edit: ['pages/home/home.ts', "this.note('ready')", "this.note('x'.repeat(300000))"],
    says: /^pages\/home\/home\.ts:\d+: pages\/home\/home: setData: 3000\d\d bytes at once/,
  },
  {
    fault: 'setData with undefined',
    edit: ['pages/home/home.ts', "this.note('ready')", 'this.setData({ user: undefined })'],
    says: /^pages\/home\/home\.ts:\d+: pages\/home\/home: setData: "user" is undefined/,
  },
  {
    fault: 'misspelt property of a component',
    edit: ['pages/home/home.wxml', '<card title=', '<card titel='],
    says: /^pages\/home\/home\.wxml: .*titel/,
  },
  {
    fault: 'misspelt attribute of a built-in',
    edit: ['pages/list/list.wxml', 'scroll-into-view', 'scroll-in-view'],
    search: 'path=pages/list/list',
    says: /^pages\/list\/list\.wxml: .*scrollInView/,
  },
  {
    fault: 'handler that only the check at definition can know',
    edit: ['components/counter/counter.ts', 'add() {', 'plus() {\n      const add = 1'],
    says: /components\/counter\/counter\.wxml:2: handler "add" does not exist/,
  },
  {
    fault: 'page script without Page()',
    edit: ['pages/form/form.ts', 'Page({', 'void ({'],
    says: /pages\/form\/form\.ts: neither Page\(\) nor Component\(\) is called/,
  },
  {
    fault: 'wx API reached by a computed name',
    edit: ['pages/home/home.ts', "this.note('ready')", "(wx as any)['show' + 'Tost']"],
    says: /^pages\/home\/home\.ts:\d+: wx\.showTost is not provided/,
  },
  {
    fault: 'browser global in a script',
    edit: ['pages/home/home.ts', "this.note('ready')", '(document as any).title'],
    says: /^pages\/home\/home\.ts:\d+: .*TypeError/,
  },
  {
    fault: 'wrong parameter of a wx API',
    edit: ['pages/home/home.ts', "{ title: '已加入' }", '{ title: 1 as never }'],
    tap: '.toast',
    says: /^pages\/home\/home\.ts:79: showToast:fail parameter error: parameter\.title/,
  },
  {
    fault: 'error inside WXS',
    edit: ['utils/money.wxs', 'return value.constructor', 'return value.missing.constructor'],
    says: /pages\/home\/home/,
  },
]

/** Faults that glass-easel lets pass and WeChat's own compilers do not. */
const COMPILER_FAULTS = [
  {
    fault: 'object literal inside an expression',
    edit: ['pages/home/home.wxml', '{{answer}}', '{{answer || {}}}'],
    says: /pages\/home\/home\.wxml:14:/,
  },
  {
    fault: 'optional chaining in a template',
    edit: ['pages/home/home.wxml', '{{answer}}', '{{answer?.length}}'],
    says: /pages\/home\/home\.wxml:14:/,
  },
  {
    fault: 'absolute WXS src',
    edit: ['components/card/card.wxml', '../../utils/money.wxs', '/utils/money.wxs'],
    says: /\/utils\/money\.wxs not found from .*components\/card\/card\.wxml/,
  },
  {
    fault: 'style sheet with an unclosed block',
    edit: ['app.wxss', '.red { color: rgb(200, 0, 0); }', '.red { color: rgb(200, 0, 0);'],
    says: /app\.wxss/,
  },
]

function breakFixture({ edit, add }) {
  const copy = copyFixture()
  if (edit) copy.edit(...edit)
  if (add) copy.add(...add)
  return copy
}

test('the fixture itself is without a fault', async () => {
  const copy = copyFixture()
  const { problems } = await buildProgram(copy.root)
  assert.deepEqual(problems.list, [])
  assert.deepEqual(compileWithTencent(copy.root).messages, [])
  copy.dispose()
})

for (const seeded of BUILD_FAULTS) {
  test(`build: ${seeded.fault}`, async () => {
    const copy = breakFixture(seeded)
    const { problems } = await buildProgram(copy.root)
    const found = problems.errors.map(formatProblem)
    copy.dispose()
    assert.ok(
      found.some((line) => seeded.says.test(line)),
      `not found: ${seeded.says}\n${found.join('\n') || '(no error at all)'}`,
    )
  })
}

for (const seeded of COMPILER_FAULTS) {
  test(`wcc and wcsc: ${seeded.fault}`, () => {
    const copy = breakFixture(seeded)
    const { messages } = compileWithTencent(copy.root)
    copy.dispose()
    assert.match(messages.join('\n'), seeded.says)
  })
}

let api
let browser
before(async () => {
  api = await startApi()
  browser = await openBrowser()
})
after(async () => {
  await browser.dispose()
  api.close()
})

for (const seeded of RUN_FAULTS) {
  test(`run: ${seeded.fault}`, async (t) => {
    const copy = breakFixture(seeded)
    t.after(copy.dispose)
    const phone = await servePhone({ root: copy.root, rewrite: [{ from: DOMAIN, to: api.url }] })
    t.after(() => phone.close())
    const page = await browser.newPage()
    t.after(() => page.close())
    await page.goto(`${phone.url}/?bare=1&${seeded.search ?? ''}`)
    await page.waitForFunction(() => window.__host?.started)
    if (seeded.tap) await page.locator(seeded.tap).first().tap()
    await page.waitForFunction(() => window.__host.errors.length > 0).catch(() => {})
    const errors = await page.evaluate(() => window.__host.errors)
    assert.ok(
      errors.some((line) => seeded.says.test(line)),
      `not found: ${seeded.says}\n${errors.join('\n') || '(no error at all)'}`,
    )
  })
}

test('each message names a file of the fixture', () => {
  for (const { fault, says, edit, add } of [...BUILD_FAULTS, ...RUN_FAULTS]) {
    assert.match(says.source, /\\\.(wxml|wxss|wxs|ts|json)|pages/, fault)
    assert.ok(path.extname((edit ?? add)[0]), fault)
  }
})
