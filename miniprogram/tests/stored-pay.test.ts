import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as Views from '../src/presenters/stored-pay';
import type { WalletQuoteOut } from '../src/services/types';
import type * as Wallets from '../src/services/wallet/index';
import type * as States from '../src/state/stored-pay';
import { load, restart } from './support/load';
import { advance, freezeTime, releaseTime, settle } from './support/time';
import { FakePhone, loginReply, refusal, type Reply, type Sent } from './support/wx';

function quote(over: Partial<WalletQuoteOut> = {}): WalletQuoteOut {
  return {
    due_fen: 10050,
    people: 2,
    share_fen: 5025,
    amount_fen: 10050,
    due_after_fen: 0,
    available_fen: 55000,
    payable_fen: 10050,
    confirmation: 'none',
    refusal: null,
    ...over,
  };
}

describe('paying with stored value', () => {
  let phone: FakePhone;
  let pay: States.StoredPay;
  let views: typeof Views;
  let quotes: (asked: Sent['data']) => Reply | Promise<Reply>;
  let paid: Reply;

  function server({ path, data }: Sent): Reply | Promise<Reply> {
    if (path === '/auth/login') return loginReply('t');
    return path.endsWith('/wallet-quote') ? quotes(data) : paid;
  }

  const shown = () => views.storedPayView(pay);
  const questions = () =>
    phone.sent.filter(({ path }) => path.endsWith('-quote')).map(({ data }) => data);
  const payments = () => phone.sent.filter(({ path }) => path.endsWith('/wallet-payments'));

  beforeEach(async () => {
    freezeTime();
    restart();
    phone = new FakePhone().install();
    phone.server = server;
    quotes = () => ({ body: quote() });
    paid = { body: { order_id: 'o1', amount_fen: 5025, due_fen: 5025 } };
    views = load('presenters/stored-pay');
    const { StoredPay } = load<typeof States>('state/stored-pay');
    pay = new StoredPay(
      () => 'o1',
      () => {},
    );
    await pay.refresh();
  });
  afterEach(releaseTime);

  it('begins with all that is due, in the server’s figures', () => {
    const { mode, available, due, share, settles, rest, payText, ready } = shown();
    assert.deepEqual([mode, available, due, share], ['whole', '550.00', '100.50', '50.25']);
    assert.deepEqual([settles, rest, payText, ready], [true, '', '支付 ¥100.50', true]);
    assert.deepEqual(questions(), [{}]);
  });

  it('splits among as many as the diner says; the server divides', async () => {
    quotes = () => ({
      body: quote({ people: 3, share_fen: 3350, amount_fen: 3350, due_after_fen: 6700 }),
    });
    pay.choose('share');
    await settle();
    pay.split(1);
    await settle();
    assert.deepEqual(questions().slice(1), [{ people: 2 }, { people: 3 }]);
    const { people, share, rest, payText } = shown();
    assert.deepEqual([people, share, rest, payText], [3, '33.50', '67.00', '支付 ¥33.50']);
    pay.split(-9);
    assert.equal(pay.people, 1);
  });

  it('asks nothing about what is no amount, and pays nothing meanwhile', async () => {
    for (const typed of ['', '0', '1.234', 'abc', '-5']) {
      pay.type(typed);
      await settle();
      assert.deepEqual([shown().ready, shown().payText], [false, '请输入金额'], typed);
    }
    assert.equal(questions().length, 1);
    quotes = () => ({ body: quote({ amount_fen: 1250, due_after_fen: 8800 }) });
    pay.type('12.5');
    await settle();
    assert.deepEqual(questions()[1], { amount_fen: 1250 });
    assert.equal(shown().payText, '支付 ¥12.50');
  });

  it('believes the answer to the last question, whenever an older one comes', async () => {
    let answerOld: (reply: Reply) => void = () => {};
    quotes = (asked) =>
      asked?.people
        ? new Promise((resolve) => (answerOld = resolve))
        : { body: quote({ amount_fen: 700, due_after_fen: 9350 }) };
    pay.choose('share');
    await settle();
    assert.equal(shown().ready, false);
    pay.type('7');
    await settle();
    answerOld({ body: quote({ amount_fen: 5025 }) });
    await settle();
    assert.equal(shown().payText, '支付 ¥7.00');
  });

  it('says in the server’s words that there is too little, and what there is', async () => {
    const refused = refusal('wallet_too_little', { available_fen: 3000 });
    quotes = () => ({ body: quote({ available_fen: 3000, payable_fen: 3000, refusal: refused }) });
    await pay.refresh();
    const { problem, tooLittle, atMost, ready, settles } = shown();
    assert.deepEqual([problem, tooLittle, atMost], ['中文 wallet_too_little', true, '30.00']);
    assert.deepEqual([ready, settles], [false, false]);
  });

  it('has a question asked before anything is taken', () => {
    const whole = views.confirmation(quote());
    assert.equal(whole.title, '确认支付 ¥100.50');
    assert.match(whole.content, /随即结清/);
    const part = views.confirmation(quote({ amount_fen: 5025, due_after_fen: 5025 }));
    assert.match(part.content, /还需支付 ¥50\.25/);
  });

  it('sends the amount that was confirmed, once', async () => {
    quotes = () => ({ body: quote({ amount_fen: 5025, due_after_fen: 5025 }) });
    pay.choose('share');
    await settle();
    assert.equal((await pay.pay()).amount_fen, 5025);
    assert.deepEqual(payments()[0].data, { amount_fen: 5025 });
    assert.equal(payments().length, 1);
  });

  it('repeats a payment whose outcome is not known as it was, whatever is chosen since', async () => {
    paid = { networkError: true };
    const first = pay.pay();
    const failed = assert.rejects(first, /timeout/);
    await advance(20_000);
    await failed;
    assert.match(shown().problem, /不会重复扣款/);
    pay.type('1');
    await settle();
    assert.deepEqual([shown().payText, shown().ready], ['支付 ¥100.50', true]);
    paid = { body: { order_id: 'o1', amount_fen: 10050, due_fen: 0 } };
    await pay.pay();
    const sent = payments();
    assert.equal(new Set(sent.map(({ header }) => header['Idempotency-Key'])).size, 1);
    assert.deepEqual(sent.at(-1)?.data, { amount_fen: 10050 });
    assert.equal(shown().unknown, false);
  });

  it('forgets a payment that was refused: another try is another one', async () => {
    paid = { status: 409, body: refusal('payment_exceeds_due') };
    await assert.rejects(pay.pay(), /payment_exceeds_due/);
    await assert.rejects(pay.pay(), /payment_exceeds_due/);
    const [first, second] = payments().map(({ header }) => header['Idempotency-Key']);
    assert.notEqual(first, second);
    assert.equal(shown().unknown, false);
  });

  it('goes on asking for a PIN that was wrong, and forgets what was typed', async () => {
    pay.askPin();
    const { round } = shown().pin;
    paid = { status: 409, body: refusal('wallet_pin_wrong', { left: 4 }) };
    await assert.rejects(pay.pay(() => Promise.resolve({ pin: '135790' })));
    const { open, problem, busy } = shown().pin;
    assert.deepEqual([open, problem, busy], [true, '中文 wallet_pin_wrong', false]);
    assert.notEqual(shown().pin.round, round);
    paid = { body: { order_id: 'o1', amount_fen: 10050, due_fen: 0 } };
    await pay.pay(() => Promise.resolve({ pin: '927461' }));
    assert.deepEqual(payments().at(-1)?.data, { amount_fen: 10050, pin: '927461' });
    assert.equal(shown().pin.open, false);
  });

  it('asks for no PIN any longer where something else is wrong', async () => {
    pay.askPin();
    paid = { status: 409, body: refusal('order_not_open') };
    await assert.rejects(pay.pay(() => Promise.resolve({ pin: '927461' })));
    assert.equal(shown().pin.open, false);
  });

  it('gets WeChat’s word anew for a repeat, under the same key', async () => {
    const { wechatProof } = load<typeof Wallets>('services/wallet/index');
    paid = { networkError: true };
    const failed = assert.rejects(pay.pay(wechatProof), /timeout/);
    await advance(20_000);
    await failed;
    paid = { body: { order_id: 'o1', amount_fen: 10050, due_fen: 0 } };
    await pay.pay();
    const [first, last] = [payments()[0], payments().at(-1)];
    assert.equal(first.header['Idempotency-Key'], last?.header['Idempotency-Key']);
    assert.notEqual(first.data?.code, last?.data?.code);
  });

  it('says that WeChat confirms where the server asks for it', () => {
    assert.match(views.confirmation(quote({ confirmation: 'wechat' })).content, /微信会确认/);
    assert.doesNotMatch(views.confirmation(quote()).content, /微信/);
  });

  it('is offered to members, announced to others, and hidden where the store takes none', () => {
    assert.deepEqual(views.storedRow(quote()), { hint: '可用余额 ¥550.00', join: false });
    assert.equal(views.storedRow(quote({ refusal: refusal('member_unknown') })).join, true);
    assert.equal(views.storedRow(quote({ refusal: refusal('wallet_unavailable') })).hint, '');
    assert.equal(views.storedRow(null).hint, '');
  });
});
