/** The table's shared cart as pages show it, with what this phone has just done to it. */
import type { CartLineIn, CartLineOut, GuestOut, MenuOut, TableOut } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { percent, shortYuan, yuan } from '../utils/money';
import { tally } from '../utils/words';
import { type Clashes, clashSeats, clashText, contentsOf } from './allergies';
import { findDish } from './menu';

/** What is shown although the server's view does not hold it yet. */
export interface Unsettled {
  newLines(): CartLineIn[];
  deltaOf(lineKey: string): number;
  isEmpty(): boolean;
}

export interface GuestView {
  seat: number;
  emoji: string;
  name: string;
  me: boolean;
}

export interface CartLineView {
  key: string;
  dishId: number;
  name: string;
  options: string;
  parts: string[];
  note: string;
  rush: boolean;
  quantity: number;
  /** Empty while the server has not said it yet. */
  amount: string;
  guest: GuestView;
  /** `我点的` */
  by: string;
  problem: string;
  /** `含花生，2 号食客过敏`; empty where nobody is allergic to it. */
  clash: string;
  /** The same as the server compares it. */
  clashes: Clashes;
  sending: boolean;
}

/** Before there is a line to show. */
export const NO_CART_LINE: CartLineView = {
  key: '',
  dishId: 0,
  name: '',
  options: '',
  parts: [],
  note: '',
  rush: false,
  quantity: 0,
  amount: '',
  guest: { seat: 0, emoji: '', name: '', me: false },
  by: '',
  problem: '',
  clash: '',
  clashes: {},
  sending: false,
};

export interface CartView {
  lines: CartLineView[];
  quantity: number;
  total: string;
  /** The amounts are older than the quantities on show. */
  updating: boolean;
  hasProblem: boolean;
}

export const EMPTY_CART: CartView = {
  lines: [],
  quantity: 0,
  total: '0.00',
  updating: false,
  hasProblem: false,
};

export function guestView(guest: GuestOut, mySeat: number): GuestView {
  const me = guest.seat === mySeat;
  return {
    seat: guest.seat,
    emoji: guest.emoji,
    name: me ? words().cart.me : pick(guest.name),
    me,
  };
}

function guestOf(view: TableOut, seat: number): GuestView {
  const guest = view.guests.find((one) => one.seat === seat);
  return guestView(guest ?? { ...view.me, seat, emoji: '👤' }, view.me.seat);
}

function byText(guest: GuestView): string {
  return fill(words().cart.addedBy, { who: guest.name });
}

function settledLine(
  view: TableOut,
  line: CartLineOut,
  menu: MenuOut | null,
  delta: number,
): CartLineView {
  const join = words().common.listJoin;
  const guest = guestOf(view, line.seat);
  return {
    key: line.key,
    dishId: line.dish_id,
    name: pick(line.name),
    options: line.options.map(pick).join(join),
    parts: tally(
      line.components.map(({ name, options }) => [pick(name), ...options.map(pick)].join(' · ')),
    ),
    note: line.note,
    rush: line.rush,
    quantity: line.quantity + delta,
    amount: delta === 0 && !line.problem ? yuan(line.amount_fen) : '',
    guest,
    by: byText(guest),
    problem: line.problem ? pick(line.problem.message) : '',
    clash: clashText(view, line.allergens, menu?.allergens),
    clashes: clashSeats(view, line.allergens),
    sending: delta !== 0,
  };
}

function newLine(
  view: TableOut,
  line: CartLineIn,
  menu: MenuOut | null,
  delta: number,
): CartLineView {
  const dish = findDish(menu, line.dish_id);
  const guest = guestView(view.me, view.me.seat);
  const contents = dish ? contentsOf(dish, line) : [];
  return {
    key: line.key,
    dishId: line.dish_id,
    name: dish ? pick(dish.name) : '',
    options: '',
    parts: [],
    note: line.note ?? '',
    rush: line.rush ?? false,
    quantity: line.quantity + delta,
    amount: '',
    guest,
    by: byText(guest),
    problem: '',
    clash: clashText(view, contents, menu?.allergens),
    clashes: clashSeats(view, contents),
    sending: true,
  };
}

/** Everything about the cart that a page at the table shows. */
export function cartView(
  view: TableOut | null,
  unsettled: Unsettled,
  menu: MenuOut | null,
): CartView {
  if (!view) return EMPTY_CART;
  const known = new Set(view.cart.lines.map(({ key }) => key));
  const lines = [
    ...view.cart.lines.map((line) => settledLine(view, line, menu, unsettled.deltaOf(line.key))),
    ...unsettled
      .newLines()
      .filter(({ key }) => !known.has(key))
      .map((line) => newLine(view, line, menu, unsettled.deltaOf(line.key))),
  ].filter(({ quantity }) => quantity > 0);
  return {
    lines,
    quantity: lines.reduce((total, { quantity }) => total + quantity, 0),
    total: yuan(view.cart.total_fen),
    updating: !unsettled.isEmpty(),
    hasProblem: lines.some(({ problem }) => problem !== ''),
  };
}

/** Dish id → portions in the cart; a dish of `before` that is gone counts 0. */
export function dishCounts(
  lines: CartLineView[],
  before: Record<string, number>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const dishId of Object.keys(before)) counts[dishId] = 0;
  for (const { dishId, quantity } of lines) counts[dishId] = (counts[dishId] ?? 0) + quantity;
  return counts;
}

/** `宫保鸡丁：含花生，您过敏`, one text for each line that somebody at the table is allergic to. */
export function clashLines(cart: CartView): string[] {
  return cart.lines
    .filter(({ clash }) => clash !== '')
    .map(({ name, clash }) => `${name} · ${clash}`);
}

/** What `clashLines` says, for the server: line → allergen → seats. */
export function clashesSeen(cart: CartView): Record<string, Clashes> {
  const seen = cart.lines.filter(({ clash }) => clash !== '');
  return Object.fromEntries(seen.map(({ key, clashes }) => [key, clashes]));
}

/** The line that one more plain portion of a dish belongs to: this guest's own, without wishes. */
export function ownPlainLine(lines: CartLineView[], dishId: number): CartLineView | undefined {
  return lines.find(
    (line) =>
      line.dishId === dishId &&
      line.guest.me &&
      !line.options &&
      line.parts.length === 0 &&
      !line.note &&
      !line.rush,
  );
}

/** The line that one fewer portion of a dish is taken from: this guest's own before anyone else's. */
export function lineToReduce(lines: CartLineView[], dishId: number): CartLineView | undefined {
  const candidates = lines.filter((line) => line.dishId === dishId);
  return (
    ownPlainLine(lines, dishId) ??
    candidates.find(({ guest }) => guest.me) ??
    candidates[candidates.length - 1]
  );
}

/** What the server adds to the bill of this store, in words; seats only with the first round. */
export function chargesText(menu: MenuOut | null, firstRound: boolean): string {
  if (!menu) return '';
  const w = words().cart;
  const { seat_charge_fen: seat, service_charge_permille: service } = menu.store;
  const parts = [];
  if (seat > 0 && firstRound) parts.push(fill(w.seatCharge, { price: shortYuan(seat) }));
  if (service > 0) parts.push(fill(w.serviceCharge, { rate: percent(service) }));
  return parts.join(words().common.listJoin);
}
