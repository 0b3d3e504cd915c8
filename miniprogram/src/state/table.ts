/** The table this phone sits at, its shared cart and what the phone has just done to it. */
import { timing } from '../config';
import { prepareLogin } from '../services/auth/index';
import {
  addLine,
  changeLine,
  placeRound,
  type Round,
  type TableAddress,
} from '../services/cart/index';
import { CartQueue } from '../services/cart/queue';
import { isRefusal } from '../services/client/index';
import { Poller } from '../services/poller';
import { scan as scanCode } from '../services/store/index';
import { fetchTable, joinTable, sayAllergies } from '../services/table/index';
import type { CartLineIn, CartOut, PlacedOut, ScanOut, TableOut } from '../services/types';
import { Observers } from '../utils/observers';
import { menuState } from './menu';
import { forgetTable, knownScan, rememberScan, rememberTable, rememberedTable } from './memory';

/**
 * `none`: not at a table; `joining`: on the way; `open`: ordering; `closed`: paid
 * and done; `failed`: could not join, `error` says why.
 */
export type Phase = 'none' | 'joining' | 'open' | 'closed' | 'failed';

const NO_CART: CartOut = { lines: [], quantity: 0, total_fen: 0 };
const GONE = ['table_session_closed', 'table_session_unknown'];

class TableState {
  phase: Phase = 'none';
  scene = '';
  scan: ScanOut | null = null;
  view: TableOut | null = null;
  error: unknown = null;
  /** The order that this phone's last round went into, and that round's number. */
  placedOrder = '';
  placedRound = 0;

  /** Hears what went wrong with a write that had already been shown. */
  onWriteError: (error: unknown) => void = () => {};

  private readonly observers = new Observers();
  private watchers = 0;
  /** This table was come back to, not scanned. */
  private resumed = false;
  /** Grows with every table; an answer for an earlier one is dropped. */
  private visit = 0;
  private poller: Poller<TableOut> | null = null;

  readonly queue = new CartQueue(
    {
      add: (line) => addLine(this.address(), line),
      change: (key, delta) => changeLine(this.address(), key, delta),
    },
    {
      changed: () => this.observers.notify(),
      acknowledged: () => this.poller?.nudge(),
      failed: (error) => {
        this.closeIfGone(error);
        this.poller?.nudge();
        this.onWriteError(error);
      },
    },
  );

  subscribe(listener: () => void): () => void {
    return this.observers.add(listener);
  }

  /** The diner scanned a table's code: show its store's menu and, meanwhile, sit down. */
  async enter(scene: string): Promise<void> {
    const visit = this.begin(scene);
    const known = knownScan(scene);
    if (known) this.arrive(known);
    const login = prepareLogin();
    login.catch(() => {});
    try {
      const found = await scanCode(scene);
      if (visit !== this.visit) return;
      rememberScan(scene, found);
      this.arrive(found);
      await login;
      this.joined(visit, await joinTable(found.store_id, scene));
    } catch (error) {
      this.fail(visit, error);
    }
  }

  /** Back at the table this phone sat at before, if it is still the same party's. */
  async resume(): Promise<void> {
    const table = rememberedTable();
    if (!table || this.phase === 'open' || this.phase === 'joining') return;
    const visit = this.begin(table.scene);
    this.resumed = true;
    this.arrive(table.scan);
    try {
      const view = await fetchTable(table.scan.store_id, table.token, '');
      if (view) this.joined(visit, view);
    } catch (error) {
      this.fail(visit, error);
    }
  }

  /** Tries again what failed. Coming back never turns into scanning: that would open a table anew. */
  retry(): Promise<void> {
    return this.resumed ? this.resume() : this.enter(this.scene);
  }

  /** Tells how many sit down. */
  async setGuests(count: number): Promise<void> {
    const { visit } = this;
    if (!this.scan) return;
    this.joined(visit, await joinTable(this.scan.store_id, this.scene, count));
  }

  /** Says what this phone's guest must not eat, until the table is paid. */
  async sayAllergies(codes: readonly string[]): Promise<void> {
    const { visit, view } = this;
    if (!view) return;
    try {
      this.joined(visit, await this.sayOnce(view, codes));
    } catch (error) {
      this.closeIfGone(error);
      throw error;
    }
  }

  /** An earlier word that was believed lost may have arrived: what is said now comes after it. */
  private async sayOnce(view: TableOut, codes: readonly string[]): Promise<TableOut> {
    try {
      return await sayAllergies(view, codes, view.allergies_rev);
    } catch (error) {
      if (!isRefusal(error, 'allergies_changed')) throw error;
      const now = await fetchTable(view.store_id, view.token, '');
      if (!now) throw error;
      return sayAllergies(now, codes, now.allergies_rev);
    }
  }

  /** Looks elsewhere; the table is remembered. */
  leave(): void {
    this.begin('');
    this.phase = 'none';
    this.observers.notify();
  }

  /** Leaves the table for good on this phone. */
  forget(): void {
    forgetTable();
    this.leave();
  }

  add(line: CartLineIn): void {
    this.queue.add(line);
  }

  change(lineKey: string, dishId: number, delta: number): void {
    this.queue.change(lineKey, dishId, delta);
  }

  /** Submits the cart; see `placeRound` for `intent`. */
  async place(round: Round, intent: string): Promise<PlacedOut> {
    try {
      const placed = await placeRound(this.address(), round, intent);
      // The cart has gone into the order; an empty rev asks for everything at the next look.
      if (this.view) this.view = { ...this.view, cart: NO_CART, rev: '' };
      this.placedOrder = placed.order_id;
      this.placedRound = placed.round_number;
      this.poller?.nudge();
      return placed;
    } catch (error) {
      this.closeIfGone(error);
      this.poller?.nudge();
      throw error;
    }
  }

  /** A page that shows the table has come to the front. */
  watch(): void {
    this.watchers += 1;
    this.poller?.start();
  }

  /** Such a page has left the front. */
  unwatch(): void {
    this.watchers = Math.max(0, this.watchers - 1);
    if (this.watchers === 0) this.poller?.stop();
  }

  private address(): TableAddress {
    return { storeId: this.view?.store_id ?? 0, token: this.view?.token ?? '' };
  }

  private begin(scene: string): number {
    this.poller?.stop();
    this.poller = null;
    this.queue.clear();
    this.visit += 1;
    this.scene = scene;
    this.resumed = false;
    this.scan = null;
    this.view = null;
    this.placedRound = 0;
    this.error = null;
    this.phase = 'joining';
    return this.visit;
  }

  private arrive(scan: ScanOut): void {
    this.scan = scan;
    this.observers.notify();
    void menuState.open(scan.store_id);
  }

  private joined(visit: number, view: TableOut): void {
    if (visit !== this.visit) return;
    this.hear(view);
    if (this.phase !== 'open' || this.poller) return;
    this.poller = this.makePoller(visit);
    if (this.watchers > 0) this.poller.start();
  }

  private makePoller(visit: number): Poller<TableOut> {
    return new Poller<TableOut>({
      intervalMs: timing.tablePollMs,
      ask: () => fetchTable(this.address().storeId, this.address().token, this.view?.rev ?? ''),
      onAnswer: (view, askedAt) => {
        if (visit !== this.visit || this.queue.makesUncertain(askedAt)) return;
        const settled = this.queue.settle(askedAt);
        if (view) this.hear(view);
        else if (settled) this.observers.notify();
      },
      onError: (error) => !this.closeIfGone(error),
    });
  }

  private hear(view: TableOut): void {
    this.view = view;
    this.error = null;
    this.phase = view.state === 'open' ? 'open' : 'closed';
    if (this.phase === 'closed') this.end();
    else if (this.scan) rememberTable({ scene: this.scene, scan: this.scan, token: view.token });
    menuState.heard(view.menu_version, view.remaining);
    this.observers.notify();
  }

  private closeIfGone(error: unknown): boolean {
    if (!isRefusal(error, ...GONE)) return false;
    this.phase = 'closed';
    this.end();
    this.observers.notify();
    return true;
  }

  private end(): void {
    this.poller?.stop();
    this.poller = null;
    this.queue.clear();
    forgetTable();
  }

  private fail(visit: number, error: unknown): void {
    if (visit !== this.visit || this.closeIfGone(error)) return;
    this.phase = 'failed';
    this.error = error;
    this.observers.notify();
  }
}

export const tableState = new TableState();
