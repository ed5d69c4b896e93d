import type { AccountColumns } from '../money/accounts.ts';
import type { PointColumns } from '../money/nearest.ts';
import { expectedSpend, type TrendedSpend } from '../money/spend.ts';

/** Near customers are hard to find in many dimensions. */
const CATEGORIES_MAX = 3;

/**
 * What accounts know of customers besides how often they buy, which is what lookalikes are asked for:
 * the log of what a purchase is worth, drawn to the base as far as it was seldom seen; the log of the
 * lines of a purchase; and the shares of the categories most bought, at most three and one fewer than
 * there are, each as if one purchase had been like the base. Returns and contacts are left out: they
 * cost money, and who has many should not be compared with his like alone.
 */
export function lookalikeProfile(columns: AccountColumns, spend: TrendedSpend): PointColumns {
  const size = columns.customer.length;
  const fill = (of: (i: number) => number): Float64Array => {
    const column = new Float64Array(size);
    for (let i = 0; i < size; i++) column[i] = of(i);
    return column;
  };
  const at = (column: Float64Array, i: number): number => column[i] ?? 0;
  const worth = fill((i) => {
    const [spendCount, meanSpend] = [at(columns.spendCount, i), at(columns.meanSpend, i)];
    return Math.log(expectedSpend(spend, { spendCount, meanSpend, log: 0 }));
  });
  const lines = fill((i) =>
    Math.log(Math.max(1, at(columns.lines, i) / (at(columns.frequency, i) + 1))),
  );
  const bought = fill(() => 0);
  for (const counts of columns.categories.values()) {
    counts.forEach((count, i) => {
      bought[i] = at(bought, i) + count;
    });
  }
  const all = sumOf(bought);
  const shares = mostBought(columns).map((counts) => {
    const usual = sumOf(counts) / all;
    return fill((i) => (at(counts, i) + usual) / (at(bought, i) + 1));
  });
  return [worth, lines, ...shares];
}

/** Counts of the categories most bought; of equal ones that whose name is first. */
function mostBought(columns: AccountColumns): readonly Float64Array[] {
  const categories = [...columns.categories]
    .map(([name, counts]) => ({ name, counts, total: sumOf(counts) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  const kept = Math.min(CATEGORIES_MAX, categories.length - 1);
  return categories.slice(0, Math.max(0, kept)).map(({ counts }) => counts);
}

function sumOf(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
