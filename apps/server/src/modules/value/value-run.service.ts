/** Values the base of a company: months that have passed, and the present. */
import type { BackTest } from '@keepsake/contract';
import { type Instant, invariant, newId } from '@keepsake/kernel';
import type { CostTable, ReviewItem, SavedValueModel } from '@keepsake/value';
import type { Deps } from '../../platform/deps.ts';
import { addUpAccounts, countLeftOut, streamAccounts } from '../accounts/index.ts';
import { findTerms, type Terms } from '../terms/index.ts';
import { type LoadedBase, loadBase, loadTest } from './base.service.ts';
import { listStanding } from './kept-tiers.store.ts';
import { findEndedRun } from './last-run.store.ts';
import { type DecidedPast, decideMonths } from './past-months.service.ts';
import type { RunHold } from './run-hold.ts';
import { findNewestModel, type RunRow, saveLeftOut, type ValueModelsTable } from './runs.store.ts';
import { deleteScores, insertScores, lockPresent } from './scores.store.ts';
import { deleteUnendedMonths } from './tiers.store.ts';
import type { KeptScore, ScoredBase } from './value-job.ts';
import { type AfterRun, keepRun, keepTooLittle } from './value-keep.service.ts';
import { dayOf, needsFit, nextOf, type RunPlace, seedOf } from './value-run.rules.ts';
import type { ValueThread } from './value-thread.ts';

/** What valuing needs of the platform. */
export type ValueDeps = Pick<Deps, 'database' | 'clock' | 'random'>;

/** Who helps. */
export interface RunParts {
  readonly thread: ValueThread;
  readonly hold: RunHold;
  readonly afterRun: readonly AfterRun[];
}

/** A run cannot even begin; the code is that of a problem. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused';
  readonly code = 'valuation/costs-missing';

  constructor() {
    super('no cost table holds today');
  }
}

/** One run, and what it reckons by. */
export interface RunAtHand {
  readonly run: RunRow;
  readonly now: Instant;
  readonly terms: Terms & { readonly costs: CostTable };
  readonly seed: number;
}

/**
 * Does a run from its beginning to its end. What a run that was cut short has left of it is deleted
 * first. Throws what `RunHold` does, `RunRefused`, and what the thread or the database fails with.
 */
export async function valueCompany(deps: ValueDeps, parts: RunParts, run: RunRow): Promise<void> {
  const { company } = run;
  const { kysely } = deps.database;
  const now = deps.clock.now();
  const { costs, ...others } = await findTerms(kysely, company, dayOf(now));
  if (costs === undefined) throw new RunRefused();
  const atHand: RunAtHand = { run, now, terms: { ...others, costs }, seed: seedOf(company) };
  await parts.hold.inside(async (tx) => {
    await deleteScores(tx, company, run.id);
    await deleteUnendedMonths(tx, company);
  });
  const { until } = await addUpAccounts(deps, company);
  const leftOut = await countLeftOut(kysely, company, until);
  await parts.hold.inside((tx) => saveLeftOut(tx, run, leftOut));
  const past = await decideMonths(deps, parts, atHand);
  const tell = (step: RunPlace['step'], share: number): Promise<void> =>
    parts.hold.tell({ month: past.months, months: past.months, step, share });
  await tell('adding-up', 1);
  const base = await loadBase(streamAccounts(kysely, company), { until, table: costs });
  const scored = await scorePresent(deps, parts, { atHand, base, past, tell });
  if (scored.kind === 'too-little') {
    await keepTooLittle(deps, parts, { atHand, until, customers: base.customers, of: scored.of });
    return;
  }
  await tell('keeping', 0);
  await keepRun(deps, parts, { atHand, until, scored, past });
}

/** What the thread has said of the present; the scores are kept already. */
export interface ScoredPresent {
  readonly kind: 'scored';
  readonly base: ScoredBase;
  readonly model: ValueModelsTable;
  /** Whether the model is a new one. */
  readonly isFitted: boolean;
  readonly backTest: BackTest | null;
  readonly reviews: readonly ReviewItem[];
}

type TooLittle = { readonly kind: 'too-little'; readonly of: 'purchases' | 'spend' | 'spend-mean' };

interface Present {
  readonly atHand: RunAtHand;
  readonly base: LoadedBase;
  readonly past: DecidedPast;
  readonly tell: (step: RunPlace['step'], share: number) => Promise<void>;
}

async function scorePresent(
  deps: ValueDeps,
  parts: RunParts,
  { atHand, base, past, tell }: Present,
): Promise<ScoredPresent | TooLittle> {
  const { run, now, terms, seed } = atHand;
  const { company } = run;
  const { kysely } = deps.database;
  if (base.customers === 0) return { kind: 'too-little', of: 'purchases' };
  const last = await findNewestModel(kysely, company);
  const wanted = { wantsFit: run.wants_fit, costs: terms.costs.version, now };
  const kept = needsFit(wanted, last) ? undefined : last;
  const tested = (await findEndedRun(kysely, company))?.body.backTest ?? null;
  // The last test stands for as long as what it tested does.
  const isTested = kept === undefined || tested === null;
  await tell('fitting', 0);
  const test = isTested ? await loadTest(kysely, company, base, terms.costs) : undefined;
  const said: Heard = { model: kept, backTest: isTested ? null : tested, reviews: [] };
  const { costs: table, policy, settings } = terms;
  const events = parts.thread.run({
    ...{ columns: base.columns, table, policy, settings, seed, now },
    ...{ model: kept?.body ?? null, test: test ?? null, of: 'present' },
  });
  for await (const event of events) {
    switch (event.kind) {
      case 'progress':
        await tell(event.step, event.share);
        break;
      case 'too-little':
        return event;
      case 'fitted':
        said.model = modelOf(deps, atHand, base, event.model);
        break;
      case 'tested':
        said.backTest = event.backTest;
        break;
      case 'scored':
        await keepScores(parts.hold, { atHand, past }, event.scores);
        said.reviews.push(...event.reviews);
        break;
      case 'ended':
        said.base = event.base;
        break;
      case 'decided':
        break;
    }
  }
  const { model, base: found, backTest, reviews } = said;
  invariant(model !== undefined && found !== undefined, 'what is scored is scored by a model');
  return { kind: 'scored', base: found, model, isFitted: model !== kept, backTest, reviews };
}

/** What has been heard of the thread so far. */
interface Heard {
  model: ValueModelsTable | undefined;
  base?: ScoredBase;
  backTest: BackTest | null;
  readonly reviews: ReviewItem[];
}

function modelOf(
  deps: Pick<Deps, 'random'>,
  { run, now, terms }: RunAtHand,
  { until }: LoadedBase,
  body: SavedValueModel,
): ValueModelsTable {
  const { company } = run;
  return {
    ...{ company, id: newId(now, deps.random), until, fitted_at: new Date(now) },
    ...{ customers: body.found.customers, costs: terms.costs.version, body },
  };
}

/**
 * Keeps scores, and with them what they make of the tiers that stand; who was erased since the base was
 * read has no row.
 */
async function keepScores(
  hold: RunHold,
  { atHand, past }: Pick<Present, 'atHand' | 'past'>,
  scores: readonly KeptScore[],
): Promise<void> {
  const { company, id } = atHand.run;
  const persons = scores.map(({ person }) => person);
  await hold.inside(async (tx) => {
    const present = await lockPresent(tx, company, persons);
    const standing = new Map(
      (await listStanding(tx, company, persons)).map((row) => [row.person, row]),
    );
    const { policy } = atHand.terms;
    const rows = scores.flatMap(({ decision, ...row }) => {
      if (!present.has(row.person)) return [];
      const before = { stood: standing.get(row.person), past: past.states.get(row.person) };
      const next = nextOf(before, { decision, policy, now: atHand.now });
      return [{ ...row, ...next, company, run: id }];
    });
    await insertScores(tx, rows);
  });
}
