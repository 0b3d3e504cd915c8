const AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN miniProgram'
const IMAGE_TIMEOUT = 20_000
const BODILESS = new Set(['GET', 'HEAD'])

/** The address a mini-program's url really means here, or undefined for a domain not listed. */
export function rewriteUrl(url, rewrite) {
  const inside = ({ from }) => url.startsWith(from) && /^([/?#]|$)/.test(url.slice(from.length))
  const rule = rewrite.find(inside)
  return rule && rule.to + url.slice(rule.from.length)
}

/**
 * Sends one wx.request as the phone's network layer does: no CORS, no cookies kept or sent.
 * @param {{url, method, header, body?: string, timeout: number}} message body in base64
 * @returns {Promise<object>} {statusCode, header, cookies, body} or {errMsg} as WeChat words it
 */
export async function forwardRequest(message, { rewrite, appId }) {
  const target = rewriteUrl(message.url, rewrite)
  if (!target) return { errMsg: 'request:fail url not in domain list' }
  const { method } = message
  try {
    const response = await fetch(target, {
      method,
      headers: headersFor(message.header, appId),
      body: BODILESS.has(method) || !message.body ? undefined : Buffer.from(message.body, 'base64'),
      redirect: 'follow',
      signal: AbortSignal.timeout(message.timeout),
    })
    return {
      statusCode: response.status,
      header: Object.fromEntries(response.headers),
      cookies: response.headers.getSetCookie(),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    }
  } catch (error) {
    return { errMsg: `request:fail ${wordsFor(error)}` }
  }
}

export function headersFor(header, appId) {
  return {
    ...Object.fromEntries(Object.entries(header).filter(([name]) => name !== 'cookie')),
    'user-agent': AGENT,
    referer: `https://servicewechat.com/${appId || 'devtools'}/devtools/page-frame.html`,
  }
}

function wordsFor(error) {
  if (error.name === 'TimeoutError') return 'timeout'
  return error.cause?.code ?? error.cause?.message ?? error.message
}

/** Loads a picture or video for the page and passes it on with its type and cache headers. */
export async function forwardImage(request, response, url, rewrite) {
  const target = rewriteUrl(url, rewrite)
  if (!target) return finish(response, 404, `not in the rewrite map: ${url}`)
  const headers = { 'user-agent': AGENT }
  for (const name of ['range', 'if-none-match']) {
    if (request.headers[name]) headers[name] = request.headers[name]
  }
  try {
    const signal = AbortSignal.timeout(IMAGE_TIMEOUT)
    const answer = await fetch(target, { headers, signal })
    response.statusCode = answer.status
    for (const name of ['content-type', 'cache-control', 'etag', 'content-range']) {
      if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name))
    }
    return response.end(Buffer.from(await answer.arrayBuffer()))
  } catch (error) {
    return finish(response, 502, wordsFor(error))
  }
}

function finish(response, status, text) {
  response.statusCode = status
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(text)
}
