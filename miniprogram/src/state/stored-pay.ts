/** Paying an order with stored value: what the diner wants, and what the server says it comes to. */
import { ApiError } from '../services/client/index';
import type { WalletPaymentOut, WalletQuoteIn, WalletQuoteOut } from '../services/types';
import { payByWallet, quoteWallet } from '../services/wallet/index';
import { typedFen } from '../utils/money';
import { uuid4 } from '../utils/uuid';

/** All that is due, one's own share, or an amount. */
export type StoredPayMode = 'whole' | 'share' | 'part';

interface Payment {
  amountFen: number;
  intent: string;
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

  private asked = 0;

  /** @param changed is told whenever there is something else to show. */
  constructor(
    private readonly orderId: () => string,
    private readonly changed: () => void,
  ) {}

  /** Begins anew, as when the sheet opens. */
  open(): void {
    this.typed = '';
    this.choose('whole');
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
   * @throws ApiError it was refused, and nothing was taken.
   * @throws NetworkError it may have been taken; paying again repeats it.
   */
  async pay(): Promise<WalletPaymentOut> {
    const amountFen = this.quote?.amount_fen ?? 0;
    const payment = this.unknown ?? { amountFen, intent: uuid4() };
    this.busy = true;
    this.changed();
    try {
      const paid = await payByWallet(this.orderId(), payment.amountFen, payment.intent);
      this.unknown = null;
      return paid;
    } catch (error) {
      this.unknown = error instanceof ApiError ? null : payment;
      throw error;
    } finally {
      this.busy = false;
      this.changed();
    }
  }
}
