import type { PredictiveModel } from '../model.ts';
import {
  bgNbdLikelihood,
  createBgNbd,
  createMbgNbd,
  createNbd,
  createParetoNbd,
  type Likelihood,
  mbgNbdLikelihood,
  nbdLikelihood,
  paretoNbdLikelihood,
} from '../models/index.ts';
import { type LogPrior, lifetimePrior, purchasePrior, stopPrior } from './prior.ts';

/** Models that are fitted to x, t_x and T in continuous time. */
export type FittedModelName = 'nbd' | 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd';

/** One parameter: its name, where it may lie, and whether it is a time (then: times the mean age). */
export interface ParameterRange {
  readonly name: string;
  readonly isTime: boolean;
  readonly min: number;
  readonly max: number;
}

/** What fitting needs to know of a model. */
export interface ModelDefinition {
  readonly parameters: readonly ParameterRange[];
  readonly likelihood: Likelihood;
  /** What is believed before; it enters draws of parameters and no estimate. */
  readonly prior: LogPrior;
  create(values: ArrayLike<number>): PredictiveModel;
  /** Where to begin, from shape and rate of an NBD and the mean age. */
  starts(nbd: readonly [number, number], age: number): readonly (readonly number[])[];
}

const SHAPE: ParameterRange = { name: 'r', isTime: false, min: 1e-4, max: 1e4 };
const RATE: ParameterRange = { name: 'alpha', isTime: true, min: 1e-6, max: 1e8 };
const PURCHASES = [SHAPE, RATE] as const;
const STOPS: readonly ParameterRange[] = [
  { name: 'a', isTime: false, min: 1e-4, max: 1e4 },
  { name: 'b', isTime: false, min: 1e-4, max: 1e4 },
];
const LIFETIMES: readonly ParameterRange[] = [
  { name: 's', isTime: false, min: 1e-4, max: 1e4 },
  { name: 'beta', isTime: true, min: 1e-4, max: 1e4 },
];

/** Probabilities to stop of which some fit most bases: often and seldom. */
const STOP_STARTS = [
  [0.8, 2.5],
  [0.3, 3],
  [1, 15],
] as const;
const LIFETIME_STARTS = [
  [0.6, 0.4],
  [0.3, 0.1],
  [2, 10],
] as const;

/** The models by name. */
export const MODEL_DEFINITIONS: Readonly<Record<FittedModelName, ModelDefinition>> = {
  nbd: {
    parameters: PURCHASES,
    likelihood: nbdLikelihood,
    prior: purchasePrior,
    create: ({ 0: r = 0, 1: alpha = 0 }) => createNbd({ r, alpha }),
    starts: (nbd) => [nbd],
  },
  'bg-nbd': {
    parameters: [...PURCHASES, ...STOPS],
    likelihood: bgNbdLikelihood,
    prior: stopPrior,
    create: ({ 0: r = 0, 1: alpha = 0, 2: a = 0, 3: b = 0 }) => createBgNbd({ r, alpha, a, b }),
    starts: ([r, alpha]) => STOP_STARTS.map(([a, b]) => [r * 0.8, alpha * 0.6, a, b]),
  },
  'mbg-nbd': {
    parameters: [...PURCHASES, ...STOPS],
    likelihood: mbgNbdLikelihood,
    prior: stopPrior,
    create: ({ 0: r = 0, 1: alpha = 0, 2: a = 0, 3: b = 0 }) => createMbgNbd({ r, alpha, a, b }),
    starts: ([r, alpha]) => STOP_STARTS.map(([a, b]) => [r, alpha * 0.6, a, b]),
  },
  'pareto-nbd': {
    parameters: [...PURCHASES, ...LIFETIMES],
    likelihood: paretoNbdLikelihood,
    prior: lifetimePrior,
    create: ({ 0: r = 0, 1: alpha = 0, 2: s = 0, 3: beta = 0 }) =>
      createParetoNbd({ r, alpha, s, beta }),
    starts: ([r, alpha], age) =>
      LIFETIME_STARTS.map(([s, beta]) => [r, alpha * 0.8, s, beta * age]),
  },
};
