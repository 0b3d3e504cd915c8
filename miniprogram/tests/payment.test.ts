import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Payments from '../src/services/payment/index';
import { load, restart } from './support/load';
import { advance, freezeTime, releaseTime } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

const REQUEST = {
  timeStamp: '1746093600',
  nonceStr: 'nonce',
  package: 'prepay_id=wx1',
  signType: 'RSA',
  paySign: 'signature',
};

describe('paying', () => {
  let phone: FakePhone;
  let pay: typeof Payments.pay;
  /** States that GET /payments/p1 answers, the last one for ever. */
  let states: string[];
  let created: Reply;
  let cancelled: Reply;

  function payment(state: string) {
    const request = state === 'pending' ? REQUEST : null;
    return { id: 'p1', order_id: 'order-1', amount_fen: 12800, state, request };
  }

  function server({ path }: Sent): Reply {
    if (path === '/auth/login') return loginReply('t');
    if (path === '/orders/order-1/payments') return created;
    if (path === '/payments/p1/cancel') return cancelled;
    const state = states.length > 1 ? (states.shift() as string) : states[0];
    return state === 'offline' ? { networkError: true } : { body: payment(state) };
  }

  beforeEach(() => {
    freezeTime();
    restart();
    phone = new FakePhone().install();
    phone.server = server;
    created = { body: payment('pending') };
    cancelled = { body: payment('cancelled') };
    states = ['pending', 'done'];
    pay = load<typeof Payments>('services/payment/index').pay;
  });
  afterEach(releaseTime);

  it('shows what the server signed and waits for its word', async () => {
    const paid = pay('order-1', 'intent');
    await advance(3_000);
    assert.equal(await paid, 'done');
    const { timeStamp, nonceStr, package: prepay, signType, paySign } = phone.paid[0] as never;
    assert.deepEqual({ timeStamp, nonceStr, package: prepay, signType, paySign }, REQUEST);
    assert.deepEqual(phone.calls.slice(1), [
      'POST /orders/order-1/payments',
      'GET /payments/p1',
      'GET /payments/p1',
    ]);
    assert.deepEqual(phone.sent[1].data, {}, 'no amount is sent');
    assert.equal(phone.sent[1].header['Idempotency-Key'], 'intent');
  });

  it('reports a closed pay sheet', async () => {
    phone.payment = 'cancel';
    assert.equal(await pay('order-1', 'intent'), 'cancelled');
    assert.equal(phone.calls[2], 'POST /payments/p1/cancel');
  });

  it('believes the server when the money came although the sheet was closed', async () => {
    phone.payment = 'cancel';
    cancelled = { body: payment('done') };
    assert.equal(await pay('order-1', 'intent'), 'done');
  });

  it('does not open the pay sheet for what is paid already', async () => {
    created = { body: payment('done') };
    assert.equal(await pay('order-1', 'intent'), 'done');
    assert.equal(phone.paid.length, 0);
  });

  it('waits out a failing network', async () => {
    states = ['offline', 'offline', 'offline', 'offline', 'offline', 'done'];
    const paid = pay('order-1', 'intent');
    await advance(20_000);
    assert.equal(await paid, 'done');
  });

  it('leaves what stays unconfirmed for a minute to the order', async () => {
    states = ['pending'];
    const paid = pay('order-1', 'intent');
    await advance(62_000, 500);
    assert.equal(await paid, 'unconfirmed');
  });

  it('passes a refusal on without opening the pay sheet', async () => {
    created = { status: 409, body: refusal('order_not_open') };
    await assert.rejects(pay('order-1', 'intent'), /order_not_open/);
    assert.equal(phone.paid.length, 0);
  });
});
