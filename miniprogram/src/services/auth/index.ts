import { write } from '../client/index';
import { clearToken, currentToken, login } from './token';

export { loginCode } from './token';

/** Whether this phone holds a token that is still good. */
export function isLoggedIn(): boolean {
  return currentToken() !== '';
}

/** Has a token ready for what comes next. */
export async function prepareLogin(): Promise<void> {
  if (!isLoggedIn()) await login();
}

/** Ends the login on the server and on this phone; the phone forgets it in any case. */
export async function logout(): Promise<void> {
  try {
    if (isLoggedIn()) await write('/auth/logout', {});
  } finally {
    clearToken();
  }
}
