import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Client from '../src/services/client/index';
import { load, restart } from './support/load';
import { advance, freezeTime, releaseTime } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

function isApiError(error: unknown): error is Client.ApiError {
  return error instanceof Error && error.name === 'ApiError';
}

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('requests', () => {
  let phone: FakePhone;
  let client: typeof Client;
  let replies: Reply[];

  /** Answers logins, and everything else with the next of `replies`. */
  function server({ path }: Sent): Reply {
    if (path === '/auth/login') return loginReply(`token-${phone.loginCodes}`);
    return replies.shift() ?? { body: { done: true } };
  }

  const writes = () => phone.sent.filter(({ path }) => path === '/thing');

  beforeEach(() => {
    freezeTime();
    restart();
    phone = new FakePhone().install();
    phone.server = server;
    replies = [];
    client = load('services/client/index');
  });
  afterEach(releaseTime);

  it('give every write a key of its own', async () => {
    await client.write('/thing', { a: 1 });
    await client.write('/thing', { a: 1 });
    const keys = writes().map(({ header }) => header['Idempotency-Key']);
    assert.match(keys[0], UUID4);
    assert.match(keys[1], UUID4);
    assert.notEqual(keys[0], keys[1]);
    assert.deepEqual(writes()[0].data, { a: 1 });
  });

  it('repeat a write with the same key and body while the network fails', async () => {
    replies = [{ networkError: true }, { networkError: true }, { body: { done: true } }];
    const written = client.write('/thing', { a: 1 });
    await advance(3_000);
    assert.deepEqual(await written, { done: true });
    assert.equal(writes().length, 3);
    assert.equal(new Set(writes().map(({ header }) => header['Idempotency-Key'])).size, 1);
    assert.deepEqual(writes()[2].data, { a: 1 });
  });

  it('give up after three repeats', async () => {
    replies = Array.from({ length: 9 }, () => ({ networkError: true }));
    const written = assert.rejects(client.write('/thing', {}), client.NetworkError);
    await advance(10_000);
    await written;
    assert.equal(writes().length, 4);
  });

  for (const status of [502, 503, 504]) {
    it(`repeat a write that a proxy answered with ${status}`, async () => {
      replies = [{ status, body: '<html>' }, { body: { done: true } }];
      const written = client.write('/thing', {});
      await advance(2_000);
      assert.deepEqual(await written, { done: true });
      assert.equal(new Set(writes().map(({ header }) => header['Idempotency-Key'])).size, 1);
    });
  }

  it('never repeat what the server refused', async () => {
    replies = [{ status: 409, body: refusal('dish_sold_out', { remaining: 2 }) }];
    await assert.rejects(client.write('/thing', {}), (error: unknown) => {
      assert.ok(isApiError(error));
      assert.equal(error.code, 'dish_sold_out');
      assert.equal(error.status, 409);
      assert.deepEqual(error.text, { zh: '中文 dish_sold_out', en: 'English dish_sold_out' });
      assert.deepEqual(error.data, { remaining: 2 });
      return true;
    });
    await advance(5_000);
    assert.equal(writes().length, 1);
  });

  it('call an unreadable failure what it is', async () => {
    replies = [{ status: 500, body: 'Traceback …' }];
    await assert.rejects(client.write('/thing', {}), (error: unknown) => {
      assert.ok(isApiError(error));
      assert.equal(error.code, 'server_error');
      assert.doesNotMatch(error.text.zh + error.text.en, /Traceback/);
      return true;
    });
  });

  it('renew an expired token once, silently, and repeat the write as it was', async () => {
    replies = [{ status: 401, body: refusal('token_invalid') }, { body: { done: true } }];
    await client.write('/thing', { a: 1 });
    assert.deepEqual(phone.calls, [
      'POST /auth/login',
      'POST /thing',
      'POST /auth/login',
      'POST /thing',
    ]);
    const [first, second] = writes();
    assert.equal(first.header.Authorization, 'Bearer token-1');
    assert.equal(second.header.Authorization, 'Bearer token-2');
    assert.equal(first.header['Idempotency-Key'], second.header['Idempotency-Key']);
    assert.deepEqual(second.data, { a: 1 });
  });

  it('stop when the new token is refused too', async () => {
    replies = Array.from({ length: 9 }, () => ({ status: 401, body: refusal('token_invalid') }));
    await assert.rejects(client.write('/thing', {}), client.ApiError);
    assert.equal(writes().length, 2);
  });

  it('share one login among calls at the same time', async () => {
    await Promise.all([client.write('/thing', {}), client.write('/thing', {})]);
    assert.equal(phone.loginCodes, 1);
  });

  it('log in with the appid and a fresh code for every attempt', async () => {
    let failures = 1;
    phone.server = (sent) => {
      if (sent.path !== '/auth/login') return { body: {} };
      failures -= 1;
      return failures >= 0 ? { networkError: true } : loginReply('t');
    };
    const written = client.write('/thing', {});
    await advance(2_000);
    await written;
    const logins = phone.sent.filter(({ path }) => path === '/auth/login');
    assert.deepEqual(
      logins.map(({ data }) => data),
      [
        { appid: 'wxtest', code: 'code-1' },
        { appid: 'wxtest', code: 'code-2' },
      ],
    );
    assert.equal('Idempotency-Key' in logins[0].header, false);
  });

  it('keep the token for the next start, until it expires', async () => {
    await client.write('/thing', {});
    restart();
    client = load('services/client/index');
    await client.write('/thing', {});
    assert.equal(phone.loginCodes, 1);
    await advance(86_400_000, 43_200_000);
    await client.write('/thing', {});
    assert.equal(phone.loginCodes, 2);
  });

  it('read what is public without a token and without logging in', async () => {
    await client.read('/stores', { login: 'public' });
    assert.deepEqual(phone.calls, ['GET /stores']);
    assert.equal('Authorization' in phone.sent[0].header, false);
  });

  it('answer null when nothing changed', async () => {
    replies = [{ status: 304 }];
    assert.equal(await client.read('/thing', { login: 'public' }), null);
  });
});
