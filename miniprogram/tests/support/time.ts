import { mock } from 'node:test';

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}

/** Stops the clock; `advance` moves it. */
export function freezeTime(): void {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-05-01T10:00:00Z') });
}

export function releaseTime(): void {
  mock.timers.reset();
}

/** Moves the clock on in small steps, so that what each step starts can run. */
export async function advance(ms: number, step = 50): Promise<void> {
  await settle();
  for (let passed = 0; passed < ms; passed += step) {
    mock.timers.tick(Math.min(step, ms - passed));
    await settle();
  }
}
