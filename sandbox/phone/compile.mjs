#!/usr/bin/env node
/** The second gate: `node compile.mjs miniprogram/src` compiles with Tencent's own wcc and wcsc. */
import fs from 'node:fs'
import path from 'node:path'
import { compileWithTencent } from './build/tencent.mjs'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node compile.mjs FOLDER   (the folder that holds app.json)')
  process.exit(2)
}
if (!fs.existsSync(path.join(folder, 'app.json'))) {
  console.error(`${folder} holds no app.json`)
  process.exit(2)
}
const { files, messages } = compileWithTencent(path.resolve(folder))
for (const message of messages) console.error(message)
console.log(`${files} files compiled by wcc and wcsc, ${messages.length} errors`)
process.exitCode = messages.length ? 1 : 0
