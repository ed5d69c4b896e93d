/** Months of a whole base as they are shown. */
import type { Portfolio } from '@keepsake/contract';
import { returnOnCustomer, TIERS, type Tier } from '@keepsake/value';
import type { MonthTerms } from './month-terms.store.ts';
import type { MonthTier, MonthTotal } from './portfolio.store.ts';

type ValueMonth = Portfolio['months'][number];

/** The month of a day, `YYYY-MM`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The first day of a month. */
export function firstDayOf(month: string): string {
  return `${month}-01`;
}

/** The last day of the month of a day. */
export function lastDayOf(day: string): string {
  const [year = 0, month = 0] = monthOf(day).split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function isNext(before: string, after: string): boolean {
  const [year = 0, month = 0] = monthOf(before).split('-').map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  return monthOf(after) === `${next[0]}-${String(next[1]).padStart(2, '0')}`;
}

/**
 * Whether what a month returned would compare what was reckoned by different cost tables or horizons:
 * equity before and after, or what was brought. What is not known of either differs from nothing.
 */
export function haveTermsChanged(before: MonthTerms | null, after: MonthTerms | null): boolean {
  return (
    areOther(before?.costs, after?.costs) ||
    areOther(after?.costs, after?.profitCosts) ||
    areOther(before?.horizonWeeks, after?.horizonWeeks)
  );
}

function areOther<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/**
 * Months with what each returned, oldest first: one fewer than totals are given where there are more
 * than `shown`, as the return needs the month before. Over a step from one cost table or horizon to
 * another there is no return: it would be of the terms, and not of customers.
 */
export function viewMonths(
  totals: readonly MonthTotal[],
  tiers: readonly MonthTier[],
  shown: number,
): ValueMonth[] {
  const counted = countsByMonth(tiers);
  const sorted = [...totals].sort((a, b) => (a.month < b.month ? -1 : 1));
  const months = sorted.map((total, i): ValueMonth => {
    const before = sorted[i - 1];
    const { customers, equity, profit } = total;
    const isAdjacent = before !== undefined && isNext(before.month, total.month);
    const termsChanged = isAdjacent && haveTermsChanged(before.terms, total.terms);
    const rate =
      isAdjacent && !termsChanged
        ? returnOnCustomer({ profit, equityBefore: before.equity, equityAfter: equity })
        : undefined;
    return {
      ...{ month: monthOf(total.month), customers, equity, profit },
      ...{ returnOnCustomer: rate ?? null, termsChanged },
      tiers: tiersOf(total.tiers ?? counted.get(total.month) ?? {}),
    };
  });
  return months.slice(-shown);
}

type TierCounts = Readonly<Partial<Record<Tier, number>>>;

function countsByMonth(rows: readonly MonthTier[]): ReadonlyMap<string, TierCounts> {
  const counts = new Map<string, TierCounts>();
  for (const { month, tier, customers } of rows) {
    counts.set(month, { ...counts.get(month), [tier]: customers });
  }
  return counts;
}

function tiersOf(counts: TierCounts): Record<Tier, number> {
  const countOf = (tier: Tier): number => counts[tier] ?? 0;
  return {
    keep: countOf('keep'),
    grow: countOf('grow'),
    maintain: countOf('maintain'),
    'below-zero': countOf('below-zero'),
    undecided: countOf('undecided'),
  };
}

/** The place of a tier in the order in which tiers are shown; who is absent comes last. */
export function orderOf(tier: Tier | 'absent'): number {
  return tier === 'absent' ? TIERS.length : TIERS.indexOf(tier);
}
