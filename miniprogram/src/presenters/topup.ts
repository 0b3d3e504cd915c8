/** What can be topped up, and how topping up ended, as the page shows it. */
import { fill, pick, words } from '../i18n/index';
import type { TopupOutcome } from '../services/topup/index';
import type { TopupOfferOut, TopupOut } from '../services/types';
import { shortYuan, yuan } from '../utils/money';
import { dayAndClock } from '../utils/time';

export interface OfferView {
  id: number;
  name: string;
  price: string;
  /** `送 ¥50`; empty where nothing is given. */
  gives: string;
  until: string;
  /** Why this member cannot take it now. */
  refusal: string;
}

function untilText(endsAt: string | null): string {
  const w = words();
  return endsAt ? fill(w.topup.until, { when: dayAndClock(endsAt, w.order.when) }) : '';
}

export function offerView(offer: TopupOfferOut): OfferView {
  const w = words().topup;
  return {
    id: offer.id,
    name: pick(offer.name),
    price: shortYuan(offer.price_fen),
    gives: offer.bonus_fen ? fill(w.gives, { amount: shortYuan(offer.bonus_fen) }) : '',
    until: untilText(offer.ends_at),
    refusal: offer.refusal ? pick(offer.refusal) : '',
  };
}

/** The pay button's words; empty while nothing is chosen. */
export function payText(offers: OfferView[], chosen: number): string {
  const offer = offers.find(({ id }) => id === chosen);
  return offer ? fill(words().topup.pay, { amount: offer.price }) : '';
}

/** How it ended, where there is more to say than that it was given up. */
export interface EndView {
  phase: 'credited' | 'returned' | 'unconfirmed';
  title: string;
  hint: string;
}

export function topupEnd(topup: TopupOut, outcome: TopupOutcome): EndView | null {
  const w = words().topup;
  const { principal_fen, bonus_fen } = topup;
  const amounts = { principal: yuan(principal_fen), bonus: yuan(bonus_fen) };
  const credited = fill(bonus_fen ? w.creditedWith : w.credited, amounts);
  switch (outcome) {
    case 'credited':
      return { phase: outcome, title: w.done, hint: credited };
    case 'returned':
      return { phase: outcome, title: w.returned, hint: fill(w.returnedHint, amounts) };
    case 'unconfirmed':
      return { phase: outcome, title: w.unconfirmed, hint: w.unconfirmedHint };
    default:
      return null;
  }
}
