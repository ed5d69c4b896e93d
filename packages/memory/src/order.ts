import type { Instant } from '@keepsake/kernel';

/** What orders interactions by when the company knew them. */
export interface KnownOrder {
  readonly recordedAt: Instant;
  readonly seq: number;
  readonly id: string;
}

/** The total order of a journal: when recorded, then position, then id. */
export function compareKnown(a: KnownOrder, b: KnownOrder): number {
  return a.recordedAt - b.recordedAt || a.seq - b.seq || compareText(a.id, b.id);
}

/** Orders texts by UTF-16 code units, the same everywhere. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
