import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

// Generous: it is only spent where a test fails, or on a machine busy with other work.
const PATIENCE_MILLISECONDS = 15_000

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Debian's Chromium with a fresh profile, dressed as a phone (or as a desk with `mobile: false`).
 * @returns {Promise<BrowserContext & {dispose: () => Promise<void>}>}
 */
export async function openBrowser({ mobile = true, width = 375, height = 667 } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'phone-host-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: mobile ? 2 : 1,
    hasTouch: mobile,
    isMobile: mobile,
    locale: 'zh-CN',
    args: ARGUMENTS,
  })
  context.setDefaultTimeout(PATIENCE_MILLISECONDS)
  context.dispose = async () => {
    await context.close()
    fs.rmSync(profile, { recursive: true, force: true })
  }
  return context
}
