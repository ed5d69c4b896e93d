/** A whole base at one look, and how it moved. */
import type { Migration, Portfolio } from '@keepsake/contract';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { LeftOut } from '../accounts/index.ts';
import { findCompany } from '../companies/index.ts';
import { basisOf, runView } from './basis.rules.ts';
import { findEndedRun, findGaps, findNewestRun } from './last-run.store.ts';
import { firstDayOf, orderOf, viewMonths } from './months.rules.ts';
import {
  countMonthTiers,
  countOpenWork,
  listKnownMonths,
  listMonthTotals,
  listUncountedMonths,
  saveMonthTiers,
  sumFlows,
  sumTiers,
  type TierSums,
} from './portfolio.store.ts';

/** How many months are shown. */
const MONTHS_SHOWN = 24;

const NO_WHALE = { customers: [], value: [], total: 0, peak: { customers: 0, value: 0 } };

/**
 * What the last run said of a base, with tiers and open work as they are now; undefined where there
 * is no such company. Curves and the test of the model are those of the run, and are not worked out.
 */
export async function readPortfolio(
  db: Db,
  deps: Pick<Deps, 'clock'>,
  company: string,
): Promise<Portfolio | undefined> {
  const record = await findCompany(db, company);
  if (record === undefined) return undefined;
  const now = new Date(deps.clock.now());
  const ended = await findEndedRun(db, company);
  const { tooLittle, leftOut } = await findGaps(db, company);
  const newest = await findNewestRun(db, company);
  const sums = await sumTiers(db, company, now);
  const open = await countOpenWork(db, company);
  const equity = sums.reduce((sum, { value }) => sum + value, 0);
  const body = ended?.body;
  return {
    currency: record.currency,
    basis: ended === undefined ? null : (basisOf(ended) ?? null),
    run: newest === undefined || newest.state === 'done' ? null : runView(newest),
    tooLittle,
    leftOut: leftOut === null || leftOut.purchases === 0 ? null : leftOutView(leftOut),
    customers: sums.reduce((sum, { customers }) => sum + customers, 0),
    equity,
    tiers: [...sums]
      .sort((a, b) => orderOf(a.tier) - orderOf(b.tier))
      .map((one) => shareOf(one, equity)),
    whale: body?.base?.whale ?? NO_WHALE,
    months: await readMonths(db, company),
    backTest: body?.backTest ?? null,
    openReviews: open.reviews,
    openContests: open.contests,
  };
}

function leftOutView({ purchases, customers, currencies }: LeftOut): Portfolio['leftOut'] {
  return { purchases, customers, currencies: [...currencies].sort() };
}

function shareOf(sums: TierSums, equity: number): Portfolio['tiers'][number] {
  const { quantiles, ...rest } = sums;
  const shareOfValue = equity > 0 ? sums.value / equity : null;
  return { ...rest, shareOfValue, quantiles: [...quantiles] };
}

/**
 * Counts the tiers of months that were written since, so that no page does: of those not counted yet,
 * and of those from an instant on, a month at a time.
 */
export async function keepMonthTiers(tx: Tx, company: string, from: Date): Promise<void> {
  for (const month of await listUncountedMonths(tx, company, from)) {
    await saveMonthTiers(tx, company, month);
  }
}

async function readMonths(db: Db, company: string): Promise<Portfolio['months']> {
  // One more than is shown: a return is that on the month before.
  const totals = await listMonthTotals(db, company, MONTHS_SHOWN + 1);
  const uncounted = totals.filter(({ tiers }) => tiers === null).map(({ month }) => month);
  return viewMonths(totals, await countMonthTiers(db, company, uncounted), MONTHS_SHOWN);
}

/** How customers went from tier to tier, or why that cannot be told. */
export type MigrationAnswer =
  | { readonly kind: 'migration'; readonly migration: Migration }
  | { readonly kind: 'company-not-found' }
  | { readonly kind: 'month-not-found' };

/**
 * Flows between any two months. The value of a flow is that of the later month, and of who left that
 * of the earlier one.
 */
export async function readMigration(
  db: Db,
  company: string,
  months: { readonly from: string; readonly to: string },
): Promise<MigrationAnswer> {
  if ((await findCompany(db, company)) === undefined) return { kind: 'company-not-found' };
  const days = { from: firstDayOf(months.from), to: firstDayOf(months.to) };
  const known = await listKnownMonths(db, company, [days.from, days.to]);
  if (!known.includes(days.from) || !known.includes(days.to)) return { kind: 'month-not-found' };
  const flows = [...(await sumFlows(db, company, days))];
  flows.sort((a, b) => orderOf(a.from) - orderOf(b.from) || orderOf(a.to) - orderOf(b.to));
  return { kind: 'migration', migration: { ...months, flows } };
}
