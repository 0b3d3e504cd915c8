/** What is paid through WeChat's pay sheet: an order, or a top-up. */
import { timing } from '../../config';
import { wait } from '../../utils/wait';
import { NetworkError, read, write } from '../client/index';
import type { PaymentOut } from '../types';

interface Payable {
  id: string;
  state: string;
  request?: PaymentOut['request'];
}

/** How it ended, as far as is known now. */
export type Outcome<T extends Payable> = Exclude<T['state'], 'pending'> | 'unconfirmed';

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

/** How something that was begun stands by now. */
export async function fetchState<T extends Payable>(path: string): Promise<T> {
  const answer = await read<T>(path, { login: 'required' });
  if (!answer) throw new Error(`unexpected 304 for ${path}`);
  return answer.body;
}

/** Asks until the server has WeChat's word, which alone decides; gives up quietly after a minute. */
async function awaitOutcome<T extends Payable>(path: string): Promise<Outcome<T>> {
  const end = Date.now() + timing.paymentWaitMs;
  while (Date.now() < end) {
    try {
      const { state } = await fetchState<T>(path);
      if (state !== 'pending') return state as Outcome<T>;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
    }
    await wait(timing.paymentPollMs);
  }
  return 'unconfirmed';
}

/**
 * Has what was begun paid, and says how that ended.
 *
 * The amount and the signed request are the server's, and so is the outcome: a
 * closed pay sheet is reported to it, and it may still answer that the money came.
 *
 * @param path where the server says how it stands; `/cancel` below it gives it up.
 */
export async function payThroughSheet<T extends Payable>(
  begun: T,
  path: string,
): Promise<Outcome<T>> {
  if (begun.state !== 'pending') return begun.state as Outcome<T>;
  if (!begun.request || (await showPaySheet(begun.request))) return awaitOutcome<T>(path);
  const closed = await write<T>(`${path}/cancel`, {});
  return closed.state === 'pending' ? awaitOutcome<T>(path) : (closed.state as Outcome<T>);
}
