import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Orders from '../src/services/order/index';
import { load, restart } from './support/load';
import { freezeTime, releaseTime } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

describe('asking the kitchen to hurry', () => {
  let phone: FakePhone;
  let orders: typeof Orders;
  let answer: Reply;

  beforeEach(() => {
    freezeTime();
    restart();
    phone = new FakePhone().install();
    phone.server = ({ path }: Sent) => (path === '/auth/login' ? loginReply('t') : answer);
    answer = { body: { line_id: 'l1', rushed_at: '2025-05-01T10:00:00Z' } };
    orders = load('services/order/index');
  });
  afterEach(releaseTime);

  it('names the dish and the request, and sends nothing else', async () => {
    const told = await orders.rushLine('order-1', 'l1', 'intent');
    assert.equal(told.rushed_at, '2025-05-01T10:00:00Z');
    const [sent] = phone.sent.slice(1);
    assert.equal(phone.calls[1], 'POST /orders/order-1/lines/l1/rush');
    assert.deepEqual(sent.data, {});
    assert.equal(sent.header['Idempotency-Key'], 'intent');
  });

  it('passes on why not', async () => {
    answer = { status: 409, body: refusal('rush_too_soon') };
    await assert.rejects(orders.rushLine('order-1', 'l1', 'intent'), /rush_too_soon/);
  });
});
