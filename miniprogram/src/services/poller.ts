import { timing } from '../config';
import { moment } from '../utils/moment';

export interface PollerOptions<T> {
  /** Asks once; `null` when nothing changed. */
  ask: () => Promise<T | null>;
  /** Hears every answer, with the `moment()` at which it was asked for. */
  onAnswer: (answer: T | null, askedAt: number) => void;
  /** Hears a failure; false ends the polling. */
  onError: (error: unknown) => boolean;
  /** Pause between an answer and the next question, in milliseconds. */
  intervalMs: number;
}

/**
 * Asks again and again while somebody looks, one question at a time.
 *
 * Failures make the pauses longer, up to `timing.pollMaxMs`; an answer makes
 * them short again.
 */
export class Poller<T> {
  private running = false;
  private inFlight = false;
  private askAgain = false;
  private failures = 0;
  private cancelNext: () => void = () => {};

  constructor(private readonly options: PollerOptions<T>) {}

  /** Begins with a question at once; does nothing when it already runs. */
  start(): void {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    void this.ask();
  }

  /** Ends the questions; an answer on its way is dropped. */
  stop(): void {
    this.running = false;
    this.askAgain = false;
    this.cancelNext();
  }

  /** Asks now rather than after the pause, or right after the answer on its way. */
  nudge(): void {
    if (!this.running) return;
    if (this.inFlight) {
      this.askAgain = true;
      return;
    }
    this.cancelNext();
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.inFlight) return;
    this.inFlight = true;
    const askedAt = moment();
    try {
      const answer = await this.options.ask();
      this.failures = 0;
      if (this.running) this.options.onAnswer(answer, askedAt);
    } catch (error) {
      this.failures += 1;
      if (this.running && !this.options.onError(error)) this.stop();
    } finally {
      this.inFlight = false;
    }
    this.schedule();
  }

  private schedule(): void {
    if (!this.running) return;
    this.cancelNext();
    const pause = this.askAgain ? 0 : this.pause();
    this.askAgain = false;
    const timer = setTimeout(() => void this.ask(), pause);
    this.cancelNext = () => clearTimeout(timer);
  }

  private pause(): number {
    return Math.min(this.options.intervalMs * 2 ** this.failures, timing.pollMaxMs);
  }
}
