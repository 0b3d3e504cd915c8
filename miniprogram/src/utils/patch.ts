/** The smallest `setData` that turns what a page shows into what it should show. */

type Values = Record<string, unknown>;

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function comparePair(was: unknown, now: unknown, path: string, out: Values): void {
  if (was === now) return;
  if (Array.isArray(was) && Array.isArray(now) && was.length === now.length) {
    now.forEach((item, index) => comparePair(was[index], item, `${path}[${index}]`, out));
  } else if (isObject(was) && isObject(now) && sameKeys(was, now)) {
    for (const key of Object.keys(now)) comparePair(was[key], now[key], `${path}.${key}`, out);
  } else if (!bothEmpty(was, now)) {
    out[path] = now;
  }
}

function sameKeys(was: Values, now: Values): boolean {
  const keys = Object.keys(was);
  return keys.length === Object.keys(now).length && keys.every((key) => key in now);
}

function bothEmpty(was: unknown, now: unknown): boolean {
  return Array.isArray(was) && Array.isArray(now) && was.length === 0 && now.length === 0;
}

/** Paths and values of `now` that differ from `was`, in the form `setData` takes. */
export function changes(was: Values, now: Values): Values {
  const out: Values = {};
  for (const key of Object.keys(now)) comparePair(was[key], now[key], key, out);
  return out;
}

/** Shows `now` on a page or component, sending only what differs. */
export function show(view: { data: object; setData(data: object): void }, now: Values): void {
  const data = changes(view.data as Values, now);
  if (Object.keys(data).length > 0) view.setData(data);
}
