/** What the thread does for a run: it fits, tests and scores one base. Pure, slice by slice. */
import type { BackTest, ValueSettings } from '@keepsake/contract';
import type { Instant, Work } from '@keepsake/kernel';
import {
  type AccountColumns,
  type BaseScoring,
  backTest,
  type CostTable,
  type CustomerScore,
  type Drivers,
  fitValueModel,
  horizonOf,
  type NoValueModel,
  openValueModel,
  type PlacedValueModel,
  placeCustomers,
  prepareScoring,
  type ReviewItem,
  type SavedValueModel,
  type ScoringTerms,
  saveValueModel,
  shapleyValues,
  type TestedTotal,
  type TierDecision,
  type TierPolicy,
  valueOfDrivers,
} from '@keepsake/value';
import type { BaseTest } from './base.service.ts';
import { BaseTally } from './base-tally.ts';
import type { RunBody, ScoreBody } from './run-body.ts';
import type { ScoreRow } from './scores.store.ts';

/** What everything is reckoned by. */
export interface ReckoningTerms {
  readonly table: CostTable;
  readonly policy: TierPolicy;
  readonly settings: ValueSettings;
  readonly seed: number;
}

/** Draws of each customer. */
const DRAWS = 200;
/** Histories are in weeks. */
const WEEKS_A_YEAR = 365.25 / 7;

/** How a base is scored, here and wherever a customer is scored once more. */
export function scoringTermsOf(
  columns: AccountColumns,
  model: PlacedValueModel,
  { table, policy, settings, seed }: ReckoningTerms,
): ScoringTerms {
  const { horizonWeeks, growthReach, growthCost, newWeeks } = settings;
  return {
    ...{ columns, model, table, policy, seed, draws: DRAWS, newAge: newWeeks },
    horizon: horizonOf(table, { length: horizonWeeks, unitsPerYear: WEEKS_A_YEAR }),
    growth: { reach: growthReach, cost: growthCost },
  };
}

/** One base to be valued. */
export interface ValueJob extends ReckoningTerms {
  readonly columns: AccountColumns;
  /** A saved fit; null where the base is to be fitted. One that cannot be read is fitted anew. */
  readonly model: unknown;
  readonly now: Instant;
  /** What the model is tested by before; null where it is not tested. */
  readonly test: BaseTest | null;
  /** `past`: nothing is kept of it but tiers and values. */
  readonly of: 'past' | 'present';
}

/** What a run says of a customer, as it is kept. */
export type KeptScore = Omit<ScoreRow, 'company' | 'run'> & { readonly decision: TierDecision };

/** What a run says of a customer in a month that has passed. */
export interface PastScore {
  readonly decision: TierDecision;
  readonly value: number;
}

/** What the thread tells, in this order; `progress` is of the step, from 0 to 1. */
export type ValueEvent =
  | {
      readonly kind: 'progress';
      readonly step: 'fitting' | 'testing' | 'scoring';
      readonly share: number;
    }
  | { readonly kind: 'too-little'; readonly of: NoValueModel['of'] }
  | { readonly kind: 'fitted'; readonly model: SavedValueModel }
  | { readonly kind: 'tested'; readonly backTest: BackTest }
  | {
      readonly kind: 'scored';
      readonly scores: readonly KeptScore[];
      readonly reviews: readonly ReviewItem[];
    }
  | { readonly kind: 'decided'; readonly scores: readonly PastScore[] }
  | { readonly kind: 'ended'; readonly base: ScoredBase };

/** What was found of a base, but for when and on what it was fitted. */
export type ScoredBase = Omit<
  NonNullable<RunBody['base']>,
  'fittedAt' | 'fittedUntil' | 'fittedCustomers'
>;

type Told<T> = Generator<ValueEvent, T, void>;

/** Customers that are told of at once. */
const BATCH_MAX = 500;
/** Of scoring, what is done before the first customer. */
const PREPARED_SHARE = 0.2;
/** Customers scored between two pauses: some milliseconds. */
const SLICE = 16;

/** Values one base: each step is a slice of a few milliseconds, and tells something. */
export function* valueBase(job: ValueJob): Told<void> {
  const model = yield* modelOf(job);
  if (model === undefined) return;
  const { placed, verdict } = model;
  if (job.test !== null) yield* testModel(job.test, job.table);
  const preparing = prepareScoring(scoringTermsOf(job.columns, placed, job));
  const scoring = yield* told('scoring', preparing, { from: 0, to: PREPARED_SHARE });
  const tally = new BaseTally(scoring.size);
  for (let from = 0; from < scoring.size; from += BATCH_MAX) {
    const scores: CustomerScore[] = [];
    for (let i = from; i < Math.min(scoring.size, from + BATCH_MAX); i++) {
      if (i % SLICE === 0)
        yield scoringAt(PREPARED_SHARE + ((1 - PREPARED_SHARE) * i) / scoring.size);
      const score = scoring.score(i, job.now);
      tally.add(score);
      scores.push(score);
    }
    yield job.of === 'past' ? decidedEvent(scores) : scoredEvent(scores, scoring);
  }
  const { purchase, spend } = placed;
  yield {
    kind: 'ended',
    base: {
      ...{ model: purchase.name, verdict, ...tally.found() },
      parameters: { ...purchase.parameters, ...spend.model.parameters },
      cohort: scoring.cohort,
      cohortValue: valueOfDrivers(scoring.cohort, scoring.rates),
      rates: scoring.rates,
      topThreshold: scoring.topThreshold,
    },
  };
}

function* testModel(test: BaseTest, table: CostTable): Told<void> {
  const { cut, until, ...question } = test;
  const found = yield* told('testing', backTest({ ...question, table }), { from: 0, to: 1 });
  if (found.kind !== 'tested') return;
  const { customers, topDecile } = found;
  yield {
    kind: 'tested',
    backTest: {
      ...{ cut, until, customers },
      purchases: testedOf(found.purchases),
      revenue: testedOf(found.revenue),
      topTenth:
        found.revenue.actual > 0
          ? { byModel: topDecile.byPrediction, byPast: topDecile.byPast }
          : { byModel: null, byPast: null },
    },
  };
}

function testedOf({ rows, predicted, actual, interval90 }: TestedTotal): BackTest['purchases'] {
  return {
    rows: rows.map(({ count, from, to, predictedMean, actualMean, actualError }) => ({
      ...{ count, from, to, predicted: predictedMean, actual: actualMean },
      error: actualError ?? null,
    })),
    ...{ predicted, actual, ...interval90 },
  };
}

/** The fit at hand, or a new one; undefined where there is too little for any. */
function* modelOf(
  job: ValueJob,
): Told<{ readonly placed: PlacedValueModel; readonly verdict: string } | undefined> {
  const { columns, table } = job;
  const opened = job.model === null ? undefined : openValueModel(job.model);
  if (opened?.kind === 'ok') {
    const placed = placeCustomers(opened.value, columns, table);
    return { placed, verdict: opened.value.found.purchases };
  }
  const fitted = yield* told('fitting', fitValueModel(columns, table), { from: 0, to: 1 });
  if (fitted.kind === 'too-little-data') {
    yield { kind: 'too-little', of: fitted.of };
    return undefined;
  }
  yield { kind: 'fitted', model: saveValueModel(fitted) };
  return { placed: fitted, verdict: fitted.purchaseFit.verdict };
}

function scoringAt(share: number): ValueEvent {
  return { kind: 'progress', step: 'scoring', share };
}

/** Work of the engine, told as a part of a step. */
function* told<T>(
  step: 'fitting' | 'testing' | 'scoring',
  work: Work<T>,
  part: { readonly from: number; readonly to: number },
): Told<T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    const { done, of } = next.value;
    const share = part.from + (part.to - part.from) * Math.min(1, done / Math.max(1, of));
    yield { kind: 'progress', step, share };
  }
}

function decidedEvent(scores: readonly CustomerScore[]): ValueEvent {
  return {
    kind: 'decided',
    scores: scores.map(({ decision, value }) => ({ decision, value: value.mean })),
  };
}

function scoredEvent(scores: readonly CustomerScore[], base: BaseScoring): ValueEvent {
  return {
    kind: 'scored',
    scores: scores.map((score) => keptScore(score, base)),
    reviews: scores.flatMap(({ review }) => (review === undefined ? [] : [review])),
  };
}

function keptScore(score: CustomerScore, base: BaseScoring): KeptScore {
  const { decision, value, drivers, potentialPurchases } = score;
  const reason = mainReasonOf(drivers, base);
  const body: ScoreBody = { decision, drivers, potentialPurchases };
  return {
    person: score.customer,
    tier: decision.tier,
    value: value.mean,
    low: value.interval90.low,
    high: value.interval90.high,
    below_zero: value.belowZero,
    alive: value.alive,
    growth: score.growth,
    potential: score.potential,
    at_stake: decision.atStake,
    main_driver: reason?.driver ?? null,
    main_amount: reason?.amount ?? null,
    body: JSON.stringify(body),
    decision,
  };
}

/** What drives a value, in the order in which equal reasons are told. */
const DRIVERS: readonly (keyof Drivers)[] = [
  ...(['alive', 'purchases', 'spend', 'margin'] as const),
  ...(['returnRate', 'lines', 'contactCost'] as const),
];

/**
 * The first reason of `explainValue`, without making an object for each mixture of figures; undefined
 * where nothing sets the customer apart.
 */
export function mainReasonOf(
  own: Drivers,
  { cohort, rates }: Pick<BaseScoring, 'cohort' | 'rates'>,
): { readonly driver: keyof Drivers; readonly amount: number } | undefined {
  const mixed: Record<keyof Drivers, number> = { ...cohort };
  const amounts = shapleyValues(DRIVERS.length, (coalition) => {
    DRIVERS.forEach((driver, i) => {
      mixed[driver] = ((coalition >> i) & 1) === 1 ? own[driver] : cohort[driver];
    });
    return valueOfDrivers(mixed, rates);
  });
  let main: { readonly driver: keyof Drivers; readonly amount: number } | undefined;
  DRIVERS.forEach((driver, i) => {
    const amount = amounts[i] ?? 0;
    if (Math.abs(amount) > Math.abs(main?.amount ?? 0)) main = { driver, amount };
  });
  return main;
}
