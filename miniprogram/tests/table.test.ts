import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Menus from '../src/state/menu';
import type * as Tables from '../src/state/table';
import { load, restart } from './support/load';
import { cartLine, menu, order, scan, SCENE, table } from './support/samples';
import { advance, freezeTime, releaseTime, settle } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

const SESSION = '/stores/1/table-sessions/token-1';

describe('a phone at a table', () => {
  let phone: FakePhone;
  let state: typeof Tables.tableState;
  let menus: typeof Menus.menuState;
  /** What the server says of the table now; polled with its rev. */
  let view = table();
  /** Answers instead of the usual ones, by path. */
  let instead: Record<string, (sent: Sent) => Reply>;

  function server(sent: Sent): Reply {
    const path = sent.path.split('?')[0];
    if (instead[path]) return instead[path](sent);
    if (path === '/auth/login') return loginReply('t');
    if (path === '/scan') return { body: scan() };
    if (path === '/stores/1/menu') return { body: menu(), header: { ETag: '"m3"' } };
    if (path === '/stores/1/table-sessions') return { body: view };
    if (path === `/stores/1/table-sessions/${view.token}`) {
      return sent.path.includes(`rev=${view.rev}`) ? { status: 304 } : { body: view };
    }
    if (path.endsWith('/cart')) return { body: { key: 'k1', delta: 1 } };
    return { status: 404, body: refusal('not_found') };
  }

  function begin(): void {
    restart();
    state = load<typeof Tables>('state/table').tableState;
    menus = load<typeof Menus>('state/menu').menuState;
  }

  const polls = () => phone.sent.filter(({ path }) => path.startsWith(`${SESSION}?`));

  beforeEach(() => {
    freezeTime();
    phone = new FakePhone().install();
    phone.server = server;
    instead = {};
    view = table();
    begin();
  });
  afterEach(() => {
    state.unwatch();
    releaseTime();
  });

  it('shows the menu without a login, and sits down meanwhile', async () => {
    instead['/auth/login'] = () => ({ networkError: true });
    void state.enter(SCENE);
    await settle();
    assert.deepEqual(phone.calls.slice(0, 3), [
      `GET /scan?scene=${SCENE}`,
      'POST /auth/login',
      'GET /stores/1/menu',
    ]);
    const menuCall = phone.sent.find(({ path }) => path === '/stores/1/menu');
    assert.equal('Authorization' in (menuCall as Sent).header, false);
    assert.equal(menus.menu?.version, 3);
    assert.equal(state.phase, 'joining');
    await advance(5_000);
    assert.equal(state.phase, 'failed');
    assert.equal(menus.menu?.version, 3, 'the menu stays');
  });

  it('shows the remembered menu before any answer, and asks only for changes', async () => {
    await state.enter(SCENE);
    await settle();
    begin();
    phone.sent.length = 0;
    phone.server = () => new Promise(() => {});
    void state.enter(SCENE);
    assert.equal(menus.menu?.version, 3);
    await settle();
    const menuCall = phone.sent.find(({ path }) => path === '/stores/1/menu');
    assert.equal(menuCall?.header['If-None-Match'], '"m3"');
  });

  it('joins with the scanned code and polls every 400 ms with the rev it knows', async () => {
    state.watch();
    await state.enter(SCENE);
    await settle();
    assert.equal(state.phase, 'open');
    const join = phone.sent.find(({ path }) => path === '/stores/1/table-sessions');
    assert.deepEqual(join?.data, { scene: SCENE });
    await advance(1_250);
    assert.equal(polls().length, 4);
    assert.equal(polls()[0].path, `${SESSION}?rev=r1`);
  });

  it('does not poll while nobody looks', async () => {
    await state.enter(SCENE);
    await advance(3_000);
    assert.equal(polls().length, 0);
    state.watch();
    await advance(1_000);
    assert.equal(polls().length, 3);
    state.unwatch();
    await advance(3_000);
    assert.equal(polls().length, 3);
    state.watch();
  });

  it("shows a tablemate's dish within a second", async () => {
    state.watch();
    await state.enter(SCENE);
    await advance(300);
    const line = cartLine({ seat: 2 });
    view = table({ rev: 'r2', cart: { lines: [line], quantity: 1, total_fen: 12800 } });
    await advance(1_000);
    assert.deepEqual(state.view?.cart.lines, [line]);
  });

  it('goes on with the token that the table has now', async () => {
    state.watch();
    await state.enter(SCENE);
    await settle();
    instead[SESSION] = () => ({ body: table({ token: 'token-2', rev: 'r2' }) });
    await advance(750);
    view = table({ token: 'token-2', rev: 'r2' });
    phone.sent.length = 0;
    await advance(750);
    assert.ok(phone.calls.every((call) => call.includes('/token-2?rev=r2')));
    assert.ok(phone.calls.length > 0);
  });

  it('reloads the menu when the table says that it has changed', async () => {
    state.watch();
    await state.enter(SCENE);
    await settle();
    instead['/stores/1/menu'] = () => ({ body: menu({ version: 4 }), header: { ETag: '"m4"' } });
    view = table({ rev: 'r2', menu_version: 4, remaining: { 7: 2 } });
    await advance(800);
    assert.equal(menus.menu?.version, 4);
    assert.deepEqual(menus.remaining, { 7: 2 });
  });

  it('ends when the table is closed, and forgets it', async () => {
    state.watch();
    await state.enter(SCENE);
    await settle();
    assert.ok(phone.storage.has('table'));
    view = table({ rev: 'r2', state: 'closed' });
    await advance(800);
    assert.equal(state.phase, 'closed');
    assert.equal(phone.storage.has('table'), false);
    phone.sent.length = 0;
    await advance(3_000);
    assert.deepEqual(phone.calls, []);
  });

  for (const code of ['table_session_closed', 'table_session_unknown']) {
    it(`ends when the server answers ${code}`, async () => {
      state.watch();
      await state.enter(SCENE);
      await settle();
      instead[SESSION] = () => ({ status: 410, body: refusal(code) });
      await advance(800);
      assert.equal(state.phase, 'closed');
    });
  }

  it('comes back to the same session without scanning', async () => {
    await state.enter(SCENE);
    await settle();
    begin();
    phone.sent.length = 0;
    await state.resume();
    assert.equal(state.phase, 'open');
    assert.ok(phone.calls.includes(`GET ${SESSION}`));
    assert.ok(!phone.calls.includes('POST /stores/1/table-sessions'), 'joins nothing');
  });

  it('does not join a new party with the code of an old one', async () => {
    await state.enter(SCENE);
    await settle();
    begin();
    instead[SESSION] = () => ({ status: 410, body: refusal('table_session_closed') });
    await state.resume();
    assert.equal(state.phase, 'closed');
    assert.equal(phone.calls.filter((call) => call.endsWith('/table-sessions')).length, 1);
  });

  it('keeps a refusal to join, in words', async () => {
    instead['/stores/1/table-sessions'] = () => ({ status: 409, body: refusal('store_closed') });
    await state.enter(SCENE);
    await settle();
    assert.equal(state.phase, 'failed');
    assert.equal((state.error as { code: string }).code, 'store_closed');
  });

  it('drops what an earlier table answers late', async () => {
    let reply: (value: Reply) => void = () => {};
    phone.server = (sent) => {
      if (sent.path === `/scan?scene=${SCENE}`) return new Promise((resolve) => (reply = resolve));
      return server(sent);
    };
    void state.enter(SCENE);
    await settle();
    await state.enter('table-A01-code-AbCd_');
    reply({ body: scan({ table_name: 'late' }) });
    await settle();
    assert.equal(state.scan?.table_name, 'B12');
    assert.equal(state.scene, 'table-A01-code-AbCd_');
  });

  it('asks for the table right after a write was acknowledged', async () => {
    state.watch();
    await state.enter(SCENE);
    await advance(100);
    phone.sent.length = 0;
    state.add({
      key: 'k1',
      dish_id: 7,
      option_ids: [],
      components: [],
      quantity: 1,
      note: '',
      rush: false,
    });
    await settle();
    assert.deepEqual(phone.calls, [`POST ${SESSION}/cart`, `GET ${SESSION}?rev=r1`]);
    assert.equal(state.queue.isEmpty(), true);
  });

  it('says what was refused, and takes it back', async () => {
    const told: unknown[] = [];
    state.onWriteError = (error) => told.push(error);
    state.watch();
    await state.enter(SCENE);
    await settle();
    instead[`${SESSION}/cart/k1`] = () => ({ status: 409, body: refusal('dish_sold_out') });
    state.change('k1', 7, 1);
    await settle();
    assert.equal(state.queue.deltaOf('k1'), 0);
    assert.equal((told[0] as { code: string }).code, 'dish_sold_out');
  });

  it('submits once under one key, however often it must be sent', async () => {
    let tries = 0;
    instead[`${SESSION}/rounds`] = () => {
      tries += 1;
      if (tries < 3) return { networkError: true };
      return {
        body: {
          order_id: 'order-1',
          order_number: '037',
          round_number: 1,
          round_state: 'confirmed',
        },
      };
    };
    await state.enter(SCENE);
    await settle();
    const round = { menuVersion: 3, onCall: false, clashesSeen: { k1: { peanut: [2] } } };
    const placed = state.place(round, 'intent-1');
    await advance(3_000);
    assert.equal((await placed).order_id, 'order-1');
    const rounds = phone.sent.filter(({ path }) => path === `${SESSION}/rounds`);
    assert.equal(rounds.length, 3);
    assert.deepEqual(
      rounds.map(({ header, data }) => [header['Idempotency-Key'], data]),
      Array.from({ length: 3 }, () => [
        'intent-1',
        { menu_version: 3, on_call: false, clashes_seen: { k1: { peanut: [2] } } },
      ]),
    );
    assert.equal(state.placedOrder, 'order-1');
    assert.deepEqual(state.view?.cart.lines, []);
  });

  it('tells how many sit down when the diner says it', async () => {
    await state.enter(SCENE);
    await settle();
    view = table({ rev: 'r2', guest_count: 4 });
    await state.setGuests(4);
    const joins = phone.sent.filter(({ path }) => path === '/stores/1/table-sessions');
    assert.deepEqual(joins[1].data, { scene: SCENE, guests: 4 });
    assert.equal(state.view?.guest_count, 4);
  });

  it('says what its guest must not eat, and shows what the server heard', async () => {
    await state.enter(SCENE);
    await settle();
    const me = { ...view.me, allergens: ['peanut'] };
    instead[`${SESSION}/allergies`] = () => ({ body: table({ rev: 'r2', me }) });
    await state.sayAllergies(['peanut']);
    const said = phone.sent.filter(({ path }) => path === `${SESSION}/allergies`);
    assert.deepEqual(
      said.map(({ data }) => data),
      [{ allergens: ['peanut'], after: 0 }],
    );
    assert.deepEqual(state.view?.me.allergens, ['peanut']);
  });

  it('says it after an earlier word that was believed lost', async () => {
    await state.enter(SCENE);
    await settle();
    const me = { ...view.me, allergens: ['egg'] };
    const said: unknown[] = [];
    view = table({ rev: 'r2', allergies_rev: 1, me });
    instead[`${SESSION}/allergies`] = () => {
      const { data } = phone.sent[phone.sent.length - 1];
      said.push(data);
      return said.length === 1
        ? { status: 409, body: refusal('allergies_changed') }
        : { body: table({ rev: 'r3', allergies_rev: 2, me: { ...me, allergens: ['peanut'] } }) };
    };
    await state.sayAllergies(['peanut']);
    assert.deepEqual(said, [
      { allergens: ['peanut'], after: 0 },
      { allergens: ['peanut'], after: 1 },
    ]);
    assert.deepEqual(state.view?.me.allergens, ['peanut']);
  });

  it('keeps what was said before where the server refuses it', async () => {
    await state.enter(SCENE);
    await settle();
    instead[`${SESSION}/allergies`] = () => ({ status: 400, body: refusal('allergen_unknown') });
    await assert.rejects(state.sayAllergies(['kryptonite']), { code: 'allergen_unknown' });
    assert.deepEqual([state.phase, state.view?.me.allergens], ['open', []]);
  });

  it('forgets the table when left', async () => {
    view = table({ order: order() });
    await state.enter(SCENE);
    await settle();
    state.forget();
    assert.equal(state.phase, 'none');
    assert.equal(state.view, null);
    assert.equal(phone.storage.has('table'), false);
  });

  it('can look elsewhere and come back', async () => {
    await state.enter(SCENE);
    await settle();
    state.leave();
    assert.equal(state.phase, 'none');
    await state.resume();
    assert.equal(state.phase, 'open');
  });

  it('tries again what failed: a scan by joining, coming back without', async () => {
    const joins = () => phone.calls.filter((call) => call === 'POST /stores/1/table-sessions');
    instead['/stores/1/table-sessions'] = () => ({ status: 409, body: refusal('store_closed') });
    await state.enter(SCENE);
    instead = {};
    await state.retry();
    assert.equal(state.phase, 'open');
    assert.equal(joins().length, 2);
    begin();
    instead[SESSION] = () => ({ status: 500, body: '' });
    await state.resume();
    assert.equal(state.phase, 'failed');
    instead = {};
    await state.retry();
    assert.equal(state.phase, 'open');
    assert.equal(joins().length, 2);
  });
});
