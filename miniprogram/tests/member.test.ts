import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import type * as Agreements from '../src/i18n/agreements';
import type * as I18n from '../src/i18n/index';
import type * as MemberViews from '../src/presenters/member';
import type * as WalletViews from '../src/presenters/wallet';
import type * as Members from '../src/services/member/index';
import type { WalletEntryOut } from '../src/services/types';
import type * as Wallets from '../src/services/wallet/index';
import { load, restart } from './support/load';
import { PROJECT } from './support/sources';
import { FakePhone, loginReply, type Sent } from './support/wx';

let phone: FakePhone;

beforeEach(() => {
  restart();
  phone = new FakePhone().install();
});

describe('the members’ agreement', () => {
  const server = path.join(PROJECT, '../addons/dining_member/services/membership.py');
  const version = /^CONSENT_VERSION = "(.+)"$/m.exec(fs.readFileSync(server, 'utf8'))?.[1] ?? '';

  it('is here in the version that the server asks for, in both languages', () => {
    const { agreementOf } = load<typeof Agreements>('i18n/agreements');
    const i18n = load<typeof I18n>('i18n/index');
    const chinese = agreementOf(version);
    i18n.setLang('en');
    const english = agreementOf(version);
    assert.ok(chinese && english, `no text for version ${version}`);
    assert.equal(chinese.clauses.length, english.clauses.length);
    assert.match(chinese.clauses[0].text, /不需要手机号/);
    assert.match(english.clauses[0].text, /no phone number/);
  });

  it('asks nobody to agree to a text that this phone does not have', () => {
    assert.equal(load<typeof Agreements>('i18n/agreements').agreementOf('2099-01'), null);
  });
});

describe('joining', () => {
  const member = {
    is_member: true,
    name: '会员 3456',
    code: '1234567890123456',
    code_picture: 'data:image/png;base64,AA==',
    joined_at: '2026-11-23T10:00:00Z',
    consent_version: '2026-11',
  };

  it('sends the version that was read, and nothing about the person', async () => {
    phone.server = ({ path }: Sent) =>
      path === '/auth/login' ? loginReply('t') : { body: member };
    await load<typeof Members>('services/member/index').join('2026-11');
    assert.deepEqual(phone.sent[1].data, { consent_version: '2026-11' });
    assert.equal(phone.calls[1], 'POST /member');
  });

  it('shows the code as people read it out', () => {
    const { memberView } = load<typeof MemberViews>('presenters/member');
    const shown = memberView(member);
    assert.equal(shown.code, '1234 5678 9012 3456');
    assert.equal(shown.since, '2026年11月23日加入');
    const nobody = memberView({ ...member, is_member: false, code: '', joined_at: null });
    assert.deepEqual([nobody.joined, nobody.code, nobody.since], [false, '', '']);
  });
});

describe('the wallet', () => {
  function entry(over: Partial<WalletEntryOut> = {}): WalletEntryOut {
    return {
      sequence: 2,
      at: '2026-11-23T10:00:00Z',
      kind: 'spend',
      amount_fen: -6400,
      principal_fen: -5818,
      bonus_fen: -582,
      balance_fen: 48600,
      reason: '',
      source: '',
      about: { store: null, order: '', table: '', offer: null },
      ...over,
    };
  }
  const wallet = {
    balance_fen: 48600,
    available_fen: 48600,
    held_fen: 0,
    principal_fen: 44182,
    bonus_fen: 4418,
    confirm_above_fen: 20000,
    has_pin: false,
    entries: [entry()],
  };

  it('says what each entry was, with its sign and what is left', () => {
    const { walletView } = load<typeof WalletViews>('presenters/wallet');
    const [spend] = walletView(wallet).entries;
    assert.deepEqual([spend.name, spend.amount, spend.balance], ['消费', '-64.00', '余额 486.00']);
    assert.equal(spend.parts, '本金 -58.18　赠金 -5.82');
    const topup = entry({ kind: 'topup', amount_fen: 50000, principal_fen: 50000, bonus_fen: 0 });
    const [first] = walletView({ ...wallet, entries: [topup] }).entries;
    assert.deepEqual([first.name, first.amount, first.parts], ['充值', '+500.00', '']);
  });

  it('has a word for every kind of entry', () => {
    const { walletView } = load<typeof WalletViews>('presenters/wallet');
    const kinds = ['topup', 'spend', 'return', 'refund', 'reversal'] as const;
    const { entries } = walletView({ ...wallet, entries: kinds.map((kind) => entry({ kind })) });
    assert.equal(new Set(entries.map(({ name }) => name)).size, kinds.length);
  });

  it('mentions what is held only where something is', () => {
    const { walletView } = load<typeof WalletViews>('presenters/wallet');
    assert.equal(walletView(wallet).held, '');
    const held = walletView({ ...wallet, available_fen: 38600, held_fen: 10000 });
    assert.equal(held.available, '386.00');
    assert.equal(held.held, '余额 ¥486.00，其中 ¥100.00 已为订单预留');
  });

  it('is read with a login', async () => {
    phone.server = ({ path }: Sent) =>
      path === '/auth/login' ? loginReply('t') : { body: wallet };
    const read = await load<typeof Wallets>('services/wallet/index').fetchWallet();
    assert.equal(read.available_fen, 48600);
    assert.equal(phone.sent[1].header.Authorization, 'Bearer t');
  });
});
