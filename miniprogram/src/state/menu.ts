/** The menu on show: what the phone remembered at once, then what the server says. */
import { availability, cachedMenu, fetchMenu } from '../services/store/index';
import type { MenuOut } from '../services/types';
import { Observers } from '../utils/observers';

class MenuState {
  storeId = 0;
  menu: MenuOut | null = null;
  /** Dish id → portions left, for the dishes that are limited. */
  remaining: Record<string, number> = {};
  /** Why there is no menu to show. */
  error: unknown = null;

  private readonly observers = new Observers();
  private running: { storeId: number; work: Promise<void> } | null = null;

  subscribe(listener: () => void): () => void {
    return this.observers.add(listener);
  }

  /** Shows a store's menu and brings it up to date. */
  open(storeId: number): Promise<void> {
    if (this.storeId !== storeId) {
      this.storeId = storeId;
      this.menu = cachedMenu(storeId);
      this.remaining = {};
      this.error = null;
      this.observers.notify();
    }
    return this.refresh();
  }

  /** Asks the server whether the menu has changed; calls at the same time share one request. */
  refresh(): Promise<void> {
    const { storeId } = this;
    if (!storeId) return Promise.resolve();
    if (this.running?.storeId !== storeId) {
      const work = this.load(storeId).finally(() => {
        if (this.running?.work === work) this.running = null;
      });
      this.running = { storeId, work };
    }
    return this.running.work;
  }

  /** The table's view says which version is in force, and what is left. */
  heard(version: number, remaining: Record<string, number>): void {
    this.remaining = remaining;
    if (this.menu && this.menu.version !== version) void this.refresh();
  }

  /** Asks what is left, for a diner who only looks. */
  async refreshRemaining(): Promise<void> {
    const { storeId } = this;
    if (!storeId) return;
    try {
      const remaining = await availability(storeId);
      if (this.storeId !== storeId) return;
      this.remaining = remaining;
      this.observers.notify();
    } catch {
      // What is left is checked by the server with every order; the menu is worth showing without it.
    }
  }

  private async load(storeId: number): Promise<void> {
    try {
      const menu = await fetchMenu(storeId);
      if (this.storeId !== storeId) return;
      this.error = null;
      if (this.menu?.version === menu.version) return;
      this.menu = menu;
    } catch (error) {
      if (this.storeId === storeId) this.error = error;
    }
    this.observers.notify();
  }
}

export const menuState = new MenuState();
