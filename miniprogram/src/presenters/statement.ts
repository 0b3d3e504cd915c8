/** The statement of a member's stored value, as its page shows it. */
import { fill, words } from '../i18n/index';
import type { StatementViewOut } from '../services/types';
import { yuan } from '../utils/money';
import { dayAndClock } from '../utils/time';
import { type EntryView, entryView, signed } from './wallet';

interface StatementRow extends EntryView {
  /** The beginning of its digest. */
  mark: string;
}

interface PeriodView {
  /** As the server takes it; empty for all. */
  month: string;
  name: string;
  on: boolean;
}

export interface StatementView {
  periods: PeriodView[];
  opening: string;
  added: string;
  taken: string;
  closing: string;
  entries: StatementRow[];
  /** How many earlier ones only the PDF has; empty where there are none. */
  leftOut: string;
  digest: string;
  fingerprint: string;
  issued: string;
}

function periodName(month: string): string {
  const w = words().statement;
  const [year, number] = month.split('-');
  return month ? fill(w.month, { year, number: Number(number) }) : w.all;
}

/** Digits in groups of eight, so that people can compare them. */
function grouped(digest: string): string {
  return (digest.match(/.{1,8}/g) ?? []).join(' ');
}

export function statementView(told: StatementViewOut): StatementView {
  const w = words();
  return {
    periods: ['', ...told.months].map((month) => ({
      month,
      name: periodName(month),
      on: month === told.month,
    })),
    opening: yuan(told.opening_fen),
    added: signed(told.in_fen),
    taken: yuan(told.out_fen),
    closing: yuan(told.closing_fen),
    entries: told.entries.map((entry) => ({
      ...entryView(entry),
      mark: entry.digest.slice(0, 8),
    })),
    leftOut: told.left_out ? fill(w.statement.leftOut, { count: told.left_out }) : '',
    digest: grouped(told.digest),
    fingerprint: told.fingerprint,
    issued: fill(w.statement.issued, { when: dayAndClock(told.issued_at, w.order.when) }),
  };
}
