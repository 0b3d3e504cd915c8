/** The one place that speaks HTTP to the API. Pages reach it through `services/<domain>`. */
import { API_BASE } from '../../config';
import { uuid4 } from '../../utils/uuid';
import { clearToken, currentToken, login } from '../auth/token';
import { checked } from './answer';
import { ApiError, NetworkError } from './errors';
import { withRetries } from './retry';
import { fetchFile, type HttpAnswer, type HttpRequest, send } from './transport';

export { ApiError, NetworkError, isRefusal } from './errors';

interface Options {
  /** `public` goes without a token; `required` logs in first. */
  login: 'public' | 'required';
  header?: Record<string, string>;
  data?: WechatMiniprogram.IAnyObject;
}

async function sendAs(token: string, request: HttpRequest): Promise<HttpAnswer> {
  const header = token ? { ...request.header, Authorization: `Bearer ${token}` } : request.header;
  return withRetries(async () => checked(await send({ ...request, header })));
}

/** Sends with a token; an expired one is renewed silently, once, and the request repeated as it was. */
async function sendLoggedIn(request: HttpRequest): Promise<HttpAnswer> {
  const token = currentToken() || (await login());
  try {
    return await sendAs(token, request);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    if (currentToken() === token) clearToken();
    return sendAs(currentToken() || (await login()), request);
  }
}

async function call(method: 'GET' | 'POST', path: string, options: Options): Promise<HttpAnswer> {
  const request: HttpRequest = {
    method,
    url: API_BASE + path,
    header: { Accept: 'application/json', ...options.header },
    data: options.data,
  };
  return options.login === 'required' ? sendLoggedIn(request) : sendAs('', request);
}

/** Reads; `null` when the server says that nothing changed (304). */
export async function read<T>(
  path: string,
  options: Options,
): Promise<{ body: T; header: Record<string, string> } | null> {
  const answer = await call('GET', path, options);
  return answer.status === 304 ? null : { body: answer.body as T, header: answer.header };
}

/**
 * Fetches a file; its path on the phone.
 *
 * @throws NetworkError also where the server had no file to give: its words are not to be had then.
 */
export async function download(path: string): Promise<string> {
  let token = currentToken() || (await login());
  for (let again = true; ; again = false) {
    const file = await fetchFile(API_BASE + path, { Authorization: `Bearer ${token}` });
    if (file.status === 200) return file.path;
    if (file.status !== 401 || !again) throw new NetworkError(`HTTP ${file.status}`);
    clearToken();
    token = await login();
  }
}

/**
 * Writes. `key` names the diner's intention: pass the same one to repeat a write
 * whose outcome is unknown, and the server answers what it answered before.
 */
export async function write<T>(
  path: string,
  data: WechatMiniprogram.IAnyObject,
  key: string = uuid4(),
): Promise<T> {
  const header = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  const answer = await call('POST', path, { login: 'required', header, data });
  return answer.body as T;
}
