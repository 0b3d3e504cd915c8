/** What the menu page shows around the menu, worked out from plain values. */
import { words } from '../../i18n/index';
import { dishesOf, HEADING_HEIGHT, type SectionView } from '../../presenters/menu';
import { isRefusal } from '../../services/client/index';
import type { Phase } from '../../state/table';
import { errorText } from '../../utils/notice';

/** Instead of a menu. */
export interface Trouble {
  icon: string;
  title: string;
  hint: string;
  action: string;
  tone: string;
}

export function stateOf(kind: 'empty' | 'error' | 'code', why = ''): Trouble {
  const w = words();
  if (kind === 'empty') {
    return { icon: 'bowl', title: w.menu.empty, hint: w.menu.emptyHint, action: '', tone: 'plain' };
  }
  const action = kind === 'code' ? w.menu.rescan : w.common.retry;
  return { icon: 'alert', title: why, hint: '', action, tone: 'warn' };
}

/** Why the cart bar takes no orders, and what its button does instead. */
export function barOf(table: { phase: Phase; error: unknown }): {
  message: string;
  action: string;
} {
  const w = words();
  switch (table.phase) {
    case 'open':
      return { message: '', action: '' };
    case 'joining':
      return { message: w.menu.joining, action: '' };
    case 'closed':
      return { message: w.menu.closedTitle, action: w.menu.rescan };
    case 'failed':
      return {
        message: errorText(table.error),
        action: isRefusal(table.error, 'table_code_unknown') ? w.menu.rescan : w.common.retry,
      };
    default:
      return { message: w.menu.scanFirst, action: w.menu.scanToOrder };
  }
}

/**
 * Which blocks of dishes are near enough to the view to be drawn, one screen before it and one and a
 * half after, as far as that differs from what is drawn: `setData`'s paths and values.
 */
export function blocksToDraw(
  sections: SectionView[],
  tops: number[],
  scrollTop: number,
  height: number,
): Record<string, boolean> {
  const from = scrollTop - height;
  const to = scrollTop + 2.5 * height;
  const data: Record<string, boolean> = {};
  sections.forEach((section, index) => {
    let top = tops[index] + HEADING_HEIGHT;
    section.blocks.forEach((block, at) => {
      const on = top < to && top + block.height > from;
      if (on !== block.on) data[`sections[${index}].blocks[${at}].on`] = on;
      top += block.height;
    });
  });
  return data;
}

/** Category id → portions of its dishes in the cart. */
export function categoryCounts(
  sections: SectionView[],
  counts: Record<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    sections.map((section) => [
      section.id,
      dishesOf(section).reduce((total, dish) => total + (counts[dish.id] ?? 0), 0),
    ]),
  );
}
