import type { PredictiveModel, SpendFit, SpendStatistics } from '@keepsake/value';
import type { TimeUnit } from '../time-unit.ts';
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
  sideTitle,
  vertical,
  verticalAxis,
} from './svg.ts';
import { type moneyWords, sayFine, sayNumber, sayShare, sayShort } from './words.ts';

const COLUMNS = 9;
const ROWS = [0, 1, 2, 3, 4, 6, 8, 12] as const;

/** What the cells stand for: times since the last purchase, at one age. */
interface Grid {
  readonly model: PredictiveModel;
  readonly age: number;
  readonly unit: TimeUnit;
  readonly columns: number;
  /** Between two columns. */
  readonly step: number;
  /** A purchase takes as long at least. */
  readonly leastTime: number;
}

/** The probability to be alive, by purchases and by how long the last one is ago. */
export function aliveChart(model: PredictiveModel, age: number, unit: TimeUnit): string {
  const isWhole = model.name === 'bg-bb';
  const columns = isWhole ? Math.min(COLUMNS, Math.floor(age) + 1) : COLUMNS;
  const step = isWhole
    ? Math.max(1, Math.floor(age / Math.max(1, columns - 1)))
    : age / (columns - 1);
  const grid: Grid = { model, age, unit, columns, step, leastTime: isWhole ? 1 : 0 };
  const { at, width } = bands(columns);
  const cells = ROWS.flatMap((frequency, row) =>
    Array.from({ length: columns }, (_, column) => cellAt(grid, { frequency, row, column })),
  );
  const rows = ROWS.map((frequency, row) =>
    label([PLOT.left - 8, PLOT.bottom - (row + 0.5) * CELL_HEIGHT + 4], `${frequency}`, {
      anchor: 'end',
      kind: 'tick',
    }),
  );
  const ticks = Array.from({ length: columns }, (_, column) =>
    label([at(column) + width / 2, PLOT.bottom + 18], sayNumber(Math.min(age, column * step)), {
      kind: 'tick',
    }),
  );
  const isStopping = model.name !== 'nbd';
  return figure('alive', {
    title: isStopping
      ? 'The more often somebody bought, the more a silence means'
      : 'Nobody stops, as far as the data tell',
    about: `Probability in % to be still a customer, ${sayNumber(age)} ${unit}s after the first purchase`,
    spoken: isStopping
      ? 'Probabilities fall with the time since the last purchase, and the faster the more was bought before.'
      : 'All probabilities are 100 %.',
    legend: [],
    marks: [
      ...cells,
      ...rows,
      ...ticks,
      sideTitle('purchases after the first'),
      bottomTitle(`${unit}s since the last purchase`),
    ].join(''),
  });
}

const CELL_HEIGHT = (PLOT.bottom - PLOT.top) / ROWS.length;

/** Nothing where no customer can be: who has not come again is silent since the first purchase. */
function cellAt(
  { model, age, unit, columns, step, leastTime }: Grid,
  { frequency, row, column }: { readonly frequency: number; row: number; column: number },
): string {
  const silence = Math.min(age, column * step);
  const isFirstOnly = column === columns - 1;
  const isPossible =
    frequency === 0 ? isFirstOnly : !isFirstOnly && age - silence >= frequency * leastTime;
  if (!isPossible) return '';
  const p = model.probabilityAlive(frequency, frequency === 0 ? 0 : age - silence, age);
  const { at, width } = bands(columns);
  const top = PLOT.bottom - (row + 1) * CELL_HEIGHT;
  const shape = { x: at(column) + 1, y: top + 1, width: width - 2, height: CELL_HEIGHT - 2 };
  const title = `${frequency} purchases after the first, the last ${sayFine(silence)} ${unit}s ago: ${sayShare(p)}`;
  const shade = `<rect fill-opacity="${(0.06 + 0.94 * p).toFixed(3)}" `;
  const words = label(
    [at(column) + width / 2, top + CELL_HEIGHT / 2 + 4],
    `${Math.round(p * 100)}`,
    {
      kind: p > 0.55 ? 'on-heat' : 'off-heat',
    },
  );
  return box(shape, 'heat', title).replace('<rect ', shade) + words;
}

const SPEND_BINS = 24;
const PARTS = 6;

/** Mean spend of who bought again: what was seen, and what the model says. */
export function spendChart(
  fit: SpendFit,
  statistics: SpendStatistics,
  money: ReturnType<typeof moneyWords>,
): string {
  const ticks = niceTicks(0, spendQuantile(statistics, 0.96));
  const end = ticks.at(-1) ?? 1;
  const bin = end / SPEND_BINS;
  const seen = new Float64Array(SPEND_BINS);
  const byCount = new Map<number, number>();
  let beyond = 0;
  statistics.meanSpend.forEach((mean, i) => {
    const n = statistics.count[i] ?? 0;
    const purchases = statistics.spendCount[i] ?? 0;
    byCount.set(purchases, (byCount.get(purchases) ?? 0) + n);
    const at = Math.floor(mean / bin);
    if (at < SPEND_BINS) seen[at] = (seen[at] ?? 0) + n;
    else beyond += n;
  });
  const expected = Float64Array.from({ length: SPEND_BINS }, (_, i) =>
    expectedIn(fit, byCount, { from: i * bin, width: bin }),
  );
  const x = horizontal(0, end, ticks);
  const y = vertical(niceTicks(0, Math.max(...seen, ...expected)));
  const { at, width } = bands(SPEND_BINS);
  const bars = [...seen].map((customers, i) => {
    const top = y.at(customers);
    const title = `${money.say(i * bin)} to ${money.say((i + 1) * bin)}: ${sayNumber(customers)} customers, ${sayNumber(expected[i] ?? 0)} by the model`;
    return box(
      { x: at(i) + 1, y: top, width: width - 2, height: PLOT.bottom - top },
      'bar actual',
      title,
    );
  });
  const line = [...expected].map((customers, i) => [at(i) + width / 2, y.at(customers)] as const);
  const more = beyond === 0 ? '' : `; ${sayNumber(beyond)} spend more than ${money.say(end)}`;
  return figure('spend', {
    title: `Half of those who came again spend ${money.say(Math.round(spendQuantile(statistics, 0.25)))} to ${money.say(Math.round(spendQuantile(statistics, 0.75)))} on a purchase`,
    about: `Customers by their mean spend on purchases after the first; ${sayNumber(fit.customers)} customers${more}`,
    spoken: `Mean spend of ${sayNumber(fit.customers)} customers, and the Gamma-Gamma model with p ${sayFine(fit.model.parameters.p)}, q ${sayFine(fit.model.parameters.q)} and v ${sayFine(fit.model.parameters.v)}.`,
    legend: [
      { kind: 'actual', name: 'customers' },
      { kind: 'expected', name: 'Gamma-Gamma model' },
    ],
    marks: [
      verticalAxis(y, sayShort),
      horizontalAxis(x, money.tick),
      ...bars,
      path(line, 'line expected'),
      bottomTitle('mean spend of a purchase'),
    ].join(''),
  });
}

/** Customers whose mean spend the model has within a bin, by the midpoints of its parts. */
function expectedIn(
  { model }: SpendFit,
  byCount: ReadonlyMap<number, number>,
  { from, width }: { readonly from: number; readonly width: number },
): number {
  let sum = 0;
  for (const [spendCount, customers] of byCount) {
    for (let part = 0; part < PARTS; part++) {
      const meanSpend = from + (width * (part + 0.5)) / PARTS;
      const density = Math.exp(model.logLikelihood({ spendCount, meanSpend }));
      sum += (customers * density * width) / PARTS;
    }
  }
  return sum;
}

function spendQuantile({ meanSpend, count }: SpendStatistics, share: number): number {
  const order = [...meanSpend.keys()].sort((a, b) => (meanSpend[a] ?? 0) - (meanSpend[b] ?? 0));
  let left = share * count.reduce((sum, n) => sum + n, 0);
  for (const row of order) {
    left -= count[row] ?? 0;
    if (left <= 0) return meanSpend[row] ?? 1;
  }
  return 1;
}
