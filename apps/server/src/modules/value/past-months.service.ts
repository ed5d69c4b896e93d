/** Decides months that have passed as they would have been decided at their end. */
import { nextTierState, type SavedValueModel, type TierState } from '@keepsake/value';
import { streamAccountsAsOf } from '../accounts/index.ts';
import { findTerms } from '../terms/index.ts';
import { loadBase } from './base.service.ts';
import type { RunHold } from './run-hold.ts';
import { lockPresent } from './scores.store.ts';
import { insertMonth, listEndedMonths, listTiersBefore, type MonthRow } from './tiers.store.ts';
import type { PastScore } from './value-job.ts';
import { monthsToDecide, type PastMonth, stateOf } from './value-run.rules.ts';
import type { RunAtHand, RunParts, ValueDeps } from './value-run.service.ts';

/** A base at the end of a month; what the month brought is added up later. */
export interface PastTotal {
  /** Its first day. */
  readonly month: string;
  readonly customers: number;
  readonly equity: number;
}

/** What was decided of months that have passed. */
export interface DecidedPast {
  /** How many there were to decide. */
  readonly months: number;
  readonly totals: readonly PastTotal[];
  /** Tiers as these months left them, of who had none before. */
  readonly states: ReadonlyMap<string, TierState>;
}

/**
 * Decides those months of a run that are not yet, the oldest first, each from the state that the one
 * before left. Their customers are kept as they are worked out, and their totals with the end of the
 * run: until then they are not there. A tier that stands is not changed by a past month. A month with
 * too little for a model is left out.
 */
export async function decideMonths(
  deps: ValueDeps,
  parts: RunParts,
  atHand: RunAtHand,
): Promise<DecidedPast> {
  const { run, now } = atHand;
  const { kysely } = deps.database;
  const decided = run.months === 0 ? [] : await listEndedMonths(kysely, run.company);
  const months = monthsToDecide(now, run.months, decided);
  const standing =
    months.length === 0 ? [] : await listTiersBefore(kysely, run.company, new Date(now));
  const history: History = {
    states: new Map(),
    standing: new Map(standing.map((row) => [row.person, stateOf(row)])),
    model: undefined,
  };
  const totals: PastTotal[] = [];
  for (const [at, month] of months.entries()) {
    const tell: Tell = (step, share) =>
      parts.hold.tell({ month: at, months: months.length, step, share });
    await tell('adding-up', 0);
    const total = await decideMonth(deps, parts, { atHand, month, history, tell });
    if (total !== undefined) totals.push(total);
  }
  const { standing: before, states } = history;
  for (const person of before.keys()) states.delete(person);
  return { months: months.length, totals, states };
}

type Tell = (step: 'adding-up' | 'fitting' | 'testing' | 'scoring', share: number) => Promise<void>;

/** What one month leaves to the next. */
interface History {
  readonly states: Map<string, TierState>;
  /** Tiers that runs have given. */
  readonly standing: ReadonlyMap<string, TierState>;
  model: SavedValueModel | undefined;
}

interface MonthAtHand {
  readonly atHand: RunAtHand;
  readonly month: PastMonth;
  readonly history: History;
  readonly tell: Tell;
}

async function decideMonth(
  deps: ValueDeps,
  { thread, hold }: RunParts,
  { atHand, month, history, tell }: MonthAtHand,
): Promise<PastTotal | undefined> {
  const { run, terms, seed } = atHand;
  const { company } = run;
  const { kysely } = deps.database;
  const { until, at: now } = month;
  // Of a time before the first cost table, the one of today tells more than none.
  const table = (await findTerms(kysely, company, until)).costs ?? terms.costs;
  const base = await loadBase(streamAccountsAsOf(kysely, company, until), { until, table });
  if (base.customers === 0) return undefined;
  const { policy, settings } = terms;
  const model = month.isFitted ? null : (history.model ?? null);
  const job = { columns: base.columns, table, policy, settings, seed, now, model };
  let [customers, equity] = [0, 0];
  for await (const event of thread.run({ ...job, test: null, of: 'past' })) {
    if (event.kind === 'too-little') return undefined;
    if (event.kind === 'progress') await tell(event.step, event.share);
    if (event.kind === 'fitted') history.model = event.model;
    if (event.kind !== 'decided') continue;
    const rows = event.scores.map((score) => nextRow(score, { atHand, month, history }));
    for (const row of await keepMonth(hold, { company, month: month.month }, rows)) {
      customers++;
      equity += row.value;
    }
  }
  return { month: month.month, customers, equity };
}

function nextRow(
  { decision, value }: PastScore,
  { atHand, month, history }: Pick<MonthAtHand, 'atHand' | 'month' | 'history'>,
): MonthRow {
  const { states, standing } = history;
  const person = decision.customer;
  const stood = standing.get(person);
  // What a later run has given says nothing of an earlier month.
  const seed = stood !== undefined && stood.lastRun < month.at ? stood : undefined;
  const state = nextTierState(states.get(person) ?? seed, decision, atHand.terms.policy, month.at);
  states.set(person, state);
  return { person, tier: state.tier, value };
}

/** Keeps a part of a month, but for who was erased meanwhile; answers what was kept. */
async function keepMonth(
  hold: RunHold,
  of: { readonly company: string; readonly month: string },
  rows: readonly MonthRow[],
): Promise<readonly MonthRow[]> {
  const persons = rows.map(({ person }) => person);
  return await hold.inside(async (tx) => {
    const present = await lockPresent(tx, of.company, persons);
    const kept = rows.filter(({ person }) => present.has(person));
    await insertMonth(tx, of, kept);
    return kept;
  });
}
