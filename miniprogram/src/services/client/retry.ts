import { MAX_RETRIES, timing } from '../../config';
import { wait } from '../../utils/wait';
import { NetworkError } from './errors';

/** Pause before retry number `attempt` (0 is the first): doubling, and spread by half either way. */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  return timing.retryBaseMs * 2 ** attempt * (0.5 + random());
}

/**
 * Runs `attempt` and repeats it while the network fails, at most `MAX_RETRIES` times.
 *
 * The caller makes the idempotency key outside, so every repeat carries the same one.
 */
export async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NetworkError) || tries === MAX_RETRIES) throw error;
      await wait(pauseBefore(tries));
    }
  }
}
