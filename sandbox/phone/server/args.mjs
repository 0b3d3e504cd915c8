import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const OUR_PROGRAM = fileURLToPath(new URL('../../../miniprogram/src', import.meta.url))
const OUR_DOMAIN = 'https://api.diancan.example'

export const USAGE = `usage: node server.mjs [options]
  --root FOLDER             the mini-program's source, the folder that holds app.json
                            (default: miniprogram/src of this repository)
  --api URL                 short for --rewrite https://api.diancan.example=URL
  --port N                  port to listen on (default 0: any free one)
  --host ADDRESS            address to listen on (default 127.0.0.1)
  --rewrite FROM=TO         send requests for https://FROM… to TO… (repeat it for more)
  --wechat URL              the WeChat simulator, for sign-in and payment
  --appid ID                appid to run as (default: the simulator's, then project.config.json's)
  --code-page PAGE          page that table codes open (default pages/menu/menu)`

const OPTIONS = {
  root: { type: 'string', default: OUR_PROGRAM },
  api: { type: 'string' },
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  rewrite: { type: 'string', multiple: true, default: [] },
  wechat: { type: 'string' },
  appid: { type: 'string' },
  'code-page': { type: 'string', default: 'pages/menu/menu' },
  watch: { type: 'boolean', default: true },
}

/**
 * @param {string[]} argv arguments after the script's name
 * @throws {Error} with a message for the person at the terminal
 */
export function readArgs(argv) {
  const { values } = parseArgs({ args: argv, options: OPTIONS })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port ${values.port} is not a port`)
  }
  if (!fs.existsSync(path.join(values.root, 'app.json'))) {
    throw new Error(`--root ${values.root} holds no app.json`)
  }
  const pairs = values.api ? [`${OUR_DOMAIN}=${values.api}`, ...values.rewrite] : values.rewrite
  return {
    root: path.resolve(values.root),
    port,
    host: values.host,
    rewrite: readRewrites(pairs),
    wechat: values.wechat?.replace(/\/$/, ''),
    appId: values.appid,
    codePage: values['code-page'],
    watch: values.watch,
  }
}

function readRewrites(pairs) {
  return pairs.map((pair) => {
    const split = /^(https:\/\/[^=]+?)\/?=(https?:\/\/.+?)\/?$/.exec(pair)
    if (!split) throw new Error(`--rewrite ${pair} is not https://NAME=http://ADDRESS`)
    return { from: split[1], to: split[2] }
  })
}
