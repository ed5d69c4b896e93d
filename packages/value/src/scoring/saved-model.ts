import { invariant } from '@keepsake/kernel';
import type { SpendVerdict } from '../fit/fit-gamma-gamma.ts';
import type { FittedPurchases } from '../fit/fit-purchases.ts';
import { type FittedModelName, MODEL_DEFINITIONS } from '../fit/purchase-models.ts';
import type { FittedPriors } from '../money/shrinkage.ts';
import type { DrawnParameters, ValueModel } from '../money/value-model.ts';

/** The form of saved models that is written and read here. */
export const SAVED_MODEL_FORMAT = 1;

/** Working parameters of priors at their maximum, and their covariance, 3 × 3 by rows. */
export interface SavedPriors {
  readonly point: readonly number[];
  readonly covariance: readonly number[];
}

/** One draw of what was fitted of purchases and spend. */
export interface SavedParameters {
  readonly purchase: FittedModelName;
  /** Of the model of purchases, by name. */
  readonly values: Readonly<Record<string, number>>;
  readonly spend: { readonly p: number; readonly q: number; readonly v: number };
  readonly spendSlope: number;
}

/** What a fit said of itself. */
export interface ModelFindings {
  /** Customers of the base that was fitted. */
  readonly customers: number;
  readonly purchases: FittedPurchases['verdict'];
  readonly spend: SpendVerdict;
}

/**
 * A fitted model of value as plain data: numbers, texts, lists and objects, the same after a round
 * trip through JSON. Some kilobytes, whatever the base: nothing of any customer is in it. Times are
 * in the unit of the histories, amounts in units of the currency.
 */
export interface SavedValueModel {
  readonly format: typeof SAVED_MODEL_FORMAT;
  readonly found: ModelFindings;
  readonly levels: {
    readonly typicalAge: number;
    readonly edges: readonly number[];
    readonly logs: readonly number[];
  };
  readonly returns: SavedPriors;
  readonly emptied: number;
  readonly extraLines: SavedPriors;
  /** Channels of contact in an order that draws depend on, and the priors of each. */
  readonly channels: readonly string[];
  readonly contacts: readonly SavedPriors[];
  readonly margin: {
    readonly middle: number;
    readonly slope: number;
    readonly within: number;
    readonly between: number;
  };
  /** The fit itself, and draws around it; at least one. */
  readonly parameters: readonly SavedParameters[];
}

/** Writes a fitted model down, for `openValueModel`. */
export function saveValueModel(model: ValueModel): SavedValueModel {
  const { service, purchaseFit, spendFit } = model;
  const { levels, margin } = service;
  return {
    format: SAVED_MODEL_FORMAT,
    found: {
      customers: purchaseFit.customers,
      purchases: purchaseFit.verdict,
      spend: spendFit.verdict,
    },
    levels: {
      typicalAge: levels.typicalAge,
      edges: levels.edges.map(plain),
      logs: plainNumbers(levels.logs),
    },
    returns: savePriors(service.returns),
    emptied: plain(service.emptied),
    extraLines: savePriors(service.extraLines),
    channels: [...service.contacts.keys()],
    contacts: Array.from(service.contacts.values(), savePriors),
    margin: {
      middle: plain(margin.mean.middle),
      slope: plain(margin.mean.slope),
      within: plain(margin.within),
      between: plain(margin.between),
    },
    parameters: model.parameters.map(saveParameters),
  };
}

function savePriors({ maximum }: FittedPriors<unknown>): SavedPriors {
  return { point: plainNumbers(maximum.point), covariance: plainNumbers(maximum.covariance) };
}

function saveParameters({ purchase, spend }: DrawnParameters): SavedParameters {
  const { name, parameters } = purchase;
  invariant(isFittedName(name), 'a model of value is of continuous time');
  const { p, q, v } = spend.model.parameters;
  return {
    purchase: name,
    values: { ...parameters },
    spend: { p, q, v },
    spendSlope: plain(spend.slope),
  };
}

function isFittedName(name: string): name is FittedModelName {
  return Object.hasOwn(MODEL_DEFINITIONS, name);
}

function plainNumbers(values: Float64Array): readonly number[] {
  return Array.from(values, plain);
}

/** JSON knows no −0, which means no more than 0 here. */
function plain(value: number): number {
  return value + 0;
}
