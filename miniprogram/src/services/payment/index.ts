import { timing } from '../../config';
import { wait } from '../../utils/wait';
import { NetworkError, read, write } from '../client/index';
import type { PaymentOut } from '../types';

/** How paying ended, as far as is known now. */
export type PayOutcome = 'done' | 'cancelled' | 'failed' | 'unconfirmed';

function path(id: string): string {
  return `/payments/${encodeURIComponent(id)}`;
}

async function fetchPayment(id: string): Promise<PaymentOut> {
  const answer = await read<PaymentOut>(path(id), { login: 'required' });
  if (!answer) throw new Error('unexpected 304 for a payment');
  return answer.body;
}

/** Opens WeChat's pay sheet; false when the diner closed it or WeChat refused. */
function showPaySheet(request: NonNullable<PaymentOut['request']>): Promise<boolean> {
  return new Promise((resolve) => {
    wx.requestPayment({
      ...request,
      success: () => resolve(true),
      fail: () => resolve(false),
    });
  });
}

/** Asks until the server has WeChat's word, which alone decides; gives up quietly after a minute. */
async function awaitOutcome(id: string): Promise<PayOutcome> {
  const end = Date.now() + timing.paymentWaitMs;
  while (Date.now() < end) {
    try {
      const { state } = await fetchPayment(id);
      if (state !== 'pending') return state;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
    }
    await wait(timing.paymentPollMs);
  }
  return 'unconfirmed';
}

/**
 * Pays what is due on an order.
 *
 * The amount and the signed request are the server's, and so is the outcome: a
 * closed pay sheet is reported to it, and it may still answer that the money came.
 *
 * @param intent names this attempt; the same one never asks for a second payment.
 */
export async function pay(orderId: string, intent: string): Promise<PayOutcome> {
  const payment = await write<PaymentOut>(
    `/orders/${encodeURIComponent(orderId)}/payments`,
    {},
    intent,
  );
  if (payment.state !== 'pending') return payment.state;
  if (!payment.request) return awaitOutcome(payment.id);
  if (await showPaySheet(payment.request)) return awaitOutcome(payment.id);
  const closed = await write<PaymentOut>(`${path(payment.id)}/cancel`, {});
  return closed.state === 'pending' ? awaitOutcome(payment.id) : closed.state;
}
