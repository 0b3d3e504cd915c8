/** Stored value as its page shows it. */
import { fill, pick, words } from '../i18n/index';
import type {
  EntryAboutOut,
  StatementEntryOut,
  WalletEntryOut,
  WalletOut,
} from '../services/types';
import { yuan } from '../utils/money';
import { dayAndClock } from '../utils/time';

export interface EntryView {
  sequence: number;
  kind: WalletEntryOut['kind'];
  name: string;
  when: string;
  /** `+550.00` or `-64.00` */
  amount: string;
  /** Store, order and table, or the offer. */
  about: string;
  /** What of it is principal and what bonus, where both are. */
  parts: string;
  balance: string;
}

export interface WalletView {
  available: string;
  principal: string;
  bonus: string;
  /** What orders have set aside; empty where nothing is. */
  held: string;
  entries: EntryView[];
  /** Whether a payment PIN is set, in words. */
  pin: string;
}

export function signed(fen: number): string {
  return fen > 0 ? `+${yuan(fen)}` : yuan(fen);
}

function aboutText({ store, order, table, offer }: EntryAboutOut): string {
  const w = words().wallet;
  return [
    offer && pick(offer),
    store && pick(store),
    order && fill(w.order, { order }),
    table && fill(w.table, { table }),
  ]
    .filter(Boolean)
    .join(' · ');
}

function partsText({ principal_fen, bonus_fen }: WalletEntryOut | StatementEntryOut): string {
  if (bonus_fen === 0) return '';
  return fill(words().wallet.parts, { principal: signed(principal_fen), bonus: signed(bonus_fen) });
}

export function entryView(entry: WalletEntryOut | StatementEntryOut): EntryView {
  const w = words();
  return {
    sequence: entry.sequence,
    kind: entry.kind,
    name: w.wallet[entry.kind],
    when: dayAndClock(entry.at, w.order.when),
    amount: signed(entry.amount_fen),
    about: aboutText(entry.about),
    parts: partsText(entry),
    balance: fill(w.wallet.balanceAfter, { amount: yuan(entry.balance_fen) }),
  };
}

export function walletView(wallet: WalletOut): WalletView {
  const { wallet: w, pin } = words();
  const { balance_fen, held_fen } = wallet;
  return {
    available: yuan(wallet.available_fen),
    principal: yuan(wallet.principal_fen),
    bonus: yuan(wallet.bonus_fen),
    held: held_fen ? fill(w.held, { balance: yuan(balance_fen), held: yuan(held_fen) }) : '',
    entries: wallet.entries.map(entryView),
    pin: wallet.has_pin ? pin.isSet : pin.notSet,
  };
}
