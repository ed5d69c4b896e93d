import { invariant, type Work } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseStatistics } from '../model.ts';
import { gammaTable, type LikelihoodRows, likelihoodRows } from '../models/likelihood.ts';
import { createParetoNbd, type ParetoNbdRow, paretoNbdRows } from '../models/pareto-nbd.ts';
import { type FittedPurchases, fitPurchases, type TooLittleData } from './fit-purchases.ts';
import { type Evaluation, type Maximum, maximise, type Objective } from './maximise.ts';

/** What is known of customers that does not change: a number for each row of the statistics. */
export interface Covariate {
  readonly name: string;
  readonly values: Float64Array;
}

/** Covariates of how often customers buy, and of how soon they stop. */
export interface Covariates {
  readonly purchases: readonly Covariate[];
  readonly dropout: readonly Covariate[];
}

/** One unit more of the covariate multiplies the rate by e^estimate. */
export interface Coefficient {
  readonly name: string;
  readonly of: keyof Covariates;
  readonly estimate: number;
  readonly standardError: number;
}

/** Pareto/NBD whose rates depend on covariates. */
export interface CovariateFit {
  readonly verdict: 'identified';
  readonly coefficients: readonly Coefficient[];
  /** Of a customer whose covariates are all zero. */
  readonly parameters: Readonly<Record<'r' | 'alpha' | 's' | 'beta', number>>;
  readonly logLikelihood: number;
  /** Twice what the covariates add to the log-likelihood: χ² with as many degrees, if nothing. */
  readonly evidence: number;
  readonly isConverged: boolean;
  readonly conditionNumber: number;
  /** The model of a customer, from values in the order of the covariates. */
  modelOf(values: CovariateValues): PredictiveModel;
}

/** One customer's covariates. */
export type CovariateValues = Readonly<Record<keyof Covariates, ArrayLike<number>>>;

const SLICE = 1024;
const COEFFICIENT_MAX = 20;

/**
 * Fits Pareto/NBD with covariates that stay the same: the rate of purchases is multiplied by
 * exp(γ · z), that of stopping likewise, which divides α and β (Fader and Hardie 2007). Rows are of
 * one history and one set of covariates. Without enough data, or without dropout to be seen, it
 * answers what the fit without covariates says. Throws `InvariantError` for columns of other lengths.
 */
export function* fitCovariates(
  statistics: PurchaseStatistics,
  covariates: Covariates,
): Work<CovariateFit | FittedPurchases | TooLittleData> {
  const all = [...covariates.purchases, ...covariates.dropout];
  for (const { values } of all) {
    invariant(values.length === statistics.count.length, 'a covariate has a value for each row');
    invariant(values.every(Number.isFinite), 'covariates are numbers');
  }
  const plain = yield* fitPurchases(statistics, 'pareto-nbd');
  if (plain.verdict !== 'identified') return plain;
  const { r = 1, alpha = 1, s = 1, beta = 1 } = plain.model.parameters;
  const start = [...[r, alpha, s, beta].map(Math.log), ...all.map(() => 0)];
  const reach = start.map((value, i) =>
    i < 4 ? Math.abs(value) + COEFFICIENT_MAX : COEFFICIENT_MAX,
  );
  const found = yield* maximise(covariateObjective(likelihoodRows(statistics), covariates), {
    start,
    lower: reach.map((value) => -value),
    upper: reach,
  });
  return describe(found, plain, covariates);
}

function covariateObjective(rows: LikelihoodRows, { purchases, dropout }: Covariates): Objective {
  const size = rows.count.length;
  return function* (point: Float64Array): Work<Evaluation> {
    const sums = new Float64Array(point.length + 1);
    const add = addRowsOf(rows, { purchases, dropout }, point);
    for (let from = 0; from < size; from += SLICE) {
      const part = new Float64Array(sums.length);
      for (let i = from; i < Math.min(from + SLICE, size); i++) add(i, part);
      part.forEach((value, i) => {
        sums[i] = (sums[i] ?? 0) + value;
      });
      yield { done: from, of: size };
    }
    return { value: sums[0] ?? 0, gradient: sums.slice(1) };
  };
}

/** Adds one row: the coefficients follow the four parameters, those of purchases first. */
function addRowsOf(
  rows: LikelihoodRows,
  { purchases, dropout }: Covariates,
  point: Float64Array,
): (i: number, sums: Float64Array) => void {
  const [r = 1, alpha = 1, s = 1, beta = 1] = point.slice(0, 4).map(Math.exp);
  const table = gammaTable(r, rows.frequencies);
  const own = { r, alpha, s, beta };
  const rowOf = paretoNbdRows(own);
  const row: ParetoNbdRow = { value: 0, byR: 0, byLogAlpha: 0, byS: 0, byLogBeta: 0 };
  const history = { frequency: 0, recency: 0, age: 0 };
  const dropoutFrom = 4 + purchases.length;
  return (i, sums) => {
    history.frequency = rows.frequency[i] ?? 0;
    history.recency = rows.recency[i] ?? 0;
    history.age = rows.age[i] ?? 0;
    const slot = rows.slot[i] ?? 0;
    own.alpha = alpha * Math.exp(-effectOf(purchases, point, { from: 4, row: i }));
    own.beta = beta * Math.exp(-effectOf(dropout, point, { from: dropoutFrom, row: i }));
    rowOf(history, row);
    const count = rows.count[i] ?? 0;
    const add = (at: number, value: number): void => {
      sums[at] = (sums[at] ?? 0) + count * value;
    };
    add(0, row.value + (table.log[slot] ?? 0));
    add(1, r * (row.byR + (table.slope[slot] ?? 0)));
    add(2, row.byLogAlpha);
    add(3, s * row.byS);
    add(4, row.byLogBeta);
    purchases.forEach(({ values }, k) => {
      add(5 + k, -(values[i] ?? 0) * row.byLogAlpha);
    });
    dropout.forEach(({ values }, k) => {
      add(dropoutFrom + 1 + k, -(values[i] ?? 0) * row.byLogBeta);
    });
  };
}

/** γ · z of one row. */
function effectOf(
  columns: readonly Covariate[],
  point: Float64Array,
  { from, row }: { from: number; row: number },
): number {
  let effect = 0;
  for (let k = 0; k < columns.length; k++) {
    effect += (point[from + k] ?? 0) * (columns[k]?.values[row] ?? 0);
  }
  return effect;
}

function describe(
  found: Maximum,
  plain: FittedPurchases,
  { purchases, dropout }: Covariates,
): CovariateFit {
  const size = found.point.length;
  const [r = 1, alpha = 1, s = 1, beta = 1] = found.point.slice(0, 4).map(Math.exp);
  const coefficient = (of: keyof Covariates, { name }: Covariate, at: number): Coefficient => ({
    name,
    of,
    estimate: found.point[at] ?? 0,
    standardError: Math.sqrt(found.covariance[at * size + at] ?? 0),
  });
  const dropoutFrom = 4 + purchases.length;
  const effect = (from: number, values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value, k) => sum + value * (found.point[from + k] ?? 0), 0);
  return {
    verdict: 'identified',
    coefficients: [
      ...purchases.map((each, k) => coefficient('purchases', each, 4 + k)),
      ...dropout.map((each, k) => coefficient('dropout', each, dropoutFrom + k)),
    ],
    parameters: { r, alpha, s, beta },
    logLikelihood: found.logLikelihood,
    evidence: 2 * Math.max(0, found.logLikelihood - plain.logLikelihood),
    isConverged: found.isConverged,
    conditionNumber: found.conditionNumber,
    modelOf: (values) =>
      createParetoNbd({
        r,
        alpha: alpha * Math.exp(-effect(4, values.purchases)),
        s,
        beta: beta * Math.exp(-effect(dropoutFrom, values.dropout)),
      }),
  };
}
