import type { Work } from '@keepsake/kernel';
import type { PredictiveModel } from '../model.ts';
import { createGammaGamma, type SpendModel } from '../models/gamma-gamma.ts';
import {
  type Draws,
  drawAround,
  eigenSymmetric,
  matrixFunction,
  multiply,
} from '../numerics/index.ts';
import type { SpendFit } from './fit-gamma-gamma.ts';
import type { FittedPurchases } from './fit-purchases.ts';
import { type Posterior, samplePosterior } from './posterior.ts';
import { MODEL_DEFINITIONS } from './purchase-models.ts';

/** Where the likelihood is flat, a normal distribution says nothing: draws stray no further. */
const DEVIATION_MAX = 1.5;

/** Estimates, and the covariance of their logarithms by rows. */
interface Estimates {
  readonly values: Float64Array;
  readonly logCovariance: Float64Array;
}

/**
 * Parameters as the data could also have had them: their logarithms are normal about the estimates
 * (Laplace's approximation). Those on a bound stay there.
 */
function drawParameters(
  { values, logCovariance }: Estimates,
  count: number,
  draws: Draws,
): readonly Float64Array[] {
  const spread = matrixFunction(eigenSymmetric(logCovariance, values.length), (variance) =>
    Math.min(Math.sqrt(Math.max(variance, 0)), DEVIATION_MAX),
  );
  return Array.from({ length: count }, () => {
    const moved = multiply(
      spread,
      values.map(() => draws.normal()),
    );
    return values.map((value, i) => value * Math.exp(moved[i] ?? 0));
  });
}

/**
 * Parameters as the data could also have had them: from the posterior where there is one and
 * proposals meet it, else as normal about the estimates. Cost: that of `samplePosterior`.
 */
export function* drawParametersOf(
  fit: Estimates & { readonly posterior?: Posterior | undefined },
  count: number,
  draws: Draws,
): Work<readonly Float64Array[]> {
  const { posterior } = fit;
  const found =
    posterior === undefined ? undefined : yield* samplePosterior(posterior, count, draws);
  return found?.map((logs) => logs.map(Math.exp)) ?? drawParameters(fit, count, draws);
}

/** Models as the data could also have had them. Cost: that of `drawParametersOf`. */
export function* drawModels(
  { model, parameterNames, logCovariance, posterior }: FittedPurchases,
  count: number,
  draws: Draws,
): Work<PredictiveModel[]> {
  const name = model.name;
  if (name === 'mbg-cnbd-k' || name === 'bg-bb') return Array.from({ length: count }, () => model);
  const values = Float64Array.from(parameterNames, (each) => model.parameters[each] ?? 0);
  const drawn = yield* drawParametersOf({ values, logCovariance, posterior }, count, draws);
  return drawn.map(MODEL_DEFINITIONS[name].create);
}

/** A model of spend as the data could also have had it. One without a mean is drawn again, a few times. */
export function drawSpendModel({ model, covariance }: SpendFit, draws: Draws): SpendModel {
  const { p, q, v } = model.parameters;
  const point = [Math.log(p), Math.log(q), Math.log(v)];
  for (let attempt = 0; attempt < 20; attempt++) {
    const [a = 1, b = 1, c = 1] = drawAround(point, covariance, draws).map(Math.exp);
    if (b > 1) return createGammaGamma({ p: a, q: b, v: c });
  }
  return model;
}
