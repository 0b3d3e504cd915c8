import { API_ORIGIN } from '../../config';
import { read } from '../client/index';
import type { AvailabilityOut, MenuOut, ScanOut, StoreOut, StoresOut } from '../types';

const PUBLIC = { login: 'public' } as const;

interface CachedMenu {
  etag: string;
  menu: MenuOut;
}

async function body<T>(path: string): Promise<T> {
  const answer = await read<T>(path, PUBLIC);
  if (!answer) throw new Error(`unexpected 304 for ${path}`);
  return answer.body;
}

/** The stores that can be visited. */
export async function listStores(): Promise<StoreOut[]> {
  return (await body<StoresOut>('/stores')).stores;
}

/** Where a table's code leads. */
export function scan(scene: string): Promise<ScanOut> {
  return body<ScanOut>(`/scan?scene=${encodeURIComponent(scene)}`);
}

/** Dish id → portions left, for the dishes that are limited today. */
export async function availability(storeId: number): Promise<Record<string, number>> {
  return (await body<AvailabilityOut>(`/stores/${storeId}/availability`)).remaining;
}

function cacheKey(storeId: number): string {
  return `menu:${storeId}`;
}

function cached(storeId: number): CachedMenu | null {
  return (wx.getStorageSync(cacheKey(storeId)) as CachedMenu) || null;
}

/** The menu as this phone last saw it. */
export function cachedMenu(storeId: number): MenuOut | null {
  return cached(storeId)?.menu ?? null;
}

/** The menu as it is now; unchanged since last time costs an empty answer. */
export async function fetchMenu(storeId: number): Promise<MenuOut> {
  const known = cached(storeId);
  const header: Record<string, string> = known ? { 'If-None-Match': known.etag } : {};
  const answer = await read<MenuOut>(`/stores/${storeId}/menu`, { ...PUBLIC, header });
  if (!answer) return (known as CachedMenu).menu;
  const menu = answer.body;
  if (answer.header.etag) {
    // A menu too large to keep is simply fetched again next time.
    wx.setStorage({ key: cacheKey(storeId), data: { etag: answer.header.etag, menu }, fail() {} });
  }
  return menu;
}

/** The full address of a dish's picture. */
export function imageUrl(path: string | null | undefined): string {
  return path ? API_ORIGIN + path : '';
}
