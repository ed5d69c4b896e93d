import { invariant, type Work } from '@keepsake/kernel';
import type { Likelihood, LikelihoodRows } from '../models/index.ts';
import { type Maximum, maximise } from './maximise.ts';
import { likelihoodObjective, sampleRows } from './objective.ts';

/** Larger bases are first fitted on about so many rows, which saves most passes over all. */
const SAMPLE_ROWS = 4000;
/** Starts are compared where this much is left to gain, and the best goes on. */
const ROUGH_GAIN_MIN = 1e-3;

/** What is tried: starts and bounds, all of them logarithms of the parameters. */
export interface Starts {
  readonly starts: readonly ArrayLike<number>[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * The maximum of a likelihood over the logarithms of its parameters: from the best of several starts,
 * at least one, on a sample of the rows, and from there on all of them. Evaluations are those of both.
 */
export function* maximiseFromStarts(
  likelihood: Likelihood,
  rows: LikelihoodRows,
  { starts, lower, upper }: Starts,
): Work<Maximum> {
  const onSample = likelihoodObjective(likelihood, sampleRows(rows, SAMPLE_ROWS));
  let best: Maximum | undefined;
  let evaluations = 0;
  for (const start of starts) {
    const found = yield* maximise(onSample, { start, lower, upper, gainMin: ROUGH_GAIN_MIN });
    evaluations += found.evaluations;
    if (best === undefined || found.logLikelihood > best.logLikelihood) best = found;
  }
  invariant(best !== undefined, 'a model has a start');
  const { point, information } = best;
  const onAll = likelihoodObjective(likelihood, rows);
  const all = yield* maximise(onAll, { start: point, lower, upper, information });
  return { ...all, evaluations: evaluations + all.evaluations };
}
