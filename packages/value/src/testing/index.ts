export {
  type BuyingProcess,
  bgBbProcess,
  bgNbdProcess,
  gammaGammaSpend,
  mbgCnbdKProcess,
  mbgNbdProcess,
  nbdProcess,
  paretoNbdProcess,
  type SimulatedCustomer,
  type SimulationPlan,
  simulateCustomers,
  simulateTransactions,
  type TransactionPlan,
} from '../simulate/index.ts';
export {
  accountsAt,
  type Base,
  type BasePurchase,
  simulateBase,
  type TrueCustomer,
} from './base.ts';
export {
  type BelowZeroCheck,
  checkBelowZero,
  checkGroups,
  type DecidedBase,
  type DecisionSetting,
  decideBase,
  decideBaseNow,
  type GroupCheck,
  quietFlips,
  type Regret,
  regretOf,
  type TruthAt,
  truthAt,
} from './base-decisions.ts';
export { BASE_POLICY } from './base-policy.data.ts';
export { BASE_SHAPES, FLEETING_BASE, PREMIUM_BASE, STEADY_BASE } from './base-shape.data.ts';
export {
  BASE_COSTS,
  type BaseShape,
  type Segment,
  type ShareSpread,
  type Spread,
} from './base-shape.ts';
export { realisedBetween, type TrueValue, trueValuesAt } from './base-truth.ts';
export { valueBenchmark } from './benchmark-data.ts';
export { type NearestSetting, prepareNearestTiers } from './nearest-tiers.ts';
export { type LastFifth, rfmTiers } from './rfm.ts';
