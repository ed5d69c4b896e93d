import {
  compileSpace,
  prepareSpace,
  type Space,
  startSession,
  viewSession,
} from '@keepsake/configurator';
import { randomFamily } from '@keepsake/configurator/testing';
import { seededRandom } from '@keepsake/kernel';
import { type Options, progress } from '../support/bench.ts';
import type { Chart } from '../support/chart.ts';
import { readFamily } from '../support/families.ts';
import { deadline, distributionOf, time } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import { isExact, type Taken, walk } from '../support/walk.ts';

const SIZES = [10, 20, 40, 80];
const SEEDS_MAX = 60;
const SECONDS_FOR_A_SIZE = 40;

interface Grown {
  readonly attributes: number;
  readonly families: number;
  readonly firstMs: readonly number[];
  readonly taken: readonly Taken[];
}

/** How a choice slows down as families grow. */
export function measureGrowth({ isQuick }: Options): {
  readonly table: Table;
  readonly chart: Chart;
} {
  const grown = SIZES.map((attributes) => measureSize(attributes, isQuick ? 2 : 6));
  const curves = grown
    .filter(({ families }) => families > 0)
    .map(({ attributes, families, firstMs, taken }) => ({
      ...{ attributes, families },
      first: distributionOf(firstMs),
      choice: distributionOf(taken.map(({ ms }) => ms)),
      exact: (100 * taken.filter(({ view }) => isExact(view)).length) / Math.max(1, taken.length),
    }));
  return {
    table: {
      title: 'A choice in process, as synthetic families grow',
      columns: [
        'attributes',
        'families',
        'compile, diagrams, first view p50 (ms)',
        'slowest (ms)',
        'choices',
        'choice p50 (ms)',
        'p99 (ms)',
        'max (ms)',
        'exact (%)',
      ],
      rows: curves.map(({ attributes, families, first, choice, exact }) => [
        ...[attributes, families, first.p50, first.max],
        ...[choice.count, choice.p50, choice.p99, choice.max, exact],
      ]),
      remarks: [
        'Random families of the engine’s own tests: as many rules as half the attributes, joining ' +
          'any with any, which is harder than rules that people write. Customers by chance, up to 12 ' +
          `choices each, at most ${SECONDS_FOR_A_SIZE} s a size. What is not exact is a stated bound.`,
      ],
    },
    chart: {
      title: 'A choice, as synthetic families grow',
      xLabel: 'attributes',
      yLabel: 'milliseconds',
      lines: (['p50', 'p99', 'max'] as const).map((name) => ({
        name,
        points: curves.map(({ attributes, choice }) => [attributes, choice[name]] as const),
      })),
    },
  };
}

function measureSize(attributes: number, familiesMax: number): Grown {
  progress(`synthetic families of ${attributes} attributes`);
  const isOver = deadline(SECONDS_FOR_A_SIZE);
  const firstMs: number[] = [];
  const taken: Taken[] = [];
  for (let seed = 1; seed <= SEEDS_MAX && firstMs.length < familiesMax && !isOver(); seed++) {
    const first = time(() => open(attributes, seed));
    if (first.value === undefined) continue;
    firstMs.push(first.ms);
    const dice = seededRandom(seed);
    for (let i = 0; i < 3 && !isOver(); i++) taken.push(...walk(first.value, dice, 12));
  }
  return { attributes, families: firstMs.length, firstMs, taken };
}

/** A family with at least one design, its first view shown; undefined where it has none. */
function open(attributes: number, seed: number): Space | undefined {
  const part = (of: number): number => Math.ceil(attributes / of);
  const text = randomFamily({
    ...{ seed, attributes, rules: part(5), tables: part(30), formulas: part(80), prices: part(10) },
  });
  const space = compileSpace(readFamily(text));
  prepareSpace(space);
  const { completion } = viewSession(startSession(space));
  return completion === undefined ? undefined : space;
}
