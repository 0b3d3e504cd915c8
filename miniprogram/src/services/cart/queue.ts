import { moment } from '../../utils/moment';
import type { CartEntryOut, CartLineIn } from '../types';

/** What the queue needs of the API. */
export interface CartDoor {
  add(line: CartLineIn): Promise<CartEntryOut>;
  change(key: string, delta: number): Promise<CartEntryOut>;
}

interface Write {
  lineKey: string;
  dishId: number;
  delta: number;
  /** The whole line when it is new. */
  line: CartLineIn | null;
  sent: boolean;
  /** The `moment()` of the server's acknowledgement; 0 until then. */
  acknowledgedAt: number;
}

/**
 * The phone's own writes to the cart that the server's view does not show yet.
 *
 * They are shown at once and sent in order, one at a time for each line; quick
 * taps on one line become one write. A write is dropped once a view has been
 * asked for after its acknowledgement, because that view holds it.
 */
export class CartQueue {
  private writes: Write[] = [];
  private readonly busy = new Set<string>();

  constructor(
    private readonly door: CartDoor,
    private readonly events: {
      changed: () => void;
      acknowledged: () => void;
      failed: (error: unknown) => void;
    },
  ) {}

  add(line: CartLineIn): void {
    this.push(line.key, line.dish_id, line.quantity, line);
  }

  change(lineKey: string, dishId: number, delta: number): void {
    this.push(lineKey, dishId, delta, null);
  }

  /** New lines that the server's view does not show yet. */
  newLines(): CartLineIn[] {
    return this.writes.flatMap(({ line }) => (line ? [line] : []));
  }

  /** How many more (or fewer) of a line than the server's view shows; a new line's own quantity is not in it. */
  deltaOf(lineKey: string): number {
    return this.writes
      .filter((write) => write.lineKey === lineKey && !write.line)
      .reduce((total, { delta }) => total + delta, 0);
  }

  /** Whether nothing is shown beyond the server's view. */
  isEmpty(): boolean {
    return this.writes.length === 0;
  }

  /**
   * Whether a view asked for at `askedAt` may or may not hold a change that was on
   * its way meanwhile. Shown together with that change it might count it twice.
   */
  makesUncertain(askedAt: number): boolean {
    return this.writes.some((write) => !write.line && write.sent && !this.isHeldBy(write, askedAt));
  }

  /** A view asked for at `askedAt` has arrived: forget what it already holds. */
  settle(askedAt: number): boolean {
    const before = this.writes.length;
    this.writes = this.writes.filter((write) => !this.isHeldBy(write, askedAt));
    return this.writes.length !== before;
  }

  /** Forgets everything, as when the table is left. */
  clear(): void {
    this.writes = [];
  }

  private isHeldBy(write: Write, askedAt: number): boolean {
    return write.acknowledgedAt > 0 && write.acknowledgedAt < askedAt;
  }

  private push(lineKey: string, dishId: number, delta: number, line: CartLineIn | null): void {
    this.writes.push({ lineKey, dishId, delta, line, sent: false, acknowledgedAt: 0 });
    this.events.changed();
    void this.drain(lineKey);
  }

  private unsent(lineKey: string): Write[] {
    return this.writes.filter((write) => write.lineKey === lineKey && !write.acknowledgedAt);
  }

  private async drain(lineKey: string): Promise<void> {
    if (this.busy.has(lineKey)) return;
    this.busy.add(lineKey);
    try {
      for (let next = this.next(lineKey); next; next = this.next(lineKey)) {
        next.sent = true;
        await this.send(next);
        next.acknowledgedAt = moment();
        this.events.acknowledged();
      }
    } catch (error) {
      // What follows on this line was meant for a state that the server does not have.
      this.writes = this.writes.filter(
        (write) => write.lineKey !== lineKey || write.acknowledgedAt,
      );
      this.events.changed();
      this.events.failed(error);
    } finally {
      this.busy.delete(lineKey);
    }
  }

  /** The next write of a line, with the taps that followed it merged in; null when none is left. */
  private next(lineKey: string): Write | null {
    const [first, ...later] = this.unsent(lineKey);
    if (!first || first.line) return first ?? null;
    first.delta += later.reduce((total, { delta }) => total + delta, 0);
    this.writes = this.writes.filter(
      (write) => !later.includes(write) && (write !== first || first.delta !== 0),
    );
    return first.delta === 0 ? null : first;
  }

  private send(write: Write): Promise<CartEntryOut> {
    return write.line ? this.door.add(write.line) : this.door.change(write.lineKey, write.delta);
  }
}
