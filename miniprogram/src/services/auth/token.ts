import { API_BASE } from '../../config';
import { checked } from '../client/answer';
import { NetworkError } from '../client/errors';
import { withRetries } from '../client/retry';
import { send } from '../client/transport';
import type { LoginOut } from '../types';

const STORAGE_KEY = 'auth';
/** A token this close to its end is renewed before it is used. */
const MARGIN_MS = 60_000;

let known: LoginOut | null | undefined;
let running: Promise<string> | null = null;

function stored(): LoginOut | null {
  if (known === undefined) known = (wx.getStorageSync(STORAGE_KEY) as LoginOut) || null;
  return known;
}

/** The token to send, or an empty text when there is none that is still good. */
export function currentToken(): string {
  const login = stored();
  if (!login) return '';
  return Date.parse(login.expires_at) - MARGIN_MS > Date.now() ? login.token : '';
}

/** Forgets the token on this phone. */
export function clearToken(): void {
  known = null;
  wx.removeStorageSync(STORAGE_KEY);
}

/** A code by which the server can ask WeChat who holds this phone; it works once. */
export function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => resolve(code),
      fail: ({ errMsg }) => reject(new NetworkError(errMsg)),
    });
  });
}

async function exchange(): Promise<string> {
  // WeChat's code works once, so every attempt fetches its own.
  const answer = await withRetries(async () =>
    checked(
      await send({
        method: 'POST',
        url: `${API_BASE}/auth/login`,
        header: { Accept: 'application/json', 'Content-Type': 'application/json' },
        data: { appid: wx.getAccountInfoSync().miniProgram.appId, code: await loginCode() },
      }),
    ),
  );
  known = answer.body as LoginOut;
  wx.setStorageSync(STORAGE_KEY, known);
  return known.token;
}

/** Logs in without asking the diner anything; calls at the same time share one login. */
export function login(): Promise<string> {
  running ??= exchange().finally(() => {
    running = null;
  });
  return running;
}
