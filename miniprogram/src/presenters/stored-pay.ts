/** Paying an order with stored value, as the order's page and its sheet show it. */
import { fill, pick, words } from '../i18n/index';
import type { WalletQuoteOut } from '../services/types';
import type { StoredPay, StoredPayMode } from '../state/stored-pay';
import { typedFen, yuan } from '../utils/money';
import { errorText } from '../utils/notice';

export interface StoredPayView {
  mode: StoredPayMode;
  people: number;
  typed: string;
  available: string;
  due: string;
  share: string;
  /** What is left due after it; empty where the order is settled by it, or nothing is said yet. */
  rest: string;
  settles: boolean;
  /** What the wallet can still pay where it has too little; empty elsewhere. */
  atMost: string;
  /** Why not, in the server's words, or what is not known. */
  problem: string;
  tooLittle: boolean;
  unknown: boolean;
  ready: boolean;
  payText: string;
  pin: PinView;
}

/** The step at which the PIN is typed. */
export interface PinView {
  open: boolean;
  /** What is about to be paid. */
  amount: string;
  /** Why the last one was not taken. */
  problem: string;
  /** Changes whenever what was typed is to be forgotten. */
  round: number;
  busy: boolean;
}

/** Before there is anything to show. */
export const NO_STORED_PAY: StoredPayView = {
  mode: 'whole',
  people: 1,
  typed: '',
  available: '',
  due: '',
  share: '',
  rest: '',
  settles: false,
  atMost: '',
  problem: '',
  tooLittle: false,
  unknown: false,
  ready: false,
  payText: '',
  pin: { open: false, amount: '', problem: '', round: 0, busy: false },
};

/** Whether the quote is about the amount on show: an empty field has none. */
function isQuoted({ mode, typed, asking }: StoredPay): boolean {
  return !asking && (mode !== 'part' || typedFen(typed) > 0);
}

function payText(pay: StoredPay): string {
  const w = words().storedPay;
  if (pay.unknown) return fill(w.pay, { amount: yuan(pay.unknown.amountFen) });
  if (!pay.quote || !isQuoted(pay)) return pay.asking ? words().common.loading : w.enterAmount;
  return fill(w.pay, { amount: yuan(pay.quote.amount_fen) });
}

function problemText(pay: StoredPay): string {
  if (pay.unknown) return words().storedPay.unknown;
  if (pay.failure) return errorText(pay.failure);
  return isQuoted(pay) && pay.quote?.refusal ? pick(pay.quote.refusal.message) : '';
}

/** What follows from paying the amount on show; nothing while it cannot be paid. */
function afterwards(pay: StoredPay): { rest: string; settles: boolean } {
  const { quote } = pay;
  if (!quote || quote.refusal || pay.unknown || !isQuoted(pay)) return { rest: '', settles: false };
  const settles = quote.due_after_fen === 0;
  return { rest: settles ? '' : yuan(quote.due_after_fen), settles };
}

function pinView({ pinning, pinFailure, pinRound, busy, quote }: StoredPay): PinView {
  return {
    open: pinning,
    amount: quote ? yuan(quote.amount_fen) : '',
    problem: pinFailure ? errorText(pinFailure) : '',
    round: pinRound,
    busy,
  };
}

export function storedPayView(pay: StoredPay): StoredPayView {
  const { quote } = pay;
  if (!quote) return { ...NO_STORED_PAY, problem: problemText(pay), payText: payText(pay) };
  const tooLittle = isQuoted(pay) && quote.refusal?.code === 'wallet_too_little';
  return {
    mode: pay.mode,
    people: pay.mode === 'share' ? pay.people : quote.people,
    typed: pay.typed,
    available: yuan(quote.available_fen),
    due: yuan(quote.due_fen),
    share: yuan(quote.share_fen),
    ...afterwards(pay),
    atMost: tooLittle && quote.payable_fen > 0 ? yuan(quote.payable_fen) : '',
    problem: problemText(pay),
    tooLittle,
    unknown: pay.unknown !== null,
    ready: pay.ready,
    payText: payText(pay),
    pin: pinView(pay),
  };
}

export interface StoredRow {
  /** What there is, or how to get it; empty where the store takes no stored value. */
  hint: string;
  /** Whoever looks has to join first. */
  join: boolean;
}

/** The order page's row for stored value. */
export function storedRow(quote: WalletQuoteOut | null): StoredRow {
  const w = words().storedPay;
  const code = quote?.refusal?.code;
  if (!quote || code === 'wallet_unavailable') return { hint: '', join: false };
  if (code === 'member_unknown') return { hint: w.joinFirst, join: true };
  return { hint: fill(w.available, { amount: yuan(quote.available_fen) }), join: false };
}

/** What is asked before stored value is taken. */
export function confirmation(quote: WalletQuoteOut): { title: string; content: string } {
  const w = words().storedPay;
  const amounts = { amount: yuan(quote.amount_fen), rest: yuan(quote.due_after_fen) };
  const content = fill(quote.due_after_fen > 0 ? w.confirmRest : w.confirmAll, amounts);
  const by = quote.confirmation === 'wechat' ? w.confirmWechat : '';
  return { title: fill(w.confirmTitle, amounts), content: content + by };
}
