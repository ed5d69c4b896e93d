import type { AskCounts } from '@keepsake/contract';
import { DAY_MS, type Instant, instantToText } from '@keepsake/kernel';
import type { AskCount } from './questions.store.ts';

const NOTHING = { needs: 0, known: 0, confirm: 0, asked: 0, repeats: 0, declined: 0, later: 0 };

/**
 * Counts together. A purpose that is not allowed counts as declined, so that nobody can tell how
 * much is withheld.
 */
export function sumCounts(counts: readonly AskCount[]): AskCounts {
  const sum = { ...NOTHING };
  for (const { outcome, count, repeats } of counts) {
    sum.needs += count;
    sum.repeats += repeats;
    if (outcome === 'ask') sum.asked += count;
    else if (outcome === 'withheld') sum.declined += count;
    else sum[outcome] += count;
  }
  return { ...sum, repeatRate: sum.asked === 0 ? null : sum.repeats / sum.asked };
}

/** The calendar dates in UTC of so many days, the last of them that of the moment. */
export function lastDates(now: Instant, days: number): readonly string[] {
  return Array.from({ length: days }, (_, index) =>
    instantToText(now - (days - 1 - index) * DAY_MS).slice(0, 10),
  );
}

/** Counts by one of their fields. */
export function countsBy(
  counts: readonly AskCount[],
  field: 'date' | 'predicate',
): ReadonlyMap<string, readonly AskCount[]> {
  const groups = new Map<string, AskCount[]>();
  for (const count of counts) {
    const group = groups.get(count[field]) ?? [];
    group.push(count);
    groups.set(count[field], group);
  }
  return groups;
}
