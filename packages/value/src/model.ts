import type { Draws } from './numerics/index.ts';

/**
 * What is known of one customer's purchases when observation ends. All times are in one unit, weeks
 * or days, and count from the customer's first purchase.
 */
export interface PurchaseSummary {
  readonly customer: string;
  /** Purchases after the first, x ≥ 0; several on one day are one. */
  readonly frequency: number;
  /** From the first purchase to the last, t_x; 0 where there is but one. */
  readonly recency: number;
  /** From the first purchase to the end of observation, T ≥ t_x. */
  readonly age: number;
  /** How many of the purchases after the first had a value above zero. */
  readonly spendCount: number;
  /** Their mean value in units of the currency; 0 where there is none. */
  readonly meanSpend: number;
}

/** The part of a summary that purchases are predicted from: x, t_x and T. */
export type PurchaseHistory = Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>;

/**
 * Purchases of many customers as the models need them: one row for each different (x, t_x, T), and
 * how many customers share it. Columns are of one length.
 */
export interface PurchaseStatistics {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly count: Float64Array;
}

/** Models of repeat purchases. */
export type PurchaseModelName =
  | 'nbd'
  | 'bg-nbd'
  | 'mbg-nbd'
  | 'pareto-nbd'
  | 'mbg-cnbd-k'
  | 'bg-bb';

/** What the data say of the parameters. */
export type Verdict = 'identified' | 'dropout-not-identified' | 'too-little-data';

/** A model with parameters: what it says of a customer of x, t_x and T. */
export interface PurchaseModel {
  readonly name: PurchaseModelName;
  readonly parameters: Readonly<Record<string, number>>;
  logLikelihood(frequency: number, recency: number, age: number): number;
  /** The probability that the customer still buys at all, at the end of observation. */
  probabilityAlive(frequency: number, recency: number, age: number): number;
  /** Purchases that are to be expected within a time after the end of observation. */
  expectedPurchases(frequency: number, recency: number, age: number, horizon: number): number;
}

/** A model that also says when purchases come, and how far one customer's may stray from the mean. */
export interface PredictiveModel extends PurchaseModel {
  /** Expected purchases per unit of time at a moment `after` the end of observation. */
  purchaseRate(history: PurchaseHistory, after: number): number;
  /** One draw of the purchases within a horizon, given the history; rates and dropout are drawn too. */
  drawPurchases(history: PurchaseHistory, horizon: number, draws: Draws): number;
}
