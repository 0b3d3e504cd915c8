/** The top-up that this phone has begun and whose end it has not heard yet. */

export interface OpenTopup {
  offerId: number;
  /** Names it to the server, so that asking again begins no second one. */
  intent: string;
  /** The server's name for it; empty where its answer never came. */
  id: string;
}

const KEY = 'topup';

/** Also after the mini-program was closed over it. */
export function openTopup(): OpenTopup | null {
  return (wx.getStorageSync(KEY) as OpenTopup) || null;
}

export function rememberTopup(topup: OpenTopup): void {
  wx.setStorageSync(KEY, topup);
}

export function forgetTopup(): void {
  wx.removeStorageSync(KEY);
}
