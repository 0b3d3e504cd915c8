import { read, write } from '../client/index';
import type { TableOut } from '../types';

/** Joins the table behind a code, or opens it. `guests`: how many sit down, when known. */
export function joinTable(storeId: number, scene: string, guests?: number): Promise<TableOut> {
  return write(
    `/stores/${storeId}/table-sessions`,
    guests === undefined ? { scene } : { scene, guests },
  );
}

/**
 * Says what this phone's guest must not eat, in place of what was said before.
 *
 * @param after `allergies_rev` of the table as it was shown; where the guest has said
 *   something since, it is refused with `allergies_changed`
 */
export function sayAllergies(
  { store_id: storeId, token }: Pick<TableOut, 'store_id' | 'token'>,
  allergens: readonly string[],
  after: number,
): Promise<TableOut> {
  const path = `/stores/${storeId}/table-sessions/${encodeURIComponent(token)}/allergies`;
  return write(path, { allergens, after });
}

/** The table as it is now; `null` when nothing changed since `rev`. */
export async function fetchTable(
  storeId: number,
  token: string,
  rev: string,
): Promise<TableOut | null> {
  const query = rev ? `?rev=${encodeURIComponent(rev)}` : '';
  const path = `/stores/${storeId}/table-sessions/${encodeURIComponent(token)}${query}`;
  return (await read<TableOut>(path, { login: 'required' }))?.body ?? null;
}
