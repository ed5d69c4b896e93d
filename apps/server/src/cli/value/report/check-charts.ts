import { sayDay } from '../cells.ts';
import { figuresOf } from './data-table.ts';
import type { Check } from './report-data.ts';
import {
  bandAxis,
  bands,
  bottomTitle,
  box,
  dot,
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
import { sayFine, sayNumber, sayShare, sayShort } from './words.ts';

/** Repeat purchases, counted from the beginning: what happened beside what the model expected. */
export function trackingChart(check: Check): string {
  const { tracking, from, heldUntil, calibratedUntil } = check;
  const last = tracking.at(-1);
  const most = Math.max(...tracking.flatMap(({ actual, expected }) => [actual, expected]), 1);
  const y = vertical(niceTicks(0, most));
  const x = horizontal(from, heldUntil, monthTicks(from, heldUntil));
  const cut = x.at(calibratedUntil);
  const line = (of: 'actual' | 'expected'): string =>
    path(
      tracking.map((point) => [x.at(point.day), y.at(point[of])] as const),
      `line ${of}`,
    );
  const held = { x: cut, y: PLOT.top, width: PLOT.right - cut, height: PLOT.bottom - PLOT.top };
  const marks = [
    box(held, 'held'),
    verticalAxis(y, sayShort),
    horizontalAxis(x, (day) => sayDay(day).slice(0, 7)),
    label([cut + 6, PLOT.top + 14], 'not seen by the model', { anchor: 'start', kind: 'note' }),
    line('actual'),
    line('expected'),
  ].join('');
  const [actual, expected] = [last?.actual ?? 0, last?.expected ?? 0];
  const gap = actual === 0 ? 'nothing to compare' : sayShare(Math.abs(expected / actual - 1));
  const side = expected < actual ? 'below' : 'above';
  return figure('tracking', {
    title: `Carried on from the first part, the model ends ${gap} ${side} what happened`,
    about: `Repeat purchases since ${sayDay(from)} of customers known by ${sayDay(calibratedUntil)}, added up`,
    spoken: `Of ${sayNumber(actual)} repeat purchases by ${sayDay(heldUntil)} the model expected ${sayNumber(expected)}.`,
    legend: [
      { kind: 'actual', name: 'what happened' },
      { kind: 'expected', name: `model of the time until ${sayDay(calibratedUntil)}` },
    ],
    marks,
  });
}

const TICKS_MAX = 6;
const MONTHS_APART = [1, 2, 3, 6, 12, 24, 60, 120] as const;

/** First days of months, some six at most. */
export function monthTicks(from: number, to: number): readonly number[] {
  const months = (to - from) / (365.25 / 12);
  const apart = MONTHS_APART.find((each) => months / each <= TICKS_MAX) ?? 240;
  const first = new Date(from * MS_PER_DAY);
  const ticks: number[] = [];
  for (let month = 0; ; month++) {
    const day = Date.UTC(first.getUTCFullYear(), month, 1) / MS_PER_DAY;
    if (day > to) return ticks;
    if (day >= from && month % apart === 0) ticks.push(day);
  }
}

const MS_PER_DAY = 86_400_000;

/** Mean purchases in the time held out, by purchases before. */
export function calibrationChart({ byFrequency, customers, calibratedUntil }: Check): string {
  const most = Math.max(...byFrequency.flatMap((row) => [row.predicted, row.actual + row.error]));
  const y = vertical(niceTicks(0, most || 1));
  const { at, width } = bands(byFrequency.length);
  const bars = byFrequency.map((row, i) => {
    const middle = at(i) + width / 2;
    const top = y.at(row.actual);
    const title = `${row.label} purchases before, ${sayNumber(row.customers)} customers: ${sayFine(row.actual)} happened, ${sayFine(row.predicted)} predicted`;
    const bar = { x: at(i) + width * 0.2, y: top, width: width * 0.6, height: PLOT.bottom - top };
    const [low, high] = [y.at(Math.max(0, row.actual - row.error)), y.at(row.actual + row.error)];
    const whisker = `<line class="whisker" x1="${place(middle)}" x2="${place(middle)}" y1="${place(low)}" y2="${place(high)}"/>`;
    return box(bar, 'bar actual', title) + whisker;
  });
  const dots = byFrequency.map((row, i) =>
    dot(
      [at(i) + width / 2, y.at(row.predicted)],
      'dot expected',
      `predicted ${sayFine(row.predicted)}`,
    ),
  );
  const line = path(
    byFrequency.map((row, i) => [at(i) + width / 2, y.at(row.predicted)] as const),
    'line expected',
  );
  const names = byFrequency.map((row) => row.label);
  const marks = [
    verticalAxis(y, sayFine),
    ...bars,
    line,
    ...dots,
    bandAxis(names),
    bottomTitle(`purchases after the first, by ${sayDay(calibratedUntil)}`),
  ];
  return figure('calibration', {
    title: 'What was predicted and what came, by purchases before',
    about: `Mean purchases of a customer in the time held out; ${sayNumber(customers)} customers`,
    spoken: byFrequency
      .map(
        (row) =>
          `${row.label} before: ${sayFine(row.actual)} happened, ${sayFine(row.predicted)} predicted`,
      )
      .join('; '),
    legend: [
      { kind: 'actual', name: 'what happened, ± one standard error' },
      { kind: 'expected', name: 'model' },
    ],
    marks: marks.join(''),
    details: figuresOf(
      'Purchases predicted and come',
      ['Purchases before', 'Customers', 'Happened', '± standard error', 'Predicted'],
      byFrequency.map(({ label: name, customers: many, actual, error, predicted }) => [
        ...[name, sayNumber(many), sayFine(actual), sayFine(error), sayFine(predicted)],
      ]),
    ),
  });
}
