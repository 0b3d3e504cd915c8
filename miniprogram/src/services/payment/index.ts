import { write } from '../client/index';
import type { PaymentOut } from '../types';
import { type Outcome, payThroughSheet } from './sheet';

/** How paying ended, as far as is known now. */
export type PayOutcome = Outcome<PaymentOut>;

/**
 * Pays what is due on an order.
 *
 * @param intent names this attempt; the same one never asks for a second payment.
 */
export async function pay(orderId: string, intent: string): Promise<PayOutcome> {
  const payment = await write<PaymentOut>(
    `/orders/${encodeURIComponent(orderId)}/payments`,
    {},
    intent,
  );
  return payThroughSheet(payment, `/payments/${encodeURIComponent(payment.id)}`);
}
