import { finish, invariant, type Work } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseStatistics } from '../model.ts';
import { type LikelihoodRows, likelihoodRows } from '../models/index.ts';
import { maximiseFromStarts } from './best-start.ts';
import type { Maximum } from './maximise.ts';
import { likelihoodObjective } from './objective.ts';
import { type Posterior, SAMPLED_CUSTOMERS_MAX, withPrior } from './posterior.ts';
import {
  type FittedModelName,
  MODEL_DEFINITIONS,
  type ModelDefinition,
} from './purchase-models.ts';

/** Fewer customers than these, or fewer who came again, and nothing is said. */
export const CUSTOMERS_MIN = 30;
export const REPEAT_BUYERS_MIN = 10;

/**
 * Twice the log-likelihood that dropout must add to NBD: without dropout, one base in twenty adds as
 * much. An even mixture of χ² of one and of two degrees, for a parameter on its bound and one that
 * then means nothing (Self and Liang 1987, case 6).
 */
export const DROPOUT_EVIDENCE_MIN = 5.14;

/** A model with parameters, and what the data say of them. */
export interface FittedPurchases {
  readonly verdict: 'identified' | 'dropout-not-identified';
  readonly requested: FittedModelName;
  /** What to predict with: the model asked for, or NBD where dropout is not identified. */
  readonly model: PredictiveModel;
  readonly customers: number;
  readonly logLikelihood: number;
  /** Twice what the requested model's log-likelihood is above that of NBD; 0 for NBD itself. */
  readonly dropoutEvidence: number;
  /** Of the model's parameters, as estimated; none of those that are on a bound. */
  readonly standardErrors: Readonly<Record<string, number>>;
  /**
   * Parameters that want to grow or shrink for ever. With a large a and b, or s and β, customers are
   * alike in how they stop: how often is known, and how different they are is not.
   */
  readonly atBound: readonly string[];
  /** Parameters in the order of the covariance, which is of their logarithms, n × n by rows. */
  readonly parameterNames: readonly string[];
  readonly logCovariance: Float64Array;
  /** What parameters are drawn from; undefined where they are drawn as normal about the estimates. */
  readonly posterior?: Posterior | undefined;
  readonly conditionNumber: number;
  readonly isConverged: boolean;
  /** Passes over rows, whether all or a part of them. */
  readonly evaluations: number;
}

/** Too few customers, or too few who came again, to say anything. */
export interface TooLittleData {
  readonly verdict: 'too-little-data';
  readonly requested: FittedModelName;
  readonly customers: number;
  readonly repeatBuyers: number;
}

export type PurchaseFit = FittedPurchases | TooLittleData;

/**
 * Fits a model of repeat purchases by maximum likelihood, and NBD beside it, so as to tell whether
 * the data show dropout at all. Cost: some ten passes over the rows, of 0.1 µs a row for BG/NBD and
 * 1 to 2 µs for Pareto/NBD. Throws `InvariantError` for rows that no purchases can have.
 */
export function* fitPurchases(
  statistics: PurchaseStatistics,
  requested: FittedModelName,
): Work<PurchaseFit> {
  const base = describeBase(statistics);
  const { customers, repeatBuyers } = base;
  if (customers < CUSTOMERS_MIN || repeatBuyers < REPEAT_BUYERS_MIN || base.age <= 0) {
    return { verdict: 'too-little-data', requested, customers, repeatBuyers };
  }
  const rows = likelihoodRows(statistics);
  const nbd = yield* fitDefinition(MODEL_DEFINITIONS.nbd, rows, base);
  if (requested === 'nbd') return describeFit('nbd', { requested, base, rows, nbd, found: nbd });
  const start = {
    ...base,
    nbd: [Math.exp(nbd.point[0] ?? 0), Math.exp(nbd.point[1] ?? 0)] as const,
  };
  const found = yield* fitDefinition(MODEL_DEFINITIONS[requested], rows, start);
  return describeFit(requested, { requested, base, rows, nbd, found });
}

/** `fitPurchases` without a pause. */
export function fitPurchasesNow(
  statistics: PurchaseStatistics,
  requested: FittedModelName,
): PurchaseFit {
  return finish(fitPurchases(statistics, requested));
}

interface Base {
  readonly customers: number;
  readonly repeatBuyers: number;
  /** The mean age. */
  readonly age: number;
  /** Shape and rate of an NBD, roughly. */
  readonly nbd: readonly [number, number];
}

function describeBase({ frequency, recency, age, count }: PurchaseStatistics): Base {
  let customers = 0;
  let repeatBuyers = 0;
  let purchases = 0;
  let time = 0;
  for (let i = 0; i < count.length; i++) {
    const [x, last, whole, weight] = [
      frequency[i] ?? Number.NaN,
      recency[i] ?? Number.NaN,
      age[i] ?? Number.NaN,
      count[i] ?? Number.NaN,
    ];
    const isHistory = x >= 0 && Number.isInteger(x) && last >= 0 && whole >= last;
    invariant(
      isHistory && whole < Infinity && weight >= 0,
      'rows are counts of purchase histories',
    );
    customers += weight;
    if (x > 0) repeatBuyers += weight;
    purchases += weight * x;
    time += weight * whole;
  }
  return { customers, repeatBuyers, age: time / customers, nbd: [0.7, (0.7 * time) / purchases] };
}

/** Times of the definition are multiples of the mean age. */
function fitDefinition(
  definition: ModelDefinition,
  rows: LikelihoodRows,
  { nbd, age }: Pick<Base, 'nbd' | 'age'>,
): Work<Maximum> {
  return maximiseFromStarts(definition.likelihood, rows, {
    starts: definition.starts(nbd, age).map((start) => start.map(Math.log)),
    ...boundsOf(definition, age),
  });
}

function boundsOf(
  { parameters }: ModelDefinition,
  age: number,
): { readonly lower: number[]; readonly upper: number[] } {
  const log = (value: number, isTime: boolean): number => Math.log(isTime ? value * age : value);
  return {
    lower: parameters.map(({ min, isTime }) => log(min, isTime)),
    upper: parameters.map(({ max, isTime }) => log(max, isTime)),
  };
}

/** Undefined of so many customers that the likelihood is as good as normal. */
function posteriorOf(
  definition: ModelDefinition,
  rows: LikelihoodRows,
  { base, found }: Pick<Fitted, 'base' | 'found'>,
): Posterior | undefined {
  if (base.customers >= SAMPLED_CUSTOMERS_MAX) return undefined;
  const { age } = base;
  const { lower, upper } = boundsOf(definition, age);
  const estimates = [...found.point.map(Math.exp)];
  const [r = 0, alpha = 0] = estimates;
  // From an estimate on a bound the way is long, and flat at first.
  const isOnBound = found.atBound.includes(true);
  const [start = estimates] = isOnBound ? definition.starts([r, alpha], age) : [estimates];
  const likelihood = likelihoodObjective(definition.likelihood, rows);
  return {
    objective: withPrior(likelihood, (point) => definition.prior(point, age)),
    start: Float64Array.from(start, Math.log),
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    rows: rows.count.length,
  };
}

interface Fitted {
  readonly requested: FittedModelName;
  readonly base: Base;
  readonly rows: LikelihoodRows;
  readonly nbd: Maximum;
  readonly found: Maximum;
}

function describeFit(
  name: FittedModelName,
  { requested, base, rows, nbd, found }: Fitted,
): FittedPurchases {
  const dropoutEvidence = 2 * Math.max(0, found.logLikelihood - nbd.logLikelihood);
  const isIdentified = name === 'nbd' || dropoutEvidence >= DROPOUT_EVIDENCE_MIN;
  const definition = MODEL_DEFINITIONS[isIdentified ? name : 'nbd'];
  const used = isIdentified ? found : nbd;
  const names = definition.parameters.map((parameter) => parameter.name);
  const errors = names.flatMap((parameter, i) => {
    const variance = used.covariance[i * names.length + i] ?? 0;
    if (used.atBound[i] === true) return [];
    return [[parameter, Math.exp(used.point[i] ?? 0) * Math.sqrt(variance)] as const];
  });
  return {
    verdict: isIdentified ? 'identified' : 'dropout-not-identified',
    requested,
    model: definition.create(used.point.map(Math.exp)),
    customers: base.customers,
    logLikelihood: used.logLikelihood,
    dropoutEvidence,
    standardErrors: Object.fromEntries(errors),
    atBound: names.filter((_, i) => used.atBound[i] === true),
    parameterNames: names,
    logCovariance: used.covariance,
    posterior: posteriorOf(definition, rows, { base, found: used }),
    conditionNumber: used.conditionNumber,
    isConverged: used.isConverged && nbd.isConverged,
    evaluations: found === nbd ? nbd.evaluations : nbd.evaluations + found.evaluations,
  };
}
