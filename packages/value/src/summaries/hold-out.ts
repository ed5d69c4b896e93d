import { ok, type Result } from '@keepsake/kernel';
import type { PurchaseSummary } from '../model.ts';
import { CustomerLedger } from './customer-ledger.ts';
import { groupByCustomer, type PurchaseSummaries, summarizeTransactions } from './summarize.ts';
import {
  createNoticeBook,
  type Observation,
  type Transaction,
  type TransactionFault,
} from './transaction.ts';

/** What a customer did after calibration. */
export interface HeldOut {
  /** The customer as calibration saw it. */
  readonly summary: PurchaseSummary;
  /** Days with a purchase after calibration. */
  readonly purchases: number;
  /** Their net value in units of the currency; returns of earlier purchases do not reduce it. */
  readonly spend: number;
}

/** A history cut in two: what a model may see, and what it is judged by. */
export interface HoldOut {
  readonly calibration: PurchaseSummaries;
  /** One for each of the calibration's summaries, in their order. */
  readonly customers: readonly HeldOut[];
  /** Length of the time after calibration, in the unit of the observation. */
  readonly horizon: number;
}

/**
 * Cuts transactions after a day: summaries know what was known then, and customers who came later are
 * left out of both. `calibrateUntil` lies before the end of observation.
 */
export function splitHoldOut(
  transactions: readonly Transaction[],
  observation: Observation,
  calibrateUntil: number,
): Result<HoldOut, TransactionFault> {
  const whole = summarizeTransactions(transactions, observation);
  if (whole.kind === 'refused') return whole;
  const isEarly = ({ day }: Transaction): boolean => day <= calibrateUntil;
  const early = transactions.filter(isEarly);
  const calibration = summarizeTransactions(early, { ...observation, until: calibrateUntil });
  if (calibration.kind === 'refused') return calibration;
  const later = laterPurchases(transactions, observation, calibrateUntil);
  const customers = calibration.value.summaries.map((summary) => ({
    summary,
    ...(later.get(summary.customer) ?? { purchases: 0, spend: 0 }),
  }));
  const days = observation.until - calibrateUntil;
  const horizon = observation.unit === 'week' ? days / 7 : days;
  return ok({ calibration: calibration.value, customers, horizon });
}

/** Purchases after calibration by customer; returns are netted over the whole history. */
function laterPurchases(
  transactions: readonly Transaction[],
  observation: Observation,
  calibrateUntil: number,
): ReadonlyMap<string, { readonly purchases: number; readonly spend: number }> {
  const notices = createNoticeBook();
  const ledger = new CustomerLedger();
  const later = new Map<string, { purchases: number; spend: number }>();
  for (const [customer, rows] of groupByCustomer(transactions)) {
    for (const row of rows) ledger.add(row);
    const held = { purchases: 0, spendMinor: 0 };
    ledger.closeDays(notices, (day, valueMinor) => {
      if (day <= calibrateUntil) return;
      held.purchases += 1;
      held.spendMinor += valueMinor;
    });
    const spend = held.spendMinor / (observation.minorPerUnit ?? 100);
    if (held.purchases > 0) later.set(customer, { purchases: held.purchases, spend });
  }
  return later;
}
