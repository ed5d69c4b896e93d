import type { PredictiveModel } from '../model.ts';
import { type Draws, eigenSymmetric, matrixFunction, multiply } from '../numerics/index.ts';
import type { FittedPurchases } from './fit-purchases.ts';
import { MODEL_DEFINITIONS } from './purchase-models.ts';

/** Where the likelihood is flat, a normal distribution says nothing: draws stray no further. */
const DEVIATION_MAX = 1.5;

/**
 * Models as the data could also have had them: parameters whose logarithms are normal about the
 * estimates (Laplace's approximation). Parameters on a bound stay there.
 */
export function drawModels(
  { model, parameterNames, logCovariance }: FittedPurchases,
  count: number,
  draws: Draws,
): PredictiveModel[] {
  const name = model.name;
  if (name === 'mbg-cnbd-k' || name === 'bg-bb') return Array.from({ length: count }, () => model);
  const size = parameterNames.length;
  const spread = matrixFunction(eigenSymmetric(logCovariance, size), (variance) =>
    Math.min(Math.sqrt(Math.max(variance, 0)), DEVIATION_MAX),
  );
  return Array.from({ length: count }, () => {
    const noise = Float64Array.from({ length: size }, () => draws.normal());
    const moved = multiply(spread, noise);
    return MODEL_DEFINITIONS[name].create(
      parameterNames.map(
        (parameter, i) => (model.parameters[parameter] ?? 0) * Math.exp(moved[i] ?? 0),
      ),
    );
  });
}
