import type { Tier } from '../tiers/tier.ts';
import type { Base } from './base.ts';

/** What quintiles do with the last fifth: nothing, or part with them. */
export type LastFifth = 'maintain' | 'below-zero';

/**
 * Tiers as they are made without a model: recency, frequency and money in quintiles (Hughes 1994), by
 * the sum of the three ranks. The best fifth is kept, the second grown, the rest maintained, the last
 * as asked. Of who has joined before the month, in the order of `accountsAt`.
 */
export function rfmTiers(base: Base, month: number, last: LastFifth): readonly Tier[] {
  const rows = base.customers.flatMap(({ joined }, i) => {
    if (joined >= month) return [];
    const seen = (base.purchases[i] ?? []).filter((purchase) => purchase.at < month);
    const money = seen.reduce((sum, purchase) => sum + purchase.kept, 0);
    return [{ recency: seen.at(-1)?.at ?? 0, frequency: seen.length, money }];
  });
  const recency = fifths(rows.map((row) => row.recency));
  const frequency = fifths(rows.map((row) => row.frequency));
  const money = fifths(rows.map((row) => row.money));
  const scores = rows.map(
    (_, i) => (recency[i] ?? 0) + (frequency[i] ?? 0) + (money[i] ?? 0) + (money[i] ?? 0) / 100,
  );
  const tiers: readonly Tier[] = [last, 'maintain', 'maintain', 'grow', 'keep'];
  return fifths(scores).map((fifth) => tiers[fifth] ?? 'maintain');
}

/** The fifth of each value, 0 to 4, of as many values each; equal ones in their order. */
function fifths(values: readonly number[]): readonly number[] {
  const order = values
    .map((_, i) => i)
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const fifth: number[] = new Array(values.length).fill(0);
  order.forEach((i, place) => {
    fifth[i] = Math.floor((place * 5) / values.length);
  });
  return fifth;
}
