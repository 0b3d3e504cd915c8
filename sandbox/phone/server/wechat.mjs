const CALLS = new Set(['login-code', 'phone-code', 'subscribe', 'request-payment', 'pay', 'cancel'])
const TIMEOUT = 20_000

/**
 * Passes what the simulated WeChat client asks to the simulator's control plane.
 * @returns {Promise<{status: number, body: object}>}
 */
export async function callSimulator(wechat, name, body) {
  if (!CALLS.has(name)) return { status: 404, body: { message: `unknown call ${name}` } }
  if (!wechat) {
    const message = 'no WeChat simulator: start the phone with --wechat URL'
    return { status: 503, body: { code: 'no_simulator', message } }
  }
  try {
    const response = await fetch(`${wechat}/_control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return { status: response.status, body: await response.json() }
  } catch (error) {
    const reason = error.cause?.code ?? error.message
    const message = `the WeChat simulator at ${wechat} does not answer (${reason})`
    return { status: 502, body: { code: 'simulator_unreachable', message } }
  }
}

/**
 * The appid under which the simulator knows the mini-program; undefined when it does not answer.
 * Its credentials hold secrets too: they stay in this process.
 */
export async function simulatorAppId(wechat) {
  if (!wechat) return undefined
  try {
    const signal = AbortSignal.timeout(TIMEOUT)
    const response = await fetch(`${wechat}/_control/credentials`, { signal })
    return (await response.json()).appid
  } catch {
    return undefined
  }
}
