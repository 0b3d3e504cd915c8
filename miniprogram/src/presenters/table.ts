/** Where the phone sits, in words. */
import type { GuestOut, TableOut } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { yuan } from '../utils/money';
import { type GuestView, guestView } from './cart';

/** Faces that fit beside the table's name. */
const MOST_FACES = 4;

export interface TableView {
  store: string;
  /** `B12 桌`; empty while only looking. */
  table: string;
  people: string;
  faces: GuestView[];
  moreFaces: number;
}

export interface SeenTable {
  phase: 'none' | 'joining' | 'open' | 'closed' | 'failed';
  scan: { store_name: { zh: string; en: string }; table_name: string } | null;
  view: TableOut | null;
}

function peopleText({ phase, view }: SeenTable): string {
  const w = words().menu;
  if (phase === 'joining') return w.joining;
  if (!view || phase !== 'open') return '';
  return view.guest_count > 0 ? fill(w.people, { count: view.guest_count }) : w.setPeople;
}

/** Some of the guests, this phone's own last so that it lies on top. */
function facesOf(guests: GuestOut[], mySeat: number): GuestView[] {
  const views = guests.map((guest) => guestView(guest, mySeat));
  const others = views.filter(({ me }) => !me).slice(0, MOST_FACES - 1);
  return [...others, ...views.filter(({ me }) => me)];
}

/** The head of the menu page. `storeName` is the looked-at store's, when at no table. */
export function tableView(seen: SeenTable, storeName: string): TableView {
  const w = words().menu;
  const guests = seen.view && seen.phase === 'open' ? seen.view.guests : [];
  const mySeat = seen.view?.me.seat ?? 0;
  return {
    store: storeName || (seen.scan ? pick(seen.scan.store_name) : ''),
    table: seen.scan ? fill(w.table, { table: seen.scan.table_name }) : '',
    people: seen.scan ? peopleText(seen) : storeName && w.browsing,
    faces: facesOf(guests, mySeat),
    moreFaces: Math.max(0, guests.length - MOST_FACES),
  };
}

/** What became of the table's order, in one line; empty before the first round. */
export function orderedText({ phase, view }: SeenTable): string {
  const order = view?.order;
  const w = words().menu;
  if (!order || (phase !== 'open' && phase !== 'closed')) return '';
  if (phase === 'closed') return w.closedThanks;
  if (order.state !== 'open') return '';
  if (order.rounds.some(({ state }) => state === 'waiting')) return w.orderWaiting;
  return fill(w.ordered, { rounds: order.rounds.length, amount: `¥${yuan(order.total_fen)}` });
}
