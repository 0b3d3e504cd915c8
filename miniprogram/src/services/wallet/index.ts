import { download, read, write } from '../client/index';
import { loginCode } from '../auth/index';
import type {
  StatementViewOut,
  WalletOut,
  WalletPaymentIn,
  WalletPaymentOut,
  WalletQuoteIn,
  WalletQuoteOut,
} from '../types';

/** What confirms a payment, where the server's quote asks for it. */
export type Proof = Pick<Partial<WalletPaymentIn>, 'pin' | 'code'>;

/** The member's stored value and its latest entries. */
export async function fetchWallet(): Promise<WalletOut> {
  const answer = await read<WalletOut>('/wallet', { login: 'required' });
  if (!answer) throw new Error('unexpected 304 for the wallet');
  return answer.body;
}

function forMonth(path: string, month: string): string {
  return month ? `${path}?month=${month}` : path;
}

/** A month of the statement, such as `2026-11`, or all of it. */
export async function fetchStatement(month: string): Promise<StatementViewOut> {
  const path = forMonth('/wallet/statement-view', month);
  const answer = await read<StatementViewOut>(path, { login: 'required' });
  if (!answer) throw new Error('unexpected 304 for the statement');
  return answer.body;
}

/** Opens the statement as a PDF; WeChat's own menu saves or forwards it. */
export async function openStatement(month: string): Promise<void> {
  const filePath = await download(forMonth('/wallet/statement.pdf', month));
  await wx.openDocument({ filePath, fileType: 'pdf', showMenu: true });
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
  proof: Proof = {},
): Promise<WalletPaymentOut> {
  const path = `/orders/${encodeURIComponent(orderId)}/wallet-payments`;
  return write(path, { amount_fen: amountFen, ...proof }, intent);
}

/** WeChat's word for whoever holds this phone now. */
export async function wechatProof(): Promise<Proof> {
  return { code: await loginCode() };
}

/** Sets the payment PIN, or another one: WeChat tells the server that it is the member. */
export async function setPin(pin: string): Promise<void> {
  await write('/wallet/pin', { pin, code: await loginCode() });
}
