import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as TopupViews from '../src/presenters/topup';
import type * as Topups from '../src/services/topup/index';
import type { TopupOut } from '../src/services/types';
import type * as Open from '../src/state/topup';
import { load, restart } from './support/load';
import { text } from './support/samples';
import { advance, freezeTime, releaseTime } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

const REQUEST = {
  timeStamp: '1746093600',
  nonceStr: 'nonce',
  package: 'prepay_id=wx1',
  signType: 'RSA' as const,
  paySign: 'signature',
};

function topup(state: TopupOut['state']): TopupOut {
  const request = state === 'pending' ? REQUEST : null;
  return { id: 't1', offer: '充 500', principal_fen: 50000, bonus_fen: 5000, state, request };
}

describe('topping up', () => {
  let phone: FakePhone;
  let topups: typeof Topups;
  let begun: Reply[];
  let cancelled: Reply;
  let state: TopupOut['state'];

  function server({ path }: Sent): Reply {
    if (path === '/auth/login') return loginReply('t');
    if (path === '/topups') return begun.length > 1 ? (begun.shift() as Reply) : begun[0];
    if (path === '/topups/t1/cancel') return cancelled;
    return { body: topup(state) };
  }

  beforeEach(() => {
    freezeTime();
    restart();
    phone = new FakePhone().install();
    phone.server = server;
    begun = [{ body: topup('pending') }];
    cancelled = { body: topup('cancelled') };
    state = 'credited';
    topups = load('services/topup/index');
  });
  afterEach(releaseTime);

  it('names the offer and no amount, opens the pay sheet and believes the server', async () => {
    const begun = await topups.beginTopup(7, 'intent');
    assert.equal(await topups.payTopup(begun), 'credited');
    assert.deepEqual(phone.sent[1].data, { offer_id: 7 });
    assert.equal(phone.sent[1].header['Idempotency-Key'], 'intent');
    assert.equal((phone.paid[0] as { package: string }).package, REQUEST.package);
    assert.deepEqual(phone.calls.slice(1), ['POST /topups', 'GET /topups/t1']);
  });

  it('is begun again with the same key while the network fails', async () => {
    begun = [{ networkError: true }, { status: 503, body: refusal('payment_uncertain') }, begun[0]];
    const asked = topups.beginTopup(7, 'intent');
    await advance(5_000);
    assert.equal((await asked).id, 't1');
    const keys = phone.sent.slice(1).map(({ header }) => header['Idempotency-Key']);
    assert.deepEqual(keys, ['intent', 'intent', 'intent']);
  });

  it('reports a closed pay sheet, and what was credited all the same', async () => {
    phone.payment = 'cancel';
    assert.equal(await topups.payTopup(topup('pending')), 'cancelled');
    assert.equal(phone.calls.at(-1), 'POST /topups/t1/cancel');
    cancelled = { body: topup('credited') };
    assert.equal(await topups.payTopup(topup('pending')), 'credited');
  });

  it('says that money comes back', async () => {
    state = 'returned';
    assert.equal(await topups.payTopup(topup('pending')), 'returned');
  });

  it('leaves what stays unconfirmed for a minute', async () => {
    state = 'pending';
    const paid = topups.payTopup(topup('pending'));
    await advance(62_000, 500);
    assert.equal(await paid, 'unconfirmed');
  });

  it('opens no pay sheet for what is credited already', async () => {
    assert.equal(await topups.payTopup(topup('credited')), 'credited');
    assert.equal(phone.paid.length, 0);
  });

  it('is remembered when the mini-program is closed over it', () => {
    const open = { offerId: 7, intent: 'intent', id: 't1' };
    load<typeof Open>('state/topup').rememberTopup(open);
    restart();
    const again = load<typeof Open>('state/topup');
    assert.deepEqual(again.openTopup(), open);
    again.forgetTopup();
    assert.equal(again.openTopup(), null);
  });
});

describe('what can be topped up', () => {
  let views: typeof TopupViews;
  const offer = {
    id: 7,
    name: text('充 500 送 50', 'Top up 500 and get 50'),
    price_fen: 50000,
    bonus_fen: 5000,
    ends_at: null,
    refusal: null,
  };

  beforeEach(() => {
    restart();
    new FakePhone().install();
    views = load('presenters/topup');
  });

  it('is shown with what is given, and with why not', () => {
    const shown = views.offerView(offer);
    assert.deepEqual([shown.price, shown.gives, shown.refusal], ['500', '送 ¥50', '']);
    const plain = views.offerView({ ...offer, bonus_fen: 0, refusal: text('仅限首次') });
    assert.deepEqual([plain.gives, plain.refusal], ['', '仅限首次']);
    assert.equal(views.payText([shown], 7), '微信支付 ¥500');
    assert.equal(views.payText([shown], 0), '');
  });

  it('ends in words that name the money', () => {
    const credited = views.topupEnd(topup('credited'), 'credited');
    assert.equal(credited?.hint, '¥500.00 已到账，另送 ¥50.00');
    const returned = views.topupEnd(topup('returned'), 'returned');
    assert.match(returned?.hint ?? '', /¥500\.00 将由微信原路退回/);
    assert.equal(views.topupEnd(topup('cancelled'), 'cancelled'), null);
  });
});
