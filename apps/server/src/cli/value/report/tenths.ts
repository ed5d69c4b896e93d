import { bestOrder } from './best-first.ts';
import { plainTable } from './data-table.ts';
import type { CustomerColumns } from './report-data.ts';
import {
  bandAxis,
  bands,
  bottomTitle,
  box,
  figure,
  niceTicks,
  PLOT,
  place,
  vertical,
  verticalAxis,
} from './svg.ts';
import { type moneyWords, sayEven, sayNumber, sayShare } from './words.ts';

type Money = ReturnType<typeof moneyWords>;

/** A tenth of the customers: how many they are, and what one of them is expected to bring. */
export interface Tenth {
  readonly customers: number;
  readonly value: number;
  /** The mean of their intervals. */
  readonly low: number;
  readonly high: number;
  readonly purchases: number;
}

const TENTHS = 10;

/** Customers from the best on in ten parts; fewer where they are fewer. */
export function tenthsOf(columns: CustomerColumns): readonly Tenth[] {
  const { count, value, low, high, purchases } = columns;
  const all = count.reduce((sum, n) => sum + n, 0);
  const sums = Array.from({ length: TENTHS }, () => new Float64Array(5));
  let before = 0;
  for (const row of bestOrder(columns)) {
    const end = before + (count[row] ?? 0);
    while (before < end) {
      const part = Math.min(TENTHS - 1, Math.floor((before * TENTHS) / all));
      const edge = part === TENTHS - 1 ? all : Math.ceil(((part + 1) * all) / TENTHS);
      const n = Math.min(end, edge) - before;
      [1, value[row], low[row], high[row], purchases[row]].forEach((figure, i) => {
        const sum = sums[part];
        if (sum !== undefined) sum[i] = (sum[i] ?? 0) + n * (figure ?? 0);
      });
      before += n;
    }
  }
  return sums.flatMap(([customers = 0, ...rest]) => {
    const [v = 0, l = 0, h = 0, p = 0] = rest.map((sum) => sum / customers);
    return customers === 0 ? [] : [{ customers, value: v, low: l, high: h, purchases: p }];
  });
}

const NAMES = ['best', ...Array.from({ length: TENTHS - 1 }, (_, i) => `${i + 2}.`)];

/** What a customer of each tenth is worth, and how far that is known of any one of them. */
export function tenthsChart(tenths: readonly Tenth[], worth: string, money: Money): string {
  const y = vertical(niceTicks(0, Math.max(...tenths.map(({ high }) => high), 1e-9)));
  const { at, width } = bands(tenths.length);
  const bars = tenths.map(({ value, low, high }, i) => {
    const top = y.at(value);
    const middle = place(at(i) + width / 2);
    const bar = { x: at(i) + width * 0.2, y: top, width: width * 0.6, height: PLOT.bottom - top };
    const title = `${money.say(value)}; of one ${money.say(low)} to ${money.say(high)}`;
    const line = `<line class="whisker" x1="${middle}" x2="${middle}" y1="${place(y.at(low))}" y2="${place(y.at(high))}"/>`;
    return box(bar, 'bar soft', title) + line;
  });
  const [best] = tenths;
  const digits = digitsFor(tenths);
  const whole = (value = 0): string => money.even(value, digits);
  return figure('tenths', {
    title: `One of the best tenth is expected to bring ${whole(best?.value)}, and may bring ${whole(best?.low)} to ${whole(best?.high)}`,
    about: `Mean ${worth} of a customer by tenths, from the best on`,
    spoken: tenths
      .map(({ value, low, high }, i) => {
        return `${NAMES[i]} tenth: ${whole(value)}, of one ${whole(low)} to ${whole(high)}`;
      })
      .join('; '),
    legend: [
      { kind: 'soft', name: 'expected' },
      { kind: 'range', name: 'one customer, nine times of ten' },
    ],
    marks: [
      verticalAxis(y, money.tick),
      ...bars,
      bandAxis(NAMES.slice(0, tenths.length)),
      bottomTitle('tenths of customers'),
    ].join(''),
  });
}

/** Decimals of ranges: none where they are wide. */
function digitsFor([best]: readonly Tenth[]): number {
  return (best?.high ?? 0) >= 10 ? 0 : 2;
}

/** The same as a table. */
export function tenthsTable(tenths: readonly Tenth[], money: Money): string {
  const total = tenths.reduce((sum, { customers, value }) => sum + customers * value, 0);
  const digits = digitsFor(tenths);
  const rows = tenths.map(({ customers, value, low, high, purchases }, i) => [
    NAMES[i] ?? '',
    sayNumber(customers),
    money.say(Math.round(customers * value)),
    sayShare(total > 0 ? (customers * value) / total : 0),
    money.even(value, 2),
    `${money.even(low, digits)} to ${money.even(high, digits)}`,
    sayEven(purchases, 2),
  ]);
  const head = ['Tenth', 'Customers', 'Value', 'Share', 'Each', 'Range of one', 'Orders each'];
  const words =
    'Value is what the tenth is expected to bring together; each is the mean of a customer, and the range the mean one of a single customer.';
  return `<div class="panel"><h3>The same in figures</h3><p class="quiet">${words}</p>${plainTable('Tenths of customers', head, rows)}</div>`;
}
