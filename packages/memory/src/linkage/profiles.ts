import type { Work } from '@keepsake/kernel';
import { compareText } from '../order.ts';
import type { Comparer, Row } from './comparer.ts';
import type { LinkageRecord } from './model.ts';

/** How many records are read between two looks at whoever waits. */
const SLICE = 200;

/** Records that say exactly the same; they are compared as one. */
export interface Profile {
  /** Sorted. */
  readonly ids: readonly string[];
  readonly row: Row;
}

/**
 * The different profiles of records, by their first id. Records that are named apart stay alone.
 * Throws where an id is there twice.
 */
export function* profilesOf(
  records: readonly LinkageRecord[],
  comparer: Comparer,
  apart: ReadonlySet<string> = new Set(),
): Work<readonly Profile[]> {
  const sorted = [...records].sort((a, b) => compareText(a.id, b.id));
  const byRow = new Map<string, { ids: string[]; row: Row }>();
  for (const [i, { id, fields }] of sorted.entries()) {
    if (sorted[i - 1]?.id === id) throw new RangeError(`two records have the id '${id}'`);
    const row = comparer.prepare(fields);
    const key = apart.has(id) ? `!${id}` : row.join();
    const profile = byRow.get(key);
    if (profile === undefined) byRow.set(key, { ids: [id], row });
    else profile.ids.push(id);
    if (i % SLICE === 0) yield { done: i, of: sorted.length };
  }
  return [...byRow.values()];
}
