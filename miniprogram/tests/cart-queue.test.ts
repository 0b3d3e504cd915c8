import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as Queues from '../src/services/cart/queue';
import type { CartEntryOut, CartLineIn } from '../src/services/types';
import type * as Moments from '../src/utils/moment';
import { load, restart } from './support/load';
import { settle } from './support/time';

const LINE: CartLineIn = {
  key: 'k1',
  dish_id: 7,
  option_ids: [],
  components: [],
  quantity: 1,
  note: '',
  rush: false,
};

describe('the queue of cart writes', () => {
  let queue: Queues.CartQueue;
  let moment: typeof Moments.moment;
  let sent: string[];
  let replies: { resolve: (entry: CartEntryOut) => void; reject: (error: Error) => void }[];
  let failures: unknown[];

  function waitForReply(name: string): Promise<CartEntryOut> {
    sent.push(name);
    return new Promise((resolve, reject) => replies.push({ resolve, reject }));
  }

  async function acknowledge(): Promise<void> {
    replies.shift()?.resolve({ key: 'k1', delta: 1 });
    await settle();
  }

  beforeEach(() => {
    restart();
    moment = load<typeof Moments>('utils/moment').moment;
    sent = [];
    replies = [];
    failures = [];
    const { CartQueue } = load<typeof Queues>('services/cart/queue');
    queue = new CartQueue(
      {
        add: (line) => waitForReply(`add ${line.key} ${line.quantity}`),
        change: (key, delta) => waitForReply(`change ${key} ${delta}`),
      },
      { changed: () => {}, acknowledged: () => {}, failed: (error) => failures.push(error) },
    );
  });

  it('shows a new line at once and sends it', () => {
    queue.add(LINE);
    assert.deepEqual(queue.newLines(), [LINE]);
    assert.deepEqual(sent, ['add k1 1']);
  });

  it('sends changes of a new line after it, quick taps as one', async () => {
    queue.add(LINE);
    queue.change('k1', 7, 1);
    queue.change('k1', 7, 1);
    queue.change('k1', 7, -1);
    assert.equal(queue.deltaOf('k1'), 1);
    assert.deepEqual(sent, ['add k1 1']);
    await acknowledge();
    assert.deepEqual(sent, ['add k1 1', 'change k1 1']);
  });

  it('sends nothing for taps that cancel each other out', async () => {
    queue.change('k1', 7, 1);
    queue.change('k1', 7, 1);
    queue.change('k1', 7, -1);
    await acknowledge();
    assert.deepEqual(sent, ['change k1 1']);
    assert.equal(queue.deltaOf('k1'), 1, 'the first is acknowledged but not in a view yet');
  });

  it('sends different lines side by side', () => {
    queue.change('k1', 7, 1);
    queue.change('k2', 8, 1);
    assert.deepEqual(sent, ['change k1 1', 'change k2 1']);
  });

  it('forgets a write only when a view was asked for after its acknowledgement', async () => {
    queue.change('k1', 7, 2);
    const before = moment();
    await acknowledge();
    assert.equal(queue.settle(before), false);
    assert.equal(queue.deltaOf('k1'), 2);
    assert.equal(queue.settle(moment()), true);
    assert.equal(queue.isEmpty(), true);
  });

  it('holds back a view that may or may not hold a change that was on its way', async () => {
    queue.change('k1', 7, 1);
    const during = moment();
    assert.equal(queue.makesUncertain(during), true);
    await acknowledge();
    assert.equal(queue.makesUncertain(during), true);
    assert.equal(queue.makesUncertain(moment()), false);
  });

  it('does not hold a view back for a new line, which its key tells apart', () => {
    queue.add(LINE);
    assert.equal(queue.makesUncertain(moment()), false);
  });

  it('takes back what the server refused, with what followed it on the line', async () => {
    queue.add(LINE);
    queue.change('k1', 7, 1);
    queue.change('k2', 8, 1);
    replies.shift()?.reject(new Error('dish_sold_out'));
    await settle();
    assert.deepEqual(queue.newLines(), []);
    assert.equal(queue.deltaOf('k1'), 0);
    assert.equal(queue.deltaOf('k2'), 1);
    assert.equal(failures.length, 1);
    assert.deepEqual(sent, ['add k1 1', 'change k2 1']);
  });
});
