import {
  CustomerLedger,
  createNoticeBook,
  type NoticeBook,
  type PurchaseModelName,
  type PurchaseSummary,
  summarizeHistory,
  type Transaction,
} from '@keepsake/value';
import { MINOR_PER_UNIT } from './cells.ts';
import { exactUnit, type Periods, periodsOf, type TimeUnit } from './time-unit.ts';

/** How purchases become a history. */
export interface SummaryTerms {
  readonly model: PurchaseModelName;
  readonly unit: TimeUnit;
  /** The last day that counts, in days since 1970-01-01. */
  readonly until: number;
}

/** The history of one customer at the end of observation; undefined without a purchase by then. */
export type Summarize = (rows: readonly Transaction[]) => PurchaseSummary | undefined;

/** Makes histories in the unit of time, or for BG/BB in whole periods of that length. */
export function createSummarize(
  { model, unit, until }: SummaryTerms,
  notices: NoticeBook = createNoticeBook(),
): Summarize {
  const ledger = new CustomerLedger();
  const observation = { until, unit: exactUnit(unit), minorPerUnit: MINOR_PER_UNIT } as const;
  const periods = periodsOf(unit);
  return (rows) => {
    let isAny = false;
    for (const row of rows) {
      if (row.day > until) continue;
      ledger.add(row);
      isAny = true;
    }
    if (!isAny) return undefined;
    if (model === 'bg-bb') return summarizePeriods(rows, ledger, { until, periods, notices });
    const history = ledger.close(notices);
    return history === undefined ? undefined : summarizeHistory(history, observation);
  };
}

/**
 * Whole periods since the first purchase, each with a purchase or none. What was bought again in the
 * first period, and in the one that has not ended yet, is left out.
 */
function summarizePeriods(
  rows: readonly Transaction[],
  ledger: CustomerLedger,
  {
    until,
    periods,
    notices,
  }: { readonly until: number; readonly periods: Periods; readonly notices: NoticeBook },
): PurchaseSummary | undefined {
  let first = Number.NaN;
  let [frequency, recency, spendCount, spend, inPeriod] = [0, 0, 0, 0, 0];
  let age = 0;
  const closePeriod = (): void => {
    if (inPeriod > 0) spendCount += 1;
    spend += inPeriod;
    inPeriod = 0;
  };
  ledger.closeDays(notices, (day, valueMinor) => {
    if (Number.isNaN(first)) {
      first = day;
      age = periods.completeBy(first, until);
      return;
    }
    const period = periods.placeOf(first, day);
    if (period < 1 || period > age) return;
    if (period > recency) {
      closePeriod();
      frequency += 1;
      recency = period;
    }
    inPeriod += valueMinor;
  });
  closePeriod();
  if (Number.isNaN(first)) return undefined;
  const meanSpend = spendCount === 0 ? 0 : spend / spendCount / MINOR_PER_UNIT;
  return { customer: rows[0]?.customer ?? '', frequency, recency, age, spendCount, meanSpend };
}
