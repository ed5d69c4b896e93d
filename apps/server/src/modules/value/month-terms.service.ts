/** Says by what the months were reckoned that a run has written. */
import type { Tx } from '../../platform/database/schema.ts';
import { findTerms } from '../terms/index.ts';
import { findEndedRun } from './last-run.store.ts';
import { listUnsaidMonths, saveMonthTerms } from './month-terms.store.ts';
import { lastDayOf } from './months.rules.ts';

/**
 * Keeps with each month that a run has written the cost table and the horizon it was reckoned by: the
 * month at hand by those of the run, months that have passed by the table of their last day, and so what
 * each month brought. Four reads by key a month; two months, but for a run that decided more.
 */
export async function keepMonthTerms(
  tx: Tx,
  { company, run }: { readonly company: string; readonly run: string },
): Promise<void> {
  const ended = await findEndedRun(tx, company, run);
  if (ended === undefined) return;
  const months = await listUnsaidMonths(tx, company);
  const atHand = months.findLast(({ terms }) => terms === null)?.month;
  const { horizonWeeks } = ended.body.settings;
  for (const { month, terms } of months) {
    const held = (await findTerms(tx, company, lastDayOf(month))).costs?.version ?? ended.costs;
    const costs = month === atHand ? ended.costs : held;
    const own = terms ?? { costs, horizonWeeks };
    await saveMonthTerms(tx, { company, month }, { ...own, profitCosts: held });
  }
}
