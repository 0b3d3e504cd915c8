/** Orders as pages show them. */
import type { OrderLineOut, OrderOut, OrderSummary, RoundOut } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { yuan } from '../utils/money';
import { clock, dayAndClock } from '../utils/time';
import { tally } from '../utils/words';
import type { GuestView } from './cart';

export interface OrderLineView {
  id: string;
  name: string;
  options: string;
  parts: string[];
  note: string;
  rush: boolean;
  quantity: number;
  amount: string;
  guest: GuestView | null;
  /** What the kitchen has made of it. */
  state: OrderLineOut['state'];
  stateText: string;
  /** How much longer it is likely to take, in the server's own estimate; '' where there is none. */
  wait: string;
  canRush: boolean;
}

/** Before there is a line to show. */
export const NO_ORDER_LINE: OrderLineView = {
  id: '',
  name: '',
  options: '',
  parts: [],
  note: '',
  rush: false,
  quantity: 0,
  amount: '',
  guest: null,
  state: 'ordered',
  stateText: '',
  wait: '',
  canRush: false,
};

export interface RoundView {
  id: string;
  title: string;
  time: string;
  waiting: boolean;
  rejected: boolean;
  lines: OrderLineView[];
}

/** `waiting` is an open order whose first round the staff have not confirmed. */
export type OrderPhase = 'open' | 'waiting' | 'paid' | 'cancelled';

export interface OrderView {
  phase: OrderPhase;
  headline: string;
  hint: string;
  number: string;
  store: string;
  table: string;
  placedAt: string;
  rounds: RoundView[];
  charges: { name: string; quantity: number; amount: string }[];
  total: string;
  tax: string;
  paid: string;
  due: string;
  partlyPaid: boolean;
  payments: { id: number; method: string; amount: string }[];
  payable: boolean;
  /** Why it cannot be paid here, when it cannot. */
  payHint: string;
}

/** The guest on a seat, or null when nobody on a phone. */
export type SeatFinder = (seat: number) => GuestView | null;

function stateText(state: OrderLineOut['state']): string {
  const w = words().order;
  return {
    waiting: w.stateWaiting,
    ordered: w.stateOrdered,
    held: w.stateHeld,
    fired: w.stateFired,
    printed: w.stateFired,
    started: w.stateStarted,
    ready: w.stateReady,
    served: w.stateServed,
    voided: w.stateVoided,
  }[state];
}

function waitText(wait: OrderLineOut['wait']): string {
  if (!wait) return '';
  const w = words().order;
  return fill(wait.low === wait.high ? w.waitAbout : w.wait, { low: wait.low, high: wait.high });
}

function lineView(line: OrderLineOut, guestOn: SeatFinder): OrderLineView {
  return {
    id: line.id,
    name: pick(line.name),
    options: line.options.map(pick).join(words().common.listJoin),
    parts: tally(
      line.parts.map(({ name, options }) => [pick(name), ...options.map(pick)].join(' · ')),
    ),
    note: line.note,
    rush: line.rush,
    quantity: line.quantity,
    amount: yuan(line.amount_fen),
    guest: line.seat === null ? null : guestOn(line.seat),
    state: line.state,
    stateText: stateText(line.state),
    wait: waitText(line.wait),
    canRush: line.can_rush,
  };
}

function roundView(round: RoundOut, guestOn: SeatFinder): RoundView {
  return {
    id: `round-${round.number}`,
    title: fill(words().order.round, { number: round.number }),
    time: clock(round.placed_at),
    waiting: round.state === 'waiting',
    rejected: round.state === 'rejected',
    lines: round.lines.map((line) => lineView(line, guestOn)),
  };
}

function staffRound(lines: OrderLineOut[], guestOn: SeatFinder): RoundView[] {
  if (lines.length === 0) return [];
  return [
    {
      id: 'staff',
      title: words().order.staff,
      time: '',
      waiting: false,
      rejected: false,
      lines: lines.map((line) => lineView(line, guestOn)),
    },
  ];
}

export function orderPhase(order: OrderOut): OrderPhase {
  const waiting = order.rounds.some(({ state }) => state === 'waiting');
  return order.state === 'open' && waiting ? 'waiting' : order.state;
}

function phaseWords(phase: OrderPhase): { headline: string; hint: string } {
  const w = words().order;
  return {
    open: { headline: w.open, hint: w.openHint },
    waiting: { headline: w.waiting, hint: w.waitingHint },
    paid: { headline: w.paid, hint: w.paidHint },
    cancelled: { headline: w.cancelled, hint: w.cancelledHint },
  }[phase];
}

function payHint(order: OrderOut, phase: OrderPhase): string {
  if (order.state !== 'open' || order.payable) return '';
  const w = words().order;
  if (phase === 'waiting') return w.payLater;
  return order.due_fen > 0 ? w.payAtDesk : w.nothingDue;
}

export function orderView(order: OrderOut, guestOn: SeatFinder): OrderView {
  const phase = orderPhase(order);
  return {
    phase,
    ...phaseWords(phase),
    number: order.number,
    store: pick(order.store_name),
    table: order.table_name,
    placedAt: dayAndClock(order.placed_at, words().order.when),
    rounds: [
      ...order.rounds.map((round) => roundView(round, guestOn)),
      ...staffRound(order.staff_lines, guestOn),
    ],
    charges: order.charges.map(({ name, quantity, amount_fen }) => ({
      name: pick(name),
      quantity,
      amount: yuan(amount_fen),
    })),
    total: yuan(order.total_fen),
    tax: yuan(order.tax_fen),
    paid: yuan(order.paid_fen),
    due: yuan(order.due_fen),
    partlyPaid: order.paid_fen > 0 && order.due_fen > 0,
    payments: order.payments.map(({ method, amount_fen }, id) => ({
      id,
      method: pick(method),
      amount: yuan(amount_fen),
    })),
    payable: order.payable,
    payHint: payHint(order, phase),
  };
}

export interface SummaryView {
  id: string;
  store: string;
  table: string;
  placedAt: string;
  state: OrderSummary['state'];
  stateText: string;
  dishes: string;
  count: string;
  total: string;
}

/** An order as the list shows it. */
export function summaryView(order: OrderSummary): SummaryView {
  const w = words();
  return {
    id: order.id,
    store: pick(order.store_name),
    table: fill(w.menu.table, { table: order.table_name }),
    placedAt: dayAndClock(order.placed_at, w.order.when),
    state: order.state,
    stateText: w.order[order.state],
    dishes: order.first_dishes.map(pick).join(w.common.listJoin),
    count: fill(w.orders.portions, { count: order.quantity }),
    total: yuan(order.total_fen),
  };
}
