export { drawAround } from './draw-around.ts';
export { createDraws, type Draws } from './draws.ts';
export {
  digamma,
  digammaDifference,
  logBeta,
  logGamma,
  logGammaRatio,
  trigamma,
} from './gamma.ts';
export { decaySum, logAddExp, logistic, logOneMinusExp, logSumExp } from './logarithms.ts';
export { dot, type Eigen, eigenSymmetric, matrixFunction, multiply } from './matrix.ts';
export { GAUSS_16, gaussLegendre, integrate, type QuadratureRule } from './quadrature.ts';
export { centralInterval, quantileOf } from './quantiles.ts';
