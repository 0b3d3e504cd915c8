import { fill } from './words';

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** An ISO 8601 time as the phone's clock shows it: `18:05`. */
export function clock(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Day and time, by a pattern such as `{month}月{day}日 {clock}`. */
export function dayAndClock(iso: string, pattern: string): string {
  const at = new Date(iso);
  return fill(pattern, { month: at.getMonth() + 1, day: at.getDate(), clock: clock(iso) });
}
