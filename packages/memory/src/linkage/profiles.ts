import { compareText } from '../order.ts';
import type { Comparer, Row } from './comparer.ts';
import type { LinkageRecord } from './model.ts';

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
export function profilesOf(
  records: readonly LinkageRecord[],
  comparer: Comparer,
  apart: ReadonlySet<string> = new Set(),
): readonly Profile[] {
  const sorted = [...records].sort((a, b) => compareText(a.id, b.id));
  const byRow = new Map<string, { ids: string[]; row: Row }>();
  sorted.forEach(({ id, fields }, i) => {
    if (sorted[i - 1]?.id === id) throw new RangeError(`two records have the id '${id}'`);
    const row = comparer.prepare(fields);
    const key = apart.has(id) ? `!${id}` : row.join();
    const profile = byRow.get(key);
    if (profile === undefined) byRow.set(key, { ids: [id], row });
    else profile.ids.push(id);
  });
  return [...byRow.values()];
}
