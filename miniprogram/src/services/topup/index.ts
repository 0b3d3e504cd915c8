import { read, write } from '../client/index';
import { fetchState, type Outcome, payThroughSheet } from '../payment/sheet';
import type { TopupOfferOut, TopupOffersOut, TopupOut } from '../types';

/** How topping up ended, as far as is known now. */
export type TopupOutcome = Outcome<TopupOut>;

function path(id: string): string {
  return `/topups/${encodeURIComponent(id)}`;
}

/** What this member may top up, and why not where they may not. */
export async function listOffers(): Promise<TopupOfferOut[]> {
  const answer = await read<TopupOffersOut>('/topup-offers', { login: 'required' });
  return answer?.body.offers ?? [];
}

/**
 * Begins to top up; nothing is paid yet.
 *
 * @param intent names this top-up: the same one, sent again, never begins a second.
 */
export function beginTopup(offerId: number, intent: string): Promise<TopupOut> {
  return write('/topups', { offer_id: offerId }, intent);
}

/** Has a top-up that was begun paid, and says how that ended. */
export function payTopup(topup: TopupOut): Promise<TopupOutcome> {
  return payThroughSheet(topup, path(topup.id));
}

/** How a top-up stands. */
export function fetchTopup(id: string): Promise<TopupOut> {
  return fetchState<TopupOut>(path(id));
}

/** Gives a top-up up. It may come back credited: only WeChat can say that it will not be paid. */
export function cancelTopup(id: string): Promise<TopupOut> {
  return write(`${path(id)}/cancel`, {});
}
