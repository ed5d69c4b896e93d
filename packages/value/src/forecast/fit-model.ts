import type { Work } from '@keepsake/kernel';
import { fitBgBb } from '../fit/fit-bg-bb.ts';
import { fitMbgCnbdK } from '../fit/fit-mbg-cnbd-k.ts';
import { fitPurchases } from '../fit/fit-purchases.ts';
import { drawParametersOf } from '../fit/laplace.ts';
import type { Posterior } from '../fit/posterior.ts';
import { MODEL_DEFINITIONS } from '../fit/purchase-models.ts';
import type { PredictiveModel, PurchaseModelName, PurchaseStatistics } from '../model.ts';
import { createBgBb } from '../models/bg-bb.ts';
import { createMbgCnbdK } from '../models/mbg-cnbd-k.ts';
import type { Draws } from '../numerics/index.ts';

/** What a model is fitted to. */
export interface FitInput {
  readonly statistics: PurchaseStatistics;
  /** Σ ln of the intervals between purchases, in the unit of the statistics; 0 where unknown. */
  readonly logIntervals: number;
}

/** Any of the purchase models as fitted, told in one form. */
export interface ModelFit {
  readonly verdict: 'identified' | 'dropout-not-identified';
  readonly requested: PurchaseModelName;
  /** What to predict with: without dropout where the data do not show any. */
  readonly model: PredictiveModel;
  readonly customers: number;
  readonly logLikelihood: number;
  /** Twice what dropout adds to the log-likelihood; 0 for NBD, which has none. */
  readonly dropoutEvidence: number;
  /** Of the parameters as estimated; none of those on a bound. */
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly atBound: readonly string[];
  readonly isConverged: boolean;
  /** The model as it would be at other values of the parameters that were estimated. */
  readonly at: (values: ArrayLike<number>) => PredictiveModel;
  /** The estimates, and the covariance of their logarithms by rows. */
  readonly values: Float64Array;
  readonly logCovariance: Float64Array;
  /** What parameters are drawn from; undefined where they are drawn as normal about the estimates. */
  readonly posterior?: Posterior | undefined;
}

/** Too few customers, or too few who came again, to say anything. */
export interface NoModelFit {
  readonly verdict: 'too-little-data';
  readonly requested: PurchaseModelName;
  readonly customers: number;
  readonly repeatBuyers: number;
}

/** Fits any of the purchase models. Cost: see each of them. */
export function* fitModel(
  requested: PurchaseModelName,
  { statistics, logIntervals }: FitInput,
): Work<ModelFit | NoModelFit> {
  if (requested === 'bg-bb') {
    const fit = yield* fitBgBb(statistics);
    if (fit === undefined) return describeShortage(requested, statistics);
    const at = ({ 0: alpha = 0, 1: beta = 0, 2: gamma = 0, 3: delta = 0 }: ArrayLike<number>) =>
      createBgBb({ alpha, beta, gamma, delta });
    return { ...fit, requested, at };
  }
  if (requested === 'mbg-cnbd-k') {
    const fit = yield* fitMbgCnbdK(statistics, logIntervals);
    if (fit === undefined) return describeShortage(requested, statistics);
    const at = ({ 0: r = 0, 1: alpha = 0, 2: a = 0, 3: b = 0 }: ArrayLike<number>) =>
      createMbgCnbdK({ r, alpha, a, b, k: fit.k });
    return { ...fit, requested, at };
  }
  const fit = yield* fitPurchases(statistics, requested);
  if (fit.verdict === 'too-little-data') return fit;
  const used = fit.verdict === 'identified' ? requested : 'nbd';
  const values = Float64Array.from(fit.parameterNames, (name) => fit.model.parameters[name] ?? 0);
  return { ...fit, values, at: MODEL_DEFINITIONS[used].create };
}

function describeShortage(
  requested: PurchaseModelName,
  { frequency, count }: PurchaseStatistics,
): NoModelFit {
  let customers = 0;
  let repeatBuyers = 0;
  count.forEach((n, i) => {
    customers += n;
    if ((frequency[i] ?? 0) > 0) repeatBuyers += n;
  });
  return { verdict: 'too-little-data', requested, customers, repeatBuyers };
}

/** Models as the data could also have had them. Cost: that of `drawParametersOf`. */
export function* drawModelFits(
  fit: ModelFit,
  count: number,
  draws: Draws,
): Work<PredictiveModel[]> {
  return (yield* drawParametersOf(fit, count, draws)).map(fit.at);
}
