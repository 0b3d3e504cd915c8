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

/** Asks a question over everything else; resolves to whether it was confirmed. */
export async function ask(
  title: string,
  content: string,
  confirmText: string,
  cancelText = '',
): Promise<boolean> {
  const showCancel = cancelText !== '';
  const cancel = showCancel ? { cancelText } : {};
  const { confirm } = await wx.showModal({ title, content, confirmText, showCancel, ...cancel });
  return confirm;
}

/** Says briefly what went wrong. */
export function tell(error: unknown): void {
  toast(errorText(error));
}
