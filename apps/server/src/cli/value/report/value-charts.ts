import { type BestFirst, type CountedValues, rankBestFirst } from './best-first.ts';
import { figuresOf } from './data-table.ts';
import {
  bands,
  bottomTitle,
  box,
  figure,
  horizontal,
  horizontalAxis,
  label,
  niceTicks,
  PLOT,
  path,
  place,
  vertical,
  verticalAxis,
} from './svg.ts';
import { type moneyWords, sayNumber, sayShare } from './words.ts';

type Money = ReturnType<typeof moneyWords>;

const PERCENT = (share: number): string => `${Math.round(share * 100)}\u00a0%`;
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

const CURVE_POINTS = 200;

/** Customers from the best on, and what they hold together. */
export function whaleChart({ shareOfBest }: BestFirst, worth: string): string {
  const x = horizontal(0, 1, SHARES);
  const y = vertical(SHARES);
  const points = Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
    const share = i / CURVE_POINTS;
    return [x.at(share), y.at(shareOfBest(share))] as const;
  });
  const fifth = shareOfBest(0.2);
  const [fifthX, fifthY] = [x.at(0.2), y.at(fifth)];
  const marks = [
    verticalAxis(y, PERCENT),
    horizontalAxis(x, PERCENT),
    path([[x.at(0), y.at(0)] as const, [x.at(1), y.at(1)] as const], 'line even'),
    path(points, 'line expected'),
    `<line class="whisker" x1="${place(fifthX)}" x2="${place(fifthX)}" y1="${place(fifthY)}" y2="${PLOT.bottom}"/>`,
    `<circle class="dot expected" cx="${place(fifthX)}" cy="${place(fifthY)}" r="4"/>`,
    label([fifthX + 10, fifthY + 18], `best 20 %: ${sayShare(fifth)}`, {
      anchor: 'start',
      kind: 'note',
    }),
    bottomTitle('share of customers, the best first'),
  ];
  return figure('whale', {
    title: `The best fifth of customers hold ${sayShare(fifth)} of what is to come`,
    about: `Share of ${worth} that the best customers hold together`,
    spoken: [0.1, 0.2, 0.5]
      .map((share) => `The best ${PERCENT(share)} hold ${sayShare(shareOfBest(share))}.`)
      .join(' '),
    legend: [
      { kind: 'expected', name: 'customers of this file' },
      { kind: 'even', name: 'if all were worth the same' },
    ],
    marks: marks.join(''),
  });
}

const STEPS = [1, 2, 5];
const BINS_MAX = 10;

/** Nearly all customers are worth more than the first edge, where that is above 0. */
const LEAST_SHARE = 0.98;

/** Edges 0, …, 10, 20, 50, 100, … that end above the greatest value. */
function edgesFor({ edgeOfBest }: BestFirst): readonly number[] {
  const [most, least] = [edgeOfBest(0), edgeOfBest(LEAST_SHARE)];
  const edges: number[] = [];
  const power = Math.floor(Math.log10(Math.max(most, 1e-6)));
  for (let exponent = power - 4; exponent <= power + 1; exponent++) {
    for (const step of STEPS) edges.push(Number((step * 10 ** exponent).toPrecision(6)));
  }
  const end = edges.findIndex((edge) => edge > most);
  const shown = edges.slice(Math.max(0, end + 1 - BINS_MAX), end + 1);
  return [0, ...shown.slice(Math.max(0, shown.findIndex((edge) => edge > least) - 1))];
}

/** Where customers are, and where value is, by what a customer is worth. */
export function distributionChart(counted: CountedValues, worth: string, money: Money): string {
  const best = rankBestFirst(counted);
  const edges = edgesFor(best);
  const bins = edges.slice(1).map(() => ({ customers: 0, value: 0 }));
  let total = 0;
  counted.value.forEach((value, row) => {
    let at = 0;
    while (at < bins.length - 1 && value >= (edges[at + 1] ?? Number.POSITIVE_INFINITY)) at++;
    const bin = bins[at];
    if (bin === undefined) return;
    const n = counted.count[row] ?? 0;
    bin.customers += n;
    bin.value += n * value;
    total += n * value;
  });
  const shares = bins.map((bin) => ({
    customers: bin.customers / best.customers,
    value: total > 0 ? bin.value / total : 0,
  }));
  const y = vertical(
    niceTicks(0, Math.max(...shares.flatMap((bin) => [bin.customers, bin.value]))),
  );
  const { at, width } = bands(bins.length);
  const say = (i: number): string =>
    `${money.say(edges[i] ?? 0)} to ${money.say(edges[i + 1] ?? 0)}`;
  const ticks = edges.map((edge, i) =>
    label([at(i), PLOT.bottom + 18], money.tick(edge), { kind: 'tick' }),
  );
  const bars = shares.map((bin, i) => {
    const bar = (share: number, side: number, kind: string, what: string): string => {
      const title = `${say(i)}: ${sayShare(share)} of ${what}`;
      const top = y.at(share);
      const x = at(i) + width * (0.12 + side * 0.4);
      return box({ x, y: top, width: width * 0.36, height: PLOT.bottom - top }, kind, title);
    };
    return (
      bar(bin.customers, 0, 'bar actual', 'customers') + bar(bin.value, 1, 'bar expected', 'value')
    );
  });
  const marks = [
    verticalAxis(y, PERCENT),
    ...bars,
    ...ticks,
    bottomTitle(`${worth} of a customer`),
  ];
  const small = shares[0];
  return figure('distribution', {
    title: `The lower half of customers hold ${sayShare(1 - best.shareOfBest(0.5))} of it`,
    about: `Share of customers, and of ${worth}, by what a customer is worth`,
    spoken: `${sayNumber(best.customers)} customers. Of those worth the least (${say(0)}) are ${sayShare(small?.customers ?? 0)}, who hold ${sayShare(small?.value ?? 0)}.`,
    legend: [
      { kind: 'actual', name: 'customers' },
      { kind: 'expected', name: 'value' },
    ],
    marks: marks.join(''),
    details: figuresOf(
      'Customers and value by what a customer is worth',
      [`${worth} of a customer`, 'Customers', 'Share', 'Value', 'Share of value'],
      bins.map((bin, i) => [
        ...[say(i), sayNumber(bin.customers), sayShare(shares[i]?.customers ?? 0)],
        ...[money.say(Math.round(bin.value)), sayShare(shares[i]?.value ?? 0)],
      ]),
    ),
  });
}
