/** The end of a run: what it says appears as a whole, in one transaction. */
import { DAY_MS, type Instant, newId } from '@keepsake/kernel';
import { nextTierState } from '@keepsake/value';
import type { Tx } from '../../platform/database/schema.ts';
import { NO_SUMS, profitOf, sumMonths } from '../accounts/index.ts';
import { findTerms } from '../terms/index.ts';
import {
  deleteUnscoredMonth,
  giveTiers,
  keepMonthOf,
  listRanges,
  listScored,
  listUngiven,
  lockRange,
  type PersonRange,
} from './kept-tiers.store.ts';
import type { DecidedPast, PastTotal } from './past-months.service.ts';
import { insertReviews, listLookedAt, supersedeReviews } from './reviews.store.ts';
import type { RunBody } from './run-body.ts';
import { analyseTables, deleteOldModels, endRun, insertModel } from './runs.store.ts';
import { deleteOtherScores, sumScores } from './scores.store.ts';
import {
  deleteUnendedMonths,
  deleteUnscoredTiers,
  lockTiers,
  saveMonthProfit,
  saveMonthTotals,
  updateTiers,
  type ValueMonthTotalsTable,
} from './tiers.store.ts';
import { dayOf, monthOf, stateOf, tierRowOf } from './value-run.rules.ts';
import type { RunAtHand, RunParts, ScoredPresent, ValueDeps } from './value-run.service.ts';

/** A run that has just given tiers. */
export interface EndedRun {
  readonly company: string;
  readonly run: string;
  readonly now: Instant;
}

/** What follows from new tiers, inside the transaction that gives them: if it fails, the run does. */
export type AfterRun = (tx: Tx, ended: EndedRun) => Promise<void>;

/** Fits of a company that are kept. */
const MODELS_KEPT = 2;
/** Customers whose tiers are given in one statement: some tenths of a second. */
const RANGE_MAX = 10_000;

interface Ending {
  readonly atHand: RunAtHand;
  readonly until: string;
  readonly scored: ScoredPresent;
  readonly past: DecidedPast;
}

/** Ends a run: tiers, reviews, months, and all that follows from them. */
export async function keepRun(
  deps: ValueDeps,
  { hold, afterRun }: RunParts,
  ending: Ending,
): Promise<void> {
  const { run, now: begun } = ending.atHand;
  const { company } = run;
  const profits = await profitsOf(deps, ending);
  await hold.inside(async (tx) => {
    const now = deps.clock.now();
    const month = monthOf(begun);
    await keepTiers(tx, ending, now);
    await openReviews(tx, deps, ending, now);
    const present = { month, ...(await sumScores(tx, company, run.id)) };
    await saveTotals(tx, ending, { present, profits });
    await keepModel(tx, ending.scored);
    await deleteOtherScores(tx, company, run.id);
    await endScored(tx, ending, { now, customers: present.customers });
    for (const follow of afterRun) await follow(tx, { company, run: run.id, now });
  });
  await analyseTables(deps.database.kysely);
}

/** Ends a run that found too little for a model; what the last one said stays. */
export async function keepTooLittle(
  deps: ValueDeps,
  { hold }: Pick<RunParts, 'hold'>,
  found: {
    readonly atHand: RunAtHand;
    readonly until: string;
    readonly customers: number;
    readonly of: NonNullable<RunBody['tooLittle']>;
  },
): Promise<void> {
  const { atHand, until, customers } = found;
  const { run, terms } = atHand;
  const { settings, costs, policy } = terms;
  const body: RunBody = { tooLittle: found.of, settings, base: null, backTest: null };
  await hold.inside(async (tx) => {
    await deleteUnendedMonths(tx, run.company);
    await endRun(tx, {
      ...{ company: run.company, id: run.id, customers, until, body, model: null },
      ...{ costs: costs.version, policy: policy.version, ended_at: new Date(deps.clock.now()) },
    });
  });
}

async function endScored(
  tx: Tx,
  { atHand, until, scored }: Ending,
  { now, customers }: { readonly now: Instant; readonly customers: number },
): Promise<void> {
  const { run, terms } = atHand;
  const { base, model, backTest } = scored;
  const body: RunBody = {
    tooLittle: null,
    settings: terms.settings,
    base: {
      ...base,
      fittedAt: model.fitted_at.toISOString(),
      fittedUntil: model.until,
      fittedCustomers: model.customers,
    },
    backTest,
  };
  await endRun(tx, {
    ...{ company: run.company, id: run.id, customers, until, body, model: model.id },
    ...{ costs: terms.costs.version, policy: terms.policy.version, ended_at: new Date(now) },
  });
}

async function keepModel(tx: Tx, { model, isFitted }: ScoredPresent): Promise<void> {
  if (!isFitted) return;
  await insertModel(tx, model);
  await deleteOldModels(tx, model.company, MODELS_KEPT);
}

/**
 * The tiers of all whom the run has scored, and the month at hand. They were decided with the scores;
 * only those that somebody has changed since are decided here.
 */
async function keepTiers(tx: Tx, ending: Ending, now: Instant): Promise<void> {
  const { run, now: begun } = ending.atHand;
  const { company, id } = run;
  const month = monthOf(begun);
  for (const range of await listRanges(tx, { company, run: id }, RANGE_MAX)) {
    await lockRange(tx, range);
    await giveTiers(tx, range, new Date(begun));
    await decideUngiven(tx, ending, { range, now });
    await keepMonthOf(tx, range, month);
  }
  await deleteUnscoredMonth(tx, { company, run: id, month });
  await deleteUnscoredTiers(tx, company, id);
}

async function decideUngiven(
  tx: Tx,
  { atHand }: Ending,
  { range, now }: { readonly range: PersonRange; readonly now: Instant },
): Promise<void> {
  const { company } = range;
  const ungiven = await listUngiven(tx, range, new Date(atHand.now));
  const persons = ungiven.map(({ person }) => person);
  const standing = new Map((await lockTiers(tx, company, persons)).map((row) => [row.person, row]));
  const changed = ungiven.flatMap(({ person, decision }) => {
    const row = standing.get(person);
    if (row === undefined) return [];
    const stood = stateOf(row);
    const state = nextTierState(stood, decision, atHand.terms.policy, now);
    return state === stood ? [] : [tierRowOf(state)];
  });
  await updateTiers(tx, company, changed);
}

/**
 * Opens reviews of those whom a person should look at, but for who was looked at since tiers as old as
 * that would be gone; ends those of who is below zero no more.
 */
async function openReviews(
  tx: Tx,
  deps: Pick<ValueDeps, 'random'>,
  { atHand, scored }: Ending,
  now: Instant,
): Promise<void> {
  const { company } = atHand.run;
  const { policy } = atHand.terms;
  const below = scored.reviews.map(({ customer }) => customer);
  const persons = new Set(await listScored(tx, atHand.run, below));
  const wanted = scored.reviews.filter(({ customer }) => persons.has(customer));
  await supersedeReviews(tx, company, {
    persons: wanted.map(({ customer }) => customer),
    now: new Date(now),
  });
  const since = new Date(now - policy.validDays * DAY_MS);
  const lookedAt = new Set(await listLookedAt(tx, company, since));
  const fresh = wanted.filter(({ customer }) => !lookedAt.has(customer));
  await insertReviews(
    tx,
    fresh.map((item) => ({
      ...{ company, id: newId(now, deps.random), person: item.customer },
      ...{ opened_at: new Date(now), item: JSON.stringify(item) },
    })),
  );
}

/** What each month brought, from the oldest on that this run has to say anything of. */
async function profitsOf(
  deps: Pick<ValueDeps, 'database'>,
  { atHand, past, until }: Ending,
): Promise<(month: string) => number> {
  const { company } = atHand.run;
  const { kysely } = deps.database;
  const months = [previousMonth(monthOf(atHand.now)), monthOf(atHand.now)];
  for (const { month } of past.totals) months.push(month);
  const from = months.reduce((least, month) => (month < least ? month : least));
  const to = dayOf(Date.parse(until) + DAY_MS);
  const sums = new Map<string, number>();
  const summed = await sumMonths(kysely, company, { from, to });
  for (const month of new Set(months)) {
    const own = summed.find((one) => one.month === month.slice(0, 7))?.sums ?? NO_SUMS;
    const table = (await findTerms(kysely, company, lastDay(month))).costs ?? atHand.terms.costs;
    sums.set(month, profitOf(own, table));
  }
  return (month) => sums.get(month) ?? 0;
}

function previousMonth(month: string): string {
  return monthOf(Date.parse(month) - DAY_MS);
}

function lastDay(month: string): string {
  return dayOf(Date.parse(monthOf(Date.parse(month) + 31 * DAY_MS)) - DAY_MS);
}

/** Totals of the months that were decided and of the one at hand; the one before has come to its end. */
async function saveTotals(
  tx: Tx,
  { atHand, past }: Ending,
  {
    present,
    profits,
  }: { readonly present: PastTotal; readonly profits: (month: string) => number },
): Promise<void> {
  const { company } = atHand.run;
  const totals = [...past.totals, present].map(
    (total): ValueMonthTotalsTable => ({ company, ...total, profit: profits(total.month) }),
  );
  await saveMonthTotals(tx, totals);
  const before = previousMonth(present.month);
  await saveMonthProfit(tx, { company, month: before, profit: profits(before) });
}
