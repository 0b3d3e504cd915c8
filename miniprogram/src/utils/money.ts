/** Turns integer fen into text. Nothing here, or anywhere on the phone, computes an amount. */

/** `3850` → `38.50`. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(fen).replace('-', '').padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `3800` → `38`, `3850` → `38.50`: as menus print it. */
export function shortYuan(fen: number): string {
  return yuan(fen).replace(/\.00$/, '');
}

/** What an option adds: `200` → `+¥2`, `-300` → `-¥3`, `0` → an empty text. */
export function surcharge(fen: number): string {
  if (fen === 0) return '';
  const text = shortYuan(fen);
  return fen < 0 ? text.replace('-', '-¥') : `+¥${text}`;
}

/** `100` permille → `10%`, `85` → `8.5%`. */
export function percent(permille: number): string {
  const digits = String(permille).padStart(2, '0');
  return `${digits.slice(0, -1)}.${digits.slice(-1)}%`.replace('.0%', '%');
}

/** Yuan as people type them, in fen: `12.5` → `1250`; 0 for what is no amount above nothing. */
export function typedFen(text: string): number {
  const [, whole, rest = ''] = /^(\d{1,6})(?:\.(\d{0,2}))?$/.exec(text.trim()) ?? ['', '0'];
  return Number(whole + rest.padEnd(2, '0'));
}
