/** Paying an order with stored value: what the diner wants, and what the server says it comes to. */
import { ApiError, isRefusal } from '../services/client/index';
import type { WalletPaymentOut, WalletQuoteIn, WalletQuoteOut } from '../services/types';
import { payByWallet, type Proof, quoteWallet } from '../services/wallet/index';
import { typedFen } from '../utils/money';
import { uuid4 } from '../utils/uuid';

/** All that is due, one's own share, or an amount. */
export type StoredPayMode = 'whole' | 'share' | 'part';

/** Gets what confirms a payment; a repeat asks for it again. */
export type Prove = () => Promise<Proof>;

interface Payment {
  amountFen: number;
  intent: string;
  prove: Prove;
}

export const UNPROVEN: Prove = () => Promise.resolve({});

function isAboutPin(error: unknown): boolean {
  return isRefusal(error, 'wallet_pin_wrong') || isRefusal(error, 'wallet_pin_locked');
}

export class StoredPay {
  mode: StoredPayMode = 'whole';
  /** Among how many the bill is split; 0 until the server has said how many sit there. */
  people = 0;
  typed = '';
  quote: WalletQuoteOut | null = null;
  /** Whether the quote on show answers something else than what is now wanted. */
  asking = false;
  busy = false;
  /** A payment whose outcome is not known: it is repeated as it was, and no other is made. */
  unknown: Payment | null = null;
  failure: unknown = null;
  /** Whether the PIN is being asked for, what was wrong with the last one, and how many were wrong. */
  pinning = false;
  pinFailure: unknown = null;
  pinRound = 0;

  private asked = 0;

  /** @param changed is told whenever there is something else to show. */
  constructor(
    private readonly orderId: () => string,
    private readonly changed: () => void,
  ) {}

  /** Begins anew, as when the sheet opens. */
  open(): void {
    this.typed = '';
    this.pinning = false;
    this.choose('whole');
  }

  /** Has the PIN typed for what is on show, or goes back from there. */
  askPin(pinning = true): void {
    this.pinning = pinning;
    this.pinFailure = null;
    this.pinRound += 1;
    this.changed();
  }

  choose(mode: StoredPayMode): void {
    this.mode = mode;
    void this.refresh();
  }

  /** One more, or one fewer, to split the bill with. */
  split(delta: number): void {
    this.people = Math.max(1, (this.people || (this.quote?.people ?? 1)) + delta);
    this.choose('share');
  }

  type(text: string): void {
    this.typed = text;
    this.choose('part');
  }

  /** Asks the server what it comes to; an answer to an older question is dropped. */
  async refresh(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const question = this.question();
    this.failure = null;
    this.asking = question !== null;
    this.changed();
    if (!question) return;
    try {
      const quote = await quoteWallet(this.orderId(), question);
      if (mine !== this.asked) return;
      this.quote = quote;
      this.people = this.people || quote.people;
    } catch (error) {
      if (mine !== this.asked) return;
      this.failure = error;
    }
    this.asking = false;
    this.changed();
  }

  /** Null while no amount has been typed: there is nothing to ask yet. */
  private question(): Partial<WalletQuoteIn> | null {
    if (this.mode === 'whole') return {};
    if (this.mode === 'share') return { people: this.people || 1 };
    const amount_fen = typedFen(this.typed);
    return amount_fen > 0 ? { amount_fen } : null;
  }

  /** Whether what is on show can be paid. */
  get ready(): boolean {
    if (this.busy) return false;
    if (this.unknown) return true;
    if (this.mode === 'part' && typedFen(this.typed) === 0) return false;
    return !this.asking && !this.failure && this.quote !== null && this.quote.refusal === null;
  }

  /**
   * Pays what was quoted, or repeats the payment whose outcome is not known.
   *
   * After a wrong PIN it goes on being asked for.
   *
   * @throws ApiError it was refused, and nothing was taken.
   * @throws NetworkError it may have been taken; paying again repeats it.
   */
  async pay(prove: Prove = UNPROVEN): Promise<WalletPaymentOut> {
    const amountFen = this.quote?.amount_fen ?? 0;
    const payment = this.unknown ?? { amountFen, intent: uuid4(), prove };
    this.busy = true;
    this.changed();
    try {
      const proof = await payment.prove();
      const paid = await payByWallet(this.orderId(), payment.amountFen, payment.intent, proof);
      this.unknown = null;
      this.pinning = false;
      return paid;
    } catch (error) {
      this.unknown = error instanceof ApiError ? null : payment;
      this.pinning = this.pinning && isAboutPin(error);
      this.pinFailure = this.pinning ? error : null;
      this.pinRound += 1;
      throw error;
    } finally {
      this.busy = false;
      this.changed();
    }
  }
}
