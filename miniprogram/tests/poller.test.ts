import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Polling from '../src/services/poller';
import { load, restart } from './support/load';
import { advance, freezeTime, releaseTime, settle } from './support/time';

describe('a poller', () => {
  let polling: typeof Polling;
  let asked: number[];
  let heard: unknown[];
  let answer: () => Promise<unknown>;
  let goOn: boolean;

  function make() {
    return new polling.Poller<unknown>({
      intervalMs: 700,
      ask: () => {
        asked.push(Date.now());
        return answer();
      },
      onAnswer: (value) => heard.push(value),
      onError: () => goOn,
    });
  }

  /** Pauses between the questions, in ms. */
  const pauses = () => asked.slice(1).map((at, index) => at - asked[index]);

  beforeEach(() => {
    freezeTime();
    restart();
    polling = load('services/poller');
    asked = [];
    heard = [];
    goOn = true;
    answer = async () => null;
  });
  afterEach(releaseTime);

  it('asks at once and then every 700 ms', async () => {
    const poller = make();
    poller.start();
    await advance(2_150);
    assert.deepEqual(pauses(), [700, 700, 700]);
    poller.stop();
  });

  it('never has two questions on their way', async () => {
    let reply: (value: unknown) => void = () => {};
    answer = () => new Promise((resolve) => (reply = resolve));
    const poller = make();
    poller.start();
    poller.nudge();
    poller.nudge();
    await advance(3_000);
    assert.equal(asked.length, 1);
    reply('first');
    await advance(50);
    assert.deepEqual(heard, ['first']);
    assert.equal(asked.length, 2, 'the nudge meanwhile asks right after');
    poller.stop();
  });

  it('waits longer and longer while questions fail, and is quick again after an answer', async () => {
    answer = () => Promise.reject(new Error('offline'));
    const poller = make();
    poller.start();
    await advance(32_000);
    assert.deepEqual(pauses().slice(0, 5), [1_400, 2_800, 5_600, 10_000, 10_000]);
    answer = async () => 'back';
    await advance(10_000);
    asked = [];
    await advance(1_450);
    assert.deepEqual(pauses(), [700]);
    poller.stop();
  });

  it('asks no more once stopped, and drops the answer on its way', async () => {
    let reply: (value: unknown) => void = () => {};
    answer = () => new Promise((resolve) => (reply = resolve));
    const poller = make();
    poller.start();
    poller.stop();
    reply('late');
    await advance(5_000);
    assert.deepEqual(heard, []);
    assert.equal(asked.length, 1);
  });

  it('ends when told that the failure is final', async () => {
    goOn = false;
    answer = () => Promise.reject(new Error('gone'));
    make().start();
    await advance(20_000);
    assert.equal(asked.length, 1);
  });

  it('asks at once when nudged', async () => {
    const poller = make();
    poller.start();
    await advance(100);
    poller.nudge();
    await settle();
    assert.deepEqual(pauses(), [100]);
    poller.stop();
  });
});
