export type { DropoutFit } from './fit/dropout-evidence.ts';
export { fitBgBb, type OccasionFit } from './fit/fit-bg-bb.ts';
export {
  type Coefficient,
  type Covariate,
  type CovariateFit,
  type Covariates,
  type CovariateValues,
  fitCovariates,
} from './fit/fit-covariates.ts';
export {
  fitGammaGamma,
  type SpendFit,
  type SpendVerdict,
} from './fit/fit-gamma-gamma.ts';
export { fitMbgCnbdK, type RegularityFit } from './fit/fit-mbg-cnbd-k.ts';
export {
  CUSTOMERS_MIN,
  type FittedPurchases,
  fitPurchases,
  fitPurchasesNow,
  type PurchaseFit,
  REPEAT_BUYERS_MIN,
  type TooLittleData,
} from './fit/fit-purchases.ts';
export { drawModels } from './fit/laplace.ts';
export {
  type Interval,
  intervalOf,
  type PredictionOptions,
  type PurchasePrediction,
  predictPurchases,
} from './fit/predict.ts';
export type { FittedModelName } from './fit/purchase-models.ts';
export {
  type CustomerForecast,
  type Estimate,
  type FitInput,
  Forecaster,
  type ForecastTerms,
  type ForecastTotals,
  fitModel,
  forecastTerms,
  GROUP_DRAWN_MAX,
  type ModelFit,
  type NoModelFit,
} from './forecast/index.ts';
export type {
  PredictiveModel,
  PurchaseHistory,
  PurchaseModel,
  PurchaseModelName,
  PurchaseStatistics,
  PurchaseSummary,
  Verdict,
} from './model.ts';
export { type BgBbParameters, createBgBb } from './models/bg-bb.ts';
export { type Discounting, discountedResidualPurchases } from './models/discounted.ts';
export {
  createGammaGamma,
  type GammaGammaParameters,
  type SpendHistory,
  type SpendModel,
} from './models/gamma-gamma.ts';
export {
  type BgNbdParameters,
  createBgNbd,
  createMbgNbd,
  createNbd,
  createParetoNbd,
  type NbdParameters,
  type ParetoNbdParameters,
} from './models/index.ts';
export { createMbgCnbdK, type MbgCnbdKParameters } from './models/mbg-cnbd-k.ts';
export { type AccountColumns, type CustomerAccount, columnsOf } from './money/accounts.ts';
export {
  costOf,
  countService,
  type Fault,
  marginOf,
  type ServiceCost,
  type ServiceCounts,
  type ServiceEvent,
} from './money/cost-of.ts';
export {
  type CostTable,
  type CostTableIssue,
  findCostTable,
  parseCostTable,
} from './money/cost-table.ts';
export {
  contributionOf,
  type DriverColumns,
  type Drivers,
  driversAt,
  driversOf,
  valueOfDrivers,
} from './money/drivers.ts';
export { type Horizon, horizonOf } from './money/horizon.ts';
export type { PointColumns } from './money/nearest.ts';
export {
  DEFAULT_POTENTIAL,
  evidenceOf,
  findShareOfCustomer,
  type GrowthTerms,
  growthDraws,
  type PotentialOptions,
  pinballLoss,
  potentialOf,
} from './money/potential.ts';
export { type FittedService, type Rates, ratesOf, type ServiceModel } from './money/service.ts';
export {
  type OneDrawEach,
  oneDrawEach,
  type TierDrawTerms,
  tierDraws,
} from './money/tier-draws.ts';
export {
  COST_KINDS,
  type CostKind,
  type DrawTerms,
  prepareValueDraws,
  type ValueDraws,
  type ValueSampler,
} from './money/value-draws.ts';
export {
  DEFAULT_VALUE_MODEL,
  type DrawnParameters,
  fitValueModel,
  type NoValueModel,
  type PlacedValueModel,
  statisticsOf,
  type ValueModel,
  type ValueModelOptions,
} from './money/value-model.ts';
export { summariseValue, type ValueInterval, type ValueSummary } from './money/value-summary.ts';
export { createDraws, type Draws } from './numerics/index.ts';
export {
  type Counterfactual,
  type DriverMoves,
  findCounterfactuals,
  type Scored,
} from './reasons/counterfactual.ts';
export {
  type Driver,
  type DriverFigures,
  explainValue,
  type MainReasons,
  mainReasons,
  type Reason,
  type ValueReasons,
} from './reasons/explain.ts';
export { shapleyValues } from './reasons/shapley.ts';
export type { AccountChange } from './scoring/account-change.ts';
export {
  type AccountCounterfactual,
  type AccountQuestion,
  findAccountCounterfactuals,
  type ScoredAccount,
} from './scoring/account-counterfactuals.ts';
export {
  type BackTest,
  type BackTestOptions,
  type BackTestQuestion,
  backTest,
  DEFAULT_BACK_TEST,
  type TestedModel,
  type TestedTotal,
} from './scoring/back-test.ts';
export type { DecileCapture } from './scoring/capture.ts';
export {
  type OpenedValueModel,
  openValueModel,
  placeCustomers,
  type SavedModelFault,
} from './scoring/open-model.ts';
export {
  type ModelFindings,
  type SavedParameters,
  type SavedPriors,
  type SavedValueModel,
  saveValueModel,
} from './scoring/saved-model.ts';
export {
  type BaseScoring,
  type CustomerScore,
  prepareScoring,
  type ScoringTerms,
} from './scoring/score-base.ts';
export { type CountedRows, CountTable } from './summaries/count-table.ts';
export { type CustomerHistory, CustomerLedger } from './summaries/customer-ledger.ts';
export { type HeldOut, type HoldOut, splitHoldOut } from './summaries/hold-out.ts';
export {
  PurchaseStream,
  type StreamOptions,
  type StreamResult,
} from './summaries/purchase-stream.ts';
export {
  groupSpend,
  groupSummaries,
  PurchaseTotals,
  type PurchaseTotalsData,
  type SpendStatistics,
  summarizeHistory,
} from './summaries/purchase-totals.ts';
export { type PurchaseSummaries, summarizeTransactions } from './summaries/summarize.ts';
export {
  createNoticeBook,
  type NoticeBook,
  type Observation,
  type Transaction,
  type TransactionFault,
  type TransactionNotice,
  type TransactionNotices,
} from './summaries/transaction.ts';
export type { DataFault } from './tiers/data-reader.ts';
export {
  decideTier,
  decideTiers,
  findTopThreshold,
  startTierRun,
  type TierRun,
} from './tiers/decide.ts';
export { DEFAULT_TIER_POLICY } from './tiers/default-policy.data.ts';
export {
  type Contest,
  contestTier,
  effectiveTier,
  nextTierState,
  setTier,
  type TierSetting,
  type TierState,
} from './tiers/history.ts';
export { reachableValue, standingOf, type Truth, tierLoss } from './tiers/losses.ts';
export {
  type MigrationMatrix,
  migrationMatrix,
  stayedShare,
  type TierOrAbsent,
} from './tiers/migration.ts';
export { parseTierPolicy } from './tiers/parse-policy.ts';
export {
  type Loss,
  type LossTable,
  REMEDIES_MAX,
  type Remedy,
  type TierPolicy,
  type TopShare,
} from './tiers/policy.ts';
export {
  type CalibrationRow,
  calibrationTable,
  customerEquity,
  type GroupQuantities,
  groupQuantities,
  returnOnCustomer,
  type WhaleCurve,
  whaleCurve,
} from './tiers/portfolio.ts';
export {
  bestCombination,
  combineRemedies,
  type RemedyCombinations,
  savingOf,
} from './tiers/remedies.ts';
export {
  type ClosedReview,
  closeReview,
  type RemedyEffect,
  type ReviewItem,
  type ReviewOutcome,
  type ReviewRefusal,
  reviewItem,
} from './tiers/review.ts';
export {
  type CustomerDraws,
  STANDINGS,
  type Standing,
  TIERS,
  type Tier,
  type TierDecision,
} from './tiers/tier.ts';
export {
  bestDiscount,
  DISCOUNT_MAX,
  type Discount,
  type HeldDiscount,
  type StartingPoint,
  type TreatmentAct,
} from './treatments/act.ts';
export {
  type Arm,
  type Assignment,
  type AssignmentOutcome,
  assignTreatments,
  lotOf,
  type TreatmentSubject,
} from './treatments/assign.ts';
export {
  type DisparityReport,
  type DisparityRule,
  type GroupSelection,
  type SelectionSense,
  selectionDisparity,
  tierDisparity,
} from './treatments/disparity.ts';
export {
  type ArmMoments,
  type ArmSizes,
  type Arms,
  addOutcome,
  armOf,
  type Effect,
  EMPTY_ARM,
  effectInterval,
  findEffect,
  mergeArms,
  sampleRatioScore,
} from './treatments/effect.ts';
export {
  findSubjectsNeeded,
  type Judgement,
  type JudgeRule,
  judgeRuleOf,
  judgeTreatment,
  standingVerdict,
  type TreatmentVerdict,
} from './treatments/judge.ts';
export { parseTreatments } from './treatments/parse-treatments.ts';
export {
  CONTROL_SHARE_MIN,
  type Ground,
  TREATMENT_KINDS,
  type Treatment,
  type TreatmentKind,
  type TreatmentPlan,
} from './treatments/treatment.ts';
