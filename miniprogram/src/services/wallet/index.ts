import { read, write } from '../client/index';
import type { WalletOut, WalletPaymentOut, WalletQuoteIn, WalletQuoteOut } from '../types';

/** The member's stored value and its latest entries. */
export async function fetchWallet(): Promise<WalletOut> {
  const answer = await read<WalletOut>('/wallet', { login: 'required' });
  if (!answer) throw new Error('unexpected 304 for the wallet');
  return answer.body;
}

/** What paying an order with stored value would come to; nothing is taken. */
export function quoteWallet(
  orderId: string,
  asked: Partial<WalletQuoteIn> = {},
): Promise<WalletQuoteOut> {
  return write(`/orders/${encodeURIComponent(orderId)}/wallet-quote`, { ...asked });
}

/**
 * Pays an order, or a part of it, with stored value.
 *
 * @param amountFen as the server's quote named it, and the diner confirmed it.
 * @param intent names this payment: sent again, it takes nothing more.
 */
export function payByWallet(
  orderId: string,
  amountFen: number,
  intent: string,
): Promise<WalletPaymentOut> {
  const path = `/orders/${encodeURIComponent(orderId)}/wallet-payments`;
  return write(path, { amount_fen: amountFen }, intent);
}
