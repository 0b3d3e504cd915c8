import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as Stores from '../src/services/store/index';
import { load, restart } from './support/load';
import { menu } from './support/samples';
import { FakePhone, type Reply } from './support/wx';

describe('the menu', () => {
  let phone: FakePhone;
  let stores: typeof Stores;
  let reply: Reply;

  beforeEach(() => {
    restart();
    phone = new FakePhone().install();
    phone.server = () => reply;
    reply = { body: menu(), header: { ETag: '"m3"' } };
    stores = load('services/store/index');
  });

  it('is kept with its tag', async () => {
    assert.equal(stores.cachedMenu(1), null);
    assert.deepEqual(await stores.fetchMenu(1), menu());
    assert.deepEqual(stores.cachedMenu(1), menu());
  });

  it('costs an empty answer when unchanged', async () => {
    await stores.fetchMenu(1);
    reply = { status: 304 };
    assert.deepEqual(await stores.fetchMenu(1), menu());
    assert.equal(phone.sent[1].header['If-None-Match'], '"m3"');
  });

  it('replaces the kept one when changed', async () => {
    await stores.fetchMenu(1);
    reply = { body: menu({ version: 4 }), header: { etag: '"m4"' } };
    assert.equal((await stores.fetchMenu(1)).version, 4);
    assert.equal(stores.cachedMenu(1)?.version, 4);
  });

  it('is kept for each store apart', async () => {
    await stores.fetchMenu(1);
    await stores.fetchMenu(2);
    assert.equal('If-None-Match' in phone.sent[1].header, false);
  });

  it('has pictures on the API’s host', () => {
    assert.equal(
      stores.imageUrl('/diancan/v1/images/7/abc.jpg'),
      'https://api.diancan.example/diancan/v1/images/7/abc.jpg',
    );
    assert.equal(stores.imageUrl(null), '');
  });

  it('escapes what a camera read', async () => {
    reply = { body: {} };
    await stores.scan('a&b=c');
    assert.equal(phone.sent[0].path, '/scan?scene=a%26b%3Dc');
  });
});
