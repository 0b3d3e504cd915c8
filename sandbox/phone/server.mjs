#!/usr/bin/env node
/** Serves the phone: `node server.mjs --root miniprogram/src --port 8075 --rewrite … --wechat …`. */
import { formatProblem } from './build/problems.mjs'
import { readArgs, USAGE } from './server/args.mjs'
import { servePhone } from './server/app.mjs'

function readArguments() {
  try {
    return readArgs(process.argv.slice(2))
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`)
    return process.exit(2)
  }
}

async function main() {
  const phone = await servePhone(readArguments())
  for (const problem of phone.problems.list) console.error(formatProblem(problem))
  if (phone.problems.errors.length) {
    await phone.close()
    console.error(`${phone.problems.errors.length} errors: the phone is not started`)
    return process.exit(1)
  }
  console.log(`ready ${phone.url}`)
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => phone.close().then(() => process.exit(0)))
  }
}

main().catch((error) => {
  const taken = error.code === 'EADDRINUSE'
  console.error(taken ? `port ${error.port} is in use: choose another with --port` : error.message)
  process.exit(1)
})
