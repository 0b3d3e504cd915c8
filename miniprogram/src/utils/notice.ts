import { pick, words } from '../i18n/index';
import { ApiError, NetworkError } from '../services/client/index';

/** What to tell the diner about an error: the server's own words where it has some. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) return pick(error.text);
  if (error instanceof NetworkError) return words().common.network;
  console.error(error);
  return words().common.unexpected;
}

/** Says something briefly. */
export function toast(title: string, icon: 'none' | 'success' = 'none'): void {
  void wx.showToast({ title, icon, duration: 2000 });
}

/** Says briefly what went wrong. */
export function tell(error: unknown): void {
  toast(errorText(error));
}
