import type { Work } from '@keepsake/kernel';
import type { Likelihood, LikelihoodRows } from '../models/index.ts';
import { maximiseFromStarts } from './best-start.ts';
import { DROPOUT_EVIDENCE_MIN } from './fit-purchases.ts';
import type { Maximum } from './maximise.ts';

/** A shape of the probability to stop at which nobody ever does. */
const NEVER = 1e-300;

/** A model of four parameters, of which one is zero where nobody stops. */
export interface DropoutModel {
  readonly likelihood: Likelihood;
  readonly names: readonly string[];
  /** Which parameter is next to zero without dropout. */
  readonly stop: number;
  readonly starts: readonly (readonly number[])[];
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** A fit with dropout, or without where the data do not show it. */
export interface DropoutFit {
  readonly verdict: 'identified' | 'dropout-not-identified';
  /** Natural parameters, in the order of the names. */
  readonly values: Float64Array;
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly atBound: readonly string[];
  /** Of the logarithms of the parameters, by rows; zero where one is on a bound. */
  readonly logCovariance: Float64Array;
  readonly conditionNumber: number;
  readonly logLikelihood: number;
  /** Twice what dropout adds to the log-likelihood. */
  readonly dropoutEvidence: number;
  readonly isConverged: boolean;
}

/** Fits a model twice, with dropout and without: where it adds too little, it is not identified. */
export function* fitDropout(model: DropoutModel, rows: LikelihoodRows): Work<DropoutFit> {
  const without = yield* fitStarts(withoutDropout(model), rows);
  const found = yield* fitStarts(model, rows);
  const dropoutEvidence = 2 * Math.max(0, found.logLikelihood - without.logLikelihood);
  const isIdentified = dropoutEvidence >= DROPOUT_EVIDENCE_MIN;
  const used = isIdentified ? found : without;
  const values = used.point.map(Math.exp);
  const errors = model.names.flatMap((name, i) =>
    used.atBound[i] === true
      ? []
      : [
          [
            name,
            (values[i] ?? 0) * Math.sqrt(used.covariance[i * values.length + i] ?? 0),
          ] as const,
        ],
  );
  return {
    verdict: isIdentified ? 'identified' : 'dropout-not-identified',
    values,
    standardErrors: Object.fromEntries(errors),
    atBound: model.names.filter((_, i) => used.atBound[i] === true),
    logCovariance: used.covariance,
    conditionNumber: used.conditionNumber,
    logLikelihood: used.logLikelihood,
    dropoutEvidence,
    isConverged: found.isConverged && without.isConverged,
  };
}

/** The model with its parameters of dropout held: one next to zero, its partner at 1. */
function withoutDropout(model: DropoutModel): DropoutModel {
  const hold = (values: readonly number[]): readonly number[] =>
    values.map((value, i) => {
      if (i === model.stop) return NEVER;
      return i === model.stop + 1 ? 1 : value;
    });
  const [start = []] = model.starts;
  return { ...model, starts: [hold(start)], min: hold(model.min), max: hold(model.max) };
}

function fitStarts(
  { likelihood, starts, min, max }: DropoutModel,
  rows: LikelihoodRows,
): Work<Maximum> {
  return maximiseFromStarts(likelihood, rows, {
    starts: starts.map((start) => start.map(Math.log)),
    lower: min.map(Math.log),
    upper: max.map(Math.log),
  });
}
