import type {
  ForecastTotals,
  ModelFit,
  PredictiveModel,
  SpendFit,
  SpendStatistics,
  TransactionNotices,
} from '@keepsake/value';
import type { MoneyTerms } from '../flags.ts';
import type { FileFacts } from '../purchase-file.ts';
import type { TimeUnit } from '../time-unit.ts';

/** Everything that a report says, worked out. Days are since 1970-01-01. */
export interface ReportData {
  readonly file: string;
  readonly today: number;
  readonly unit: TimeUnit;
  /** The end of observation; undefined of histories, which know no dates. */
  readonly until: number | undefined;
  readonly terms: MoneyTerms;
  readonly fit: ModelFit;
  /** The fit of spend, or why there is none. */
  readonly spend: SpendFit | string;
  readonly spendStatistics: SpendStatistics;
  readonly totals: ForecastTotals;
  readonly customers: CustomerColumns;
  /** How the model did on time that it had not seen, or why that is not known. */
  readonly check: Check | string;
  readonly facts: FileFacts | undefined;
  readonly notices: TransactionNotices | undefined;
}

/**
 * What is told of each customer, one column a figure. Money is 0 where it is not known. A row may be of
 * several customers who share a history: its figures are those of each.
 */
export interface CustomerColumns {
  readonly names: readonly string[];
  readonly count: Float64Array;
  readonly frequency: Float64Array;
  readonly silence: Float64Array;
  readonly age: Float64Array;
  readonly alive: Float64Array;
  readonly purchases: Float64Array;
  readonly spend: Float64Array;
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Time that was held out, and what the model of the time before had expected of it. */
export interface Check {
  readonly from: number;
  readonly calibratedUntil: number;
  readonly heldUntil: number;
  /** Customers known by the end of calibration. */
  readonly customers: number;
  readonly model: PredictiveModel;
  readonly predicted: number;
  readonly actual: number;
  /** Customers by purchases before, and their mean purchases after. */
  readonly byFrequency: readonly CheckRow[];
  readonly tracking: readonly TrackingPoint[];
}

/** Customers of one frequency. */
export interface CheckRow {
  readonly label: string;
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  /** Standard error of the actual mean. */
  readonly error: number;
}

/** Repeat purchases from the beginning to a day. */
export interface TrackingPoint {
  readonly day: number;
  readonly actual: number;
  readonly expected: number;
}
