import {
  CountTable,
  CustomerLedger,
  createNoticeBook,
  fitModel,
  type PredictiveModel,
  type Transaction,
} from '@keepsake/value';
import { runWork } from '../fit.ts';
import type { ValueOptions } from '../flags.ts';
import type { CustomerVisitor, PurchaseFile } from '../purchase-file.ts';
import { createSummarize, type Summarize } from '../summaries.ts';
import { DAYS_PER_UNIT, type TimeUnit } from '../time-unit.ts';
import type { Check, CheckRow, TrackingPoint } from './report-data.ts';

/** Where a history is cut: what the model sees, and what it is judged by. Days since 1970-01-01. */
export interface Split {
  readonly from: number;
  readonly calibratedUntil: number;
  readonly heldUntil: number;
}

/** Shorter times on either side tell nothing. */
const DAYS_MIN = 28;
/** Customers who came again more often than this are shown together. */
const FREQUENCY_MAX = 7;
const POINTS_MAX = 90;

/**
 * Where to cut: at the end of observation if the file goes on behind it, else in the middle. Undefined
 * where either side is too short.
 */
export function findSplit(window: {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly until: number;
}): Split | undefined {
  const { firstDay, lastDay, until } = window;
  const hasLater = lastDay - until >= DAYS_MIN;
  const split = {
    from: firstDay,
    calibratedUntil: hasLater ? until : Math.floor((firstDay + until) / 2),
    heldUntil: hasLater ? lastDay : until,
  };
  const isLong =
    split.calibratedUntil - split.from >= DAYS_MIN &&
    split.heldUntil - split.calibratedUntil >= DAYS_MIN;
  return isLong ? split : undefined;
}

/** Fits the model to the time before the cut and compares. Says why, where that cannot be. */
export function checkModel(
  purchases: PurchaseFile,
  options: ValueOptions,
  split: Split,
): Check | string {
  const terms = { model: options.model, unit: options.unit, until: split.calibratedUntil };
  const { visitor } = purchases.pass(
    () => new HeldOut(split, createSummarize(terms)),
    () => {},
  );
  const input = { statistics: visitor.statistics(), logIntervals: visitor.logIntervals(options) };
  const fit = runWork('checking', fitModel(options.model, input));
  if (fit.verdict === 'too-little-data') {
    return 'too few customers came again in the first part of the time';
  }
  return visitor.compare(fit.model, options.unit);
}

/** Customers known by the cut: their histories by then, and what they did after. */
class HeldOut implements CustomerVisitor {
  readonly #split: Split;
  readonly #summarize: Summarize;
  readonly #ledger = new CustomerLedger();
  readonly #notices = createNoticeBook();
  readonly #histories = new CountTable();
  /** Frequency, recency, age and later purchases of each customer. */
  readonly #rows: [number, number, number, number][] = [];
  readonly #firstOn: Float64Array;
  readonly #repeatOn: Float64Array;
  #logIntervals = 0;
  #intervals = 0;

  constructor(split: Split, summarize: Summarize) {
    const days = split.heldUntil - split.from + 1;
    this.#split = split;
    this.#summarize = summarize;
    this.#firstOn = new Float64Array(days);
    this.#repeatOn = new Float64Array(days);
  }

  visit(rows: readonly Transaction[]): void {
    const summary = this.#summarize(rows);
    if (summary === undefined) return;
    const { frequency, recency, age } = summary;
    this.#histories.add(frequency, recency, age);
    this.#rows.push([frequency, recency, age, this.#follow(rows)]);
  }

  /** Counts the customer's days with purchases; answers how many came after the cut. */
  #follow(rows: readonly Transaction[]): number {
    const { from, calibratedUntil, heldUntil } = this.#split;
    for (const row of rows) if (row.day <= heldUntil) this.#ledger.add(row);
    let later = 0;
    let before: number | undefined;
    this.#ledger.closeDays(this.#notices, (day) => {
      const on = before === undefined ? this.#firstOn : this.#repeatOn;
      on[day - from] = (on[day - from] ?? 0) + 1;
      if (day > calibratedUntil) later += 1;
      else if (before !== undefined) {
        this.#logIntervals += Math.log(day - before);
        this.#intervals += 1;
      }
      before = day;
    });
    return later;
  }

  statistics(): Parameters<typeof fitModel>[1]['statistics'] {
    const { first, second, third, count } = this.#histories.rows();
    return { frequency: first, recency: second, age: third, count };
  }

  logIntervals({ unit }: Pick<ValueOptions, 'unit'>): number {
    return this.#logIntervals - (unit === 'week' ? this.#intervals * Math.log(7) : 0);
  }

  compare(model: PredictiveModel, unit: TimeUnit): Check {
    const { calibratedUntil, heldUntil } = this.#split;
    const scale = DAYS_PER_UNIT[unit];
    const predict = createPredict(model, (heldUntil - calibratedUntil) / scale);
    const bins = Array.from({ length: FREQUENCY_MAX + 1 }, () => new Bin());
    for (const [x, recency, age, actual] of this.#rows) {
      bins[Math.min(x, FREQUENCY_MAX)]?.add(predict(x, recency, age), actual);
    }
    return {
      ...this.#split,
      customers: this.#rows.length,
      model,
      predicted: bins.reduce((sum, bin) => sum + bin.predicted, 0),
      actual: bins.reduce((sum, bin) => sum + bin.actual, 0),
      byFrequency: bins.flatMap((bin, x) => bin.row(x === FREQUENCY_MAX ? `${x}+` : `${x}`)),
      tracking: this.#track(model, scale),
    };
  }

  #track(model: PredictiveModel, scale: number): readonly TrackingPoint[] {
    const days = this.#firstOn.length;
    const step = Math.max(7, Math.ceil(days / POINTS_MAX));
    const expected = Float64Array.from({ length: days }, (_, day) =>
      day === 0 ? 0 : model.expectedPurchases(0, 0, 0, day / scale),
    );
    const points: TrackingPoint[] = [{ day: this.#split.from, actual: 0, expected: 0 }];
    for (let end = step - 1; points.length <= POINTS_MAX; end += step) {
      const last = Math.min(end, days - 1);
      let [actual, model] = [0, 0];
      for (let day = 0; day <= last; day++) {
        actual += this.#repeatOn[day] ?? 0;
        model += (this.#firstOn[day] ?? 0) * (expected[last - day] ?? 0);
      }
      points.push({ day: this.#split.from + last, actual, expected: model });
      if (last === days - 1) break;
    }
    return points;
  }
}

/** Customers of one history are predicted once. */
function createPredict(
  model: PredictiveModel,
  horizon: number,
): (x: number, recency: number, age: number) => number {
  const known = new Map<string, number>();
  return (x, recency, age) => {
    const key = `${x}:${recency}:${age}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const predicted = model.expectedPurchases(x, recency, age, horizon);
    known.set(key, predicted);
    return predicted;
  };
}

class Bin {
  customers = 0;
  predicted = 0;
  actual = 0;
  #squares = 0;

  add(predicted: number, actual: number): void {
    this.customers += 1;
    this.predicted += predicted;
    this.actual += actual;
    this.#squares += actual * actual;
  }

  row(label: string): readonly CheckRow[] {
    const { customers } = this;
    if (customers === 0) return [];
    const mean = this.actual / customers;
    const variance =
      customers < 2 ? 0 : (this.#squares - customers * mean * mean) / (customers - 1);
    return [
      {
        ...{ label, customers, predicted: this.predicted / customers, actual: mean },
        error: Math.sqrt(Math.max(0, variance) / customers),
      },
    ];
  }
}
