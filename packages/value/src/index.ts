export type {
  PurchaseModel,
  PurchaseModelName,
  PurchaseStatistics,
  PurchaseSummary,
  Verdict,
} from './model.ts';
export type { DataFault } from './tiers/data-reader.ts';
export { DataReader } from './tiers/data-reader.ts';
export {
  decideTier,
  decideTiers,
  findTopThreshold,
  startTierRun,
  type TierRun,
} from './tiers/decide.ts';
export { DEFAULT_TIER_POLICY } from './tiers/default-policy.data.ts';
export { reachableValue, standingOf, type Truth, tierLoss } from './tiers/losses.ts';
export {
  type Loss,
  type LossTable,
  REMEDIES_MAX,
  type Remedy,
  type TierPolicy,
  type TopShare,
} from './tiers/policy.ts';
export {
  bestCombination,
  combineRemedies,
  type RemedyCombinations,
  savingOf,
} from './tiers/remedies.ts';
export {
  type CustomerDraws,
  STANDINGS,
  type Standing,
  TIERS,
  type Tier,
  type TierDecision,
} from './tiers/tier.ts';
