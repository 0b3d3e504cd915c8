/** What the phone remembers of its table between visits. */
import type { ScanOut } from '../services/types';

export interface RememberedTable {
  scene: string;
  scan: ScanOut;
  token: string;
}

const TABLE_KEY = 'table';
const SCAN_KEY = 'scan';
const STORE_KEY = 'store';

/** Where a code led the last time, so that its menu shows before the network answers. */
export function knownScan(scene: string): ScanOut | null {
  const known = wx.getStorageSync(SCAN_KEY) as { scene: string; scan: ScanOut } | '';
  return known && known.scene === scene ? known.scan : null;
}

export function rememberScan(scene: string, scan: ScanOut): void {
  wx.setStorageSync(SCAN_KEY, { scene, scan });
  rememberStore(scan.store_id);
}

/** The table this phone sat at last, until it was closed. */
export function rememberedTable(): RememberedTable | null {
  return (wx.getStorageSync(TABLE_KEY) as RememberedTable) || null;
}

export function rememberTable(table: RememberedTable): void {
  if (rememberedTable()?.token === table.token) return;
  wx.setStorageSync(TABLE_KEY, table);
}

export function forgetTable(): void {
  wx.removeStorageSync(TABLE_KEY);
}

/** The store whose menu was looked at last; 0 for none. */
export function lastStore(): number {
  return (wx.getStorageSync(STORE_KEY) as number) || 0;
}

export function rememberStore(storeId: number): void {
  wx.setStorageSync(STORE_KEY, storeId);
}
