/** What the server says has changed on the menu since the diner looked, in words. */
import type { Text } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { shortYuan } from '../utils/money';

/** One entry of a `menu_changed` refusal's data. */
export interface MenuChange {
  name: Text | null;
  kind: string;
  old_price_fen: number | null;
  new_price_fen: number | null;
  code: string | null;
}

function isPriceChange(
  change: MenuChange,
): change is MenuChange & { old_price_fen: number; new_price_fen: number } {
  const { kind, old_price_fen: before, new_price_fen: after } = change;
  return kind === 'price' && before !== null && after !== null;
}

function pattern({ code }: MenuChange): string {
  const w = words().changes;
  if (code === 'dish_unknown') return w.removed;
  return /^(option|set)_/.test(code ?? '') ? w.optionsChanged : w.other;
}

export function changeText(change: MenuChange): string {
  const dish = change.name ? pick(change.name) : '';
  if (!isPriceChange(change)) return fill(pattern(change), { dish });
  return fill(words().changes.priceChanged, {
    dish,
    before: shortYuan(change.old_price_fen),
    after: shortYuan(change.new_price_fen),
  });
}
