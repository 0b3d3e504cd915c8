import { read, write } from '../client/index';
import type { OrderOut, OrderSummary, OrdersOut, RushOut } from '../types';

/** The diner's orders, newest first. */
export async function listOrders(): Promise<OrderSummary[]> {
  const answer = await read<OrdersOut>('/orders', { login: 'required' });
  return answer?.body.orders ?? [];
}

/** An order as it is now; `null` when nothing changed since `rev`. */
export async function fetchOrder(id: string, rev: string): Promise<OrderOut | null> {
  const query = rev ? `?rev=${encodeURIComponent(rev)}` : '';
  const path = `/orders/${encodeURIComponent(id)}${query}`;
  return (await read<OrderOut>(path, { login: 'required' }))?.body ?? null;
}

/**
 * Asks the kitchen to hurry with a dish.
 *
 * @param intent names this request: the same one, sent again, prints nothing more.
 */
export function rushLine(orderId: string, lineId: string, intent: string): Promise<RushOut> {
  const path = `/orders/${encodeURIComponent(orderId)}/lines/${encodeURIComponent(lineId)}/rush`;
  return write(path, {}, intent);
}
