import { seededRandom, type Work } from '@keepsake/kernel';
import type { SpendFit } from '../fit/fit-gamma-gamma.ts';
import { type FittedPurchases, fitPurchases } from '../fit/fit-purchases.ts';
import { drawModels, drawSpendModel } from '../fit/laplace.ts';
import type { FittedModelName } from '../fit/purchase-models.ts';
import type { PurchaseModel, PurchaseStatistics } from '../model.ts';
import { createDraws } from '../numerics/index.ts';
import type { AccountColumns } from './accounts.ts';
import type { CostTable } from './cost-table.ts';
import { uniqueHistories } from './histories.ts';
import { fitService, type ServiceModel } from './service.ts';
import { fitSpend, type TrendedSpend } from './spend.ts';

/** One draw of what was fitted of purchases and spend. */
export interface DrawnParameters {
  readonly purchase: PurchaseModel;
  readonly spend: TrendedSpend;
}

/** What value is worked out by, of the customers in certain columns, whichever base it was fitted on. */
export interface PlacedValueModel extends DrawnParameters {
  readonly service: ServiceModel;
  /** The fit itself and draws around it, as far as the base leaves the parameters open. */
  readonly parameters: readonly [DrawnParameters, ...DrawnParameters[]];
}

/** All that value is worked out by, fitted on one base. */
export interface ValueModel extends PlacedValueModel {
  readonly kind: 'fitted';
  /** What was found on the way: verdicts, standard errors. */
  readonly purchaseFit: FittedPurchases;
  readonly spendFit: SpendFit;
}

/** Why nothing can be said of value in a base. */
export interface NoValueModel {
  readonly kind: 'too-little-data';
  /** What there is too little of; `spend-mean`: spend differs so much that it has no mean. */
  readonly of: 'purchases' | 'spend' | 'spend-mean';
}

/** How a base is fitted. */
export interface ValueModelOptions {
  /** Models of purchases, of which the one with the highest likelihood is kept. */
  readonly models: readonly [FittedModelName, ...FittedModelName[]];
  /** Draws of the parameters, the fit itself among them. */
  readonly parameterDraws: number;
  readonly seed: number;
}

/** Pareto/NBD, which predicts published histories best. */
export const DEFAULT_VALUE_MODEL: ValueModelOptions = {
  models: ['pareto-nbd'],
  parameterDraws: 16,
  seed: 1,
};

/** Fits purchases, spend, returns, lines, contacts and margins of a base. */
export function* fitValueModel(
  columns: AccountColumns,
  table: CostTable,
  options: ValueModelOptions = DEFAULT_VALUE_MODEL,
): Work<ValueModel | NoValueModel> {
  const purchaseFit = yield* fitBest(statisticsOf(columns), options.models);
  if (purchaseFit === undefined) return { kind: 'too-little-data', of: 'purchases' };
  const service = yield* fitService(columns, table);
  const spent = yield* fitSpend(columns, service.levels);
  if (spent === undefined || spent.fit.verdict === 'too-little-data') {
    return { kind: 'too-little-data', of: 'spend' };
  }
  if (spent.fit.verdict === 'mean-not-finite') return { kind: 'too-little-data', of: 'spend-mean' };
  const { fit: spendFit, model, slope } = spent;
  const fitted: DrawnParameters = { purchase: purchaseFit.model, spend: { model, slope } };
  const draws = createDraws(seededRandom(options.seed));
  const count = Math.max(0, options.parameterDraws - 1);
  const purchases = yield* drawModels(purchaseFit, count, draws);
  const around = purchases.map((purchase) => ({
    purchase,
    spend: { model: drawSpendModel(spendFit, draws), slope },
  }));
  return {
    kind: 'fitted',
    ...fitted,
    service,
    purchaseFit,
    spendFit,
    parameters: [fitted, ...around],
  };
}

/** The different histories of a base, with how many customers have each. */
export function statisticsOf(columns: AccountColumns): PurchaseStatistics {
  const { first, rowOf } = uniqueHistories(columns);
  const count = new Float64Array(first.length);
  for (const row of rowOf) count[row] = (count[row] ?? 0) + 1;
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(first, (i) => column[i] ?? 0);
  return {
    frequency: pick(columns.frequency),
    recency: pick(columns.recency),
    age: pick(columns.age),
    count,
  };
}

function* fitBest(
  statistics: PurchaseStatistics,
  models: ValueModelOptions['models'],
): Work<FittedPurchases | undefined> {
  let best: FittedPurchases | undefined;
  for (const name of models) {
    const fit = yield* fitPurchases(statistics, name);
    if (fit.verdict === 'too-little-data') return undefined;
    if (best === undefined || fit.logLikelihood > best.logLikelihood) best = fit;
  }
  return best;
}
