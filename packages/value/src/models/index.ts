export {
  type BgNbdParameters,
  bgNbdLikelihood,
  createBgNbd,
  createMbgNbd,
  mbgNbdLikelihood,
} from './bg-nbd.ts';
export {
  type AddRows,
  type Likelihood,
  type LikelihoodRows,
  likelihoodRows,
} from './likelihood.ts';
export { createNbd, type NbdParameters, nbdLikelihood } from './nbd.ts';
export { createParetoNbd, paretoNbdLikelihood } from './pareto-nbd.ts';
export type { ParetoNbdParameters } from './pareto-nbd-integral.ts';
