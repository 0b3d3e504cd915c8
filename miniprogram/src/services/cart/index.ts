import { write } from '../client/index';
import type { CartEntryOut, CartLineIn, PlacedOut } from '../types';

/** The table session that a cart belongs to. */
export interface TableAddress {
  storeId: number;
  token: string;
}

/** What is said when a round is submitted. */
export interface Round {
  menuVersion: number;
  onCall: boolean;
  clashesSeen: Record<string, Record<string, number[]>>;
}

function base({ storeId, token }: TableAddress): string {
  return `/stores/${storeId}/table-sessions/${encodeURIComponent(token)}`;
}

/** Puts a new line into the table's shared cart. */
export function addLine(table: TableAddress, line: CartLineIn): Promise<CartEntryOut> {
  return write(`${base(table)}/cart`, line);
}

/** Changes how many of a line there are, by `delta`. */
export function changeLine(table: TableAddress, key: string, delta: number): Promise<CartEntryOut> {
  return write(`${base(table)}/cart/${encodeURIComponent(key)}`, { delta });
}

/**
 * Submits the table's cart as one round.
 *
 * @param round.onCall 叫起: the kitchen waits until the staff say so
 * @param round.clashesSeen line → allergen → seats: who is allergic to what is wanted all the same
 * @param intent names this submission: the same one repeats it, and a cart that
 *   was already submitted under it is answered with the same order.
 */
export function placeRound(
  table: TableAddress,
  { menuVersion, onCall, clashesSeen }: Round,
  intent: string,
): Promise<PlacedOut> {
  const round = { menu_version: menuVersion, on_call: onCall, clashes_seen: clashesSeen };
  return write(`${base(table)}/rounds`, round, intent);
}
