/** What is true of the made-up customers of a demo company, by the shape that they were made from. */
import { type CostTable, horizonOf } from '@keepsake/value';
import type { HistoryShape } from '../../src/modules/operator/demo-history.document.ts';
import type { TrueCustomer } from '../../src/modules/operator/demo-history.rules.ts';

/** What a made-up customer is truly worth at the end of the history, in units of the currency. */
export interface DemoTruth {
  readonly customer: string;
  readonly segment: string;
  readonly isAlive: boolean;
  /** What a purchase brings on average, after the cost to serve; own faults excused. */
  readonly each: number;
  /** Expected within the horizon, discounted; 0 for who has left. */
  readonly value: number;
}

const MONTHS_PER_WEEK = 12 / 52.18;

/** The truth of one customer, under a cost table, over a horizon. */
export function demoTruthOf(
  truth: TrueCustomer,
  about: { readonly shape: HistoryShape; readonly table: CostTable; readonly horizonWeeks: number },
): DemoTruth {
  const { shape, table } = about;
  const length = about.horizonWeeks * MONTHS_PER_WEEK;
  const { discount } = horizonOf(table, { length, unitsPerYear: 12 });
  const isAlive = truth.leaves >= shape.months;
  const each = marginEach(truth, shape, table) - costEach(truth, table);
  // Of a Poisson stream that ends at an exponential time: ∫ rate·e^(−(hazard + discount)·t) dt.
  const decay = truth.hazard + discount;
  const purchases = (truth.rate * (1 - Math.exp(-decay * length))) / decay;
  const { customer, segment } = truth;
  return { customer, segment, isAlive, each, value: isAlive ? each * purchases : 0 };
}

function marginEach(truth: TrueCustomer, shape: HistoryShape, table: CostTable): number {
  const lost = shape.emptied + (1 - shape.emptied) / 2;
  let margin = 0;
  for (const [category, share] of Object.entries(truth.categories)) {
    const basis = table.marginBasisPointsByCategory[category] ?? table.marginBasisPoints;
    const spend = truth.spend * (shape.spendOf[category] ?? 1) * (1 - truth.returnRate * lost);
    margin += (share * spend * (basis - table.paymentBasisPoints)) / 10_000;
  }
  return margin;
}

function costEach(truth: TrueCustomer, table: CostTable): number {
  const contacts = Object.entries(truth.contacts).reduce(
    (sum, [channel, rate]) => sum + rate * (table.perContactMinor[channel] ?? 0),
    0,
  );
  const rest =
    table.perOrderMinor +
    truth.lines * table.perLineMinor +
    truth.returnRate * table.perReturnMinor;
  return (rest + contacts) / table.minorPerUnit;
}
