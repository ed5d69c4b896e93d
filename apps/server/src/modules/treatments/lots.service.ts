/** Draws lots after each run, and counts what came of those that were drawn. */
import { DAY_MS, type Work } from '@keepsake/kernel';
import {
  type Assignment,
  assignTreatments,
  judgeRuleOf,
  judgeTreatment,
  type TreatmentPlan,
} from '@keepsake/value';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { profitOf, sumWindows } from '../accounts/index.ts';
import { findTerms } from '../terms/index.ts';
import { listReviewed } from '../value/index.ts';
import { listArms } from './arms.store.ts';
import {
  armsOf,
  distinctOf,
  freshOf,
  LOYALTY_KIND,
  type LotWindow,
  lotsOf,
  subjectsOf,
  WINDOW_DAYS,
} from './lots.rules.ts';
import {
  insertAssignments,
  listAssignments,
  listDueOutcomes,
  listHolders,
  listTiered,
  saveOutcomes,
  saveStates,
  type TreatmentStatesTable,
} from './treatments.store.ts';

type LotDeps = Pick<Deps, 'keys'>;

/** Lots that are written down at once; others are served between two batches. */
const BATCH_MAX = 5_000;

/** A run that has just given tiers. */
export interface EndedRun {
  readonly company: string;
  readonly now: number;
}

/**
 * What follows from new tiers, inside the transaction that gives them: outcomes whose window has
 * closed are counted, verdicts that are due are said, and who could have a treatment is drawn.
 */
export async function drawLots(tx: Tx, deps: LotDeps, run: EndedRun): Promise<void> {
  const { company, now } = run;
  const { costs, plan } = await findTerms(tx, company, dayOf(now));
  if (costs === undefined || plan === undefined) return;
  const profitIn = async (windows: readonly LotWindow[]): Promise<readonly number[]> => {
    const { distinct, places } = distinctOf(windows);
    const sums = await sumWindows(tx, company, distinct);
    const profits = sums.map((each) => profitOf(each, costs));
    return places.map((place) => profits[place] ?? 0);
  };
  await countOutcomes(tx, run, profitIn);
  const drawn = await draw(tx, deps, run, plan);
  const days = { from: dayOf(now - WINDOW_DAYS * DAY_MS), to: dayOf(now) };
  const times = {
    assigned_at: new Date(now),
    counts_at: new Date(now + WINDOW_DAYS * DAY_MS),
  };
  const before = new Map<string, number>();
  for (let from = 0; from < drawn.fresh.length; from += BATCH_MAX) {
    const batch = drawn.fresh.slice(from, from + BATCH_MAX);
    const persons = new Set(batch.map(({ subject }) => subject).filter((one) => !before.has(one)));
    const windows = [...persons].map((person) => ({ person, ...days }));
    const profits = await profitIn(windows);
    for (const [i, { person }] of windows.entries()) before.set(person, profits[i] ?? 0);
    await insertAssignments(
      tx,
      batch.map(({ subject, treatment, arm }) => ({
        ...{ company, treatment, arm, person: subject, ...times },
        before: before.get(subject) ?? 0,
        outcome: null,
      })),
    );
  }
  await saveStates(tx, await statesOf(tx, run, plan, drawn));
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

async function countOutcomes(
  tx: Tx,
  { company, now }: EndedRun,
  profitIn: (windows: readonly LotWindow[]) => Promise<readonly number[]>,
): Promise<void> {
  const due = await listDueOutcomes(tx, company, new Date(now));
  const outcomes = await profitIn(due);
  await saveOutcomes(
    tx,
    company,
    due.map(({ treatment, person }, i) => ({ treatment, person, outcome: outcomes[i] ?? 0 })),
  );
}

interface Drawn {
  readonly fresh: readonly Assignment[];
  readonly awaiting: readonly { readonly treatment: string }[];
  readonly overBudget: Readonly<Record<string, number>>;
}

async function draw(
  tx: Tx,
  { keys }: LotDeps,
  { company, now }: EndedRun,
  plan: TreatmentPlan,
): Promise<Drawn> {
  const reviewed = new Set(await listReviewed(tx, company));
  const loyal = new Set(await listHolders(tx, company, LOYALTY_KIND));
  const subjects = subjectsOf(await listTiered(tx, company, dayOf(now)), { reviewed, loyal }, now);
  const held = (await listAssignments(tx, company)).map(
    ({ treatment, person, arm }): Assignment => ({ treatment, subject: person, arm }),
  );
  const key = keys.hmac(company, 'treatments.lot', '');
  const outcome = await inSlices(assignTreatments({ plan, subjects, held, key, now }));
  await pause();
  return {
    fresh: freshOf(outcome.assignments, held),
    awaiting: outcome.awaitingReview,
    overBudget: outcome.overBudget,
  };
}

/** Does work to its end; others are served between two slices of it. */
async function inSlices<T>(work: Work<T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

/** Lets others be served. */
async function pause(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

async function statesOf(
  tx: Tx,
  { company, now }: EndedRun,
  plan: TreatmentPlan,
  drawn: Drawn,
): Promise<readonly TreatmentStatesTable[]> {
  const arms = await listArms(tx, company);
  return plan.treatments.map((treatment) => {
    const { verdict } = judgeTreatment(
      armsOf(arms, treatment),
      judgeRuleOf(treatment),
      lotsOf(arms, treatment),
    );
    const said = verdict === 'running' ? null : verdict;
    return {
      ...{ company, treatment: treatment.id, verdict: said },
      said_at: said === null ? null : new Date(now),
      awaiting_review: drawn.awaiting.filter((one) => one.treatment === treatment.id).length,
      over_budget: drawn.overBudget[treatment.id] ?? 0,
    };
  });
}
