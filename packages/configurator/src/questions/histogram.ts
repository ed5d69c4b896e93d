import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { cheapestPath, dearestPath } from './paths.ts';
import { type Chance, sample } from './sample.ts';
import { divide } from './shares.ts';

/** What is to be drawn. */
export interface HistogramQuestion {
  readonly optionAt: Int32Array;
  /** What each option adds to the price, whole. */
  readonly amounts: Float64Array;
  readonly buckets: number;
  /** Chance, for where there are too many sums to follow all. */
  readonly random: Chance;
  /** Additions at most before designs are drawn instead; 20 million where left out. */
  readonly workMax?: number;
  /** Designs drawn then; 20,000 where left out. */
  readonly draws?: number;
}

/** How prices are spread among all designs. */
export interface PriceHistogram {
  /** The least and the greatest price; both exact. */
  readonly least: number;
  readonly greatest: number;
  /** How wide each bucket is; the first begins at `least`, the last holds `greatest`. */
  readonly width: number;
  /** The share of the designs in each bucket. */
  readonly shares: Float64Array;
  /**
   * 0 where shares are exact but for rounding. Else, with 95 % confidence, the share of designs up to any
   * price is nowhere farther from the right one than this (Dvoretzky, Kiefer and Wolfowitz 1956).
   */
  readonly error: number;
}

const WORK_MAX = 20_000_000;
const DRAWS = 20_000;

function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Prices in steps above the least of each level. */
interface Grid {
  /** The price of no steps. */
  readonly origin: number;
  /** What lies between two neighbouring sums. */
  readonly step: number;
  /** Of each option: how many steps it adds. */
  readonly steps: Float64Array;
  /** How many steps the levels before each one add at most, and all at the end. */
  readonly reach: Float64Array;
}

/** The options of each level that have an edge. */
function optionsByLevel(diagram: Diagram, optionAt: Int32Array): readonly ReadonlySet<number>[] {
  const { order, nodeAt, edgeAt, values } = diagram;
  return Array.from(order, (v, l) => {
    const base = optionAt[v] ?? 0;
    const from = edgeAt[nodeAt[l] ?? 0] ?? 0;
    const to = edgeAt[nodeAt[l + 1] ?? 0] ?? 0;
    const own = new Set<number>();
    for (let e = from; e < to; e++) own.add(base + (values[e] ?? 0));
    return own;
  });
}

function makeGrid(diagram: Diagram, { optionAt, amounts }: HistogramQuestion): Grid {
  const options = optionsByLevel(diagram, optionAt);
  const steps = new Float64Array(amounts.length);
  const reach = new Float64Array(options.length + 1);
  let step = 0;
  let origin = 0;
  options.forEach((own) => {
    const lowest = Math.min(...[...own].map((o) => amounts[o] ?? 0));
    origin += lowest;
    for (const o of own) {
      steps[o] = (amounts[o] ?? 0) - lowest;
      step = gcd(step, steps[o] ?? 0);
    }
  });
  const divisor = Math.max(1, step);
  options.forEach((own, l) => {
    for (const o of own) steps[o] = (steps[o] ?? 0) / divisor;
    reach[l + 1] = (reach[l] ?? 0) + Math.max(...[...own].map((o) => steps[o] ?? 0));
  });
  return { origin, step: divisor, steps, reach };
}

/** How many additions following all sums takes. */
function workOf({ nodeAt, edgeAt, order }: Diagram, { reach }: Grid): number {
  let work = 0;
  for (let l = 0; l < order.length; l++) {
    const edges = (edgeAt[nodeAt[l + 1] ?? 0] ?? 0) - (edgeAt[nodeAt[l] ?? 0] ?? 0);
    work += edges * ((reach[l] ?? 0) + 1);
  }
  return work;
}

/** What a level's nodes have, carried to the next level: how many paths come to each sum. */
function carryLevel(
  diagram: Diagram,
  level: number,
  here: Float64Array,
  step: {
    readonly steps: Float64Array;
    readonly base: number;
    readonly width: number;
    readonly next: number;
  },
): Float64Array {
  const { nodeAt, edgeAt, values, children } = diagram;
  const from = nodeAt[level] ?? 0;
  const to = nodeAt[level + 1] ?? 0;
  const { width, next, base, steps } = step;
  const there = new Float64Array(next * ((nodeAt[level + 2] ?? 0) - to));
  for (let n = from; n < to; n++) {
    const source = (n - from) * width;
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const shift = steps[base + (values[e] as number)] as number;
      const target = ((children[e] as number) - to) * next + shift;
      for (let i = 0; i < width; i++) {
        there[target + i] = (there[target + i] as number) + (here[source + i] as number);
      }
    }
  }
  return there;
}

/** Into which bucket a price falls. */
function bucketOf(price: number, least: number, width: number, buckets: number): number {
  return Math.min(buckets - 1, Math.floor((price - least) / width));
}

/** Every sum and how many designs have it, level by level; scaled so that nothing overflows. */
function followAll(diagram: Diagram, question: HistogramQuestion, grid: Grid): Float64Array {
  let here: Float64Array = Float64Array.of(1);
  for (let l = 0; l < diagram.order.length; l++) {
    const base = question.optionAt[diagram.order[l] ?? 0] ?? 0;
    const width = (grid.reach[l] ?? 0) + 1;
    const next = (grid.reach[l + 1] ?? 0) + 1;
    here = carryLevel(diagram, l, here, { steps: grid.steps, base, width, next });
    let most = 0;
    for (const count of here) most = Math.max(most, count);
    divide(here, 0, here.length, most);
  }
  return here;
}

/**
 * How prices are spread among all designs of a diagram, for a chart: exact where sums are few, else
 * from designs drawn by chance, with the error stated. Undefined where there is no design. Takes
 * additions by the number of edges times that of different sums, up to `workMax`; else one pass, and
 * the levels of each draw.
 */
export function priceHistogram(
  diagram: Diagram,
  question: HistogramQuestion,
): PriceHistogram | undefined {
  const { amounts, optionAt, buckets, workMax = WORK_MAX, draws = DRAWS } = question;
  const least = cheapestPath(diagram, question)?.sum;
  const greatest = dearestPath(diagram, question)?.sum;
  if (isEmpty(diagram) || least === undefined || greatest === undefined) return undefined;
  const width = Math.max((greatest - least) / buckets, Number.MIN_VALUE);
  const shares = new Float64Array(buckets);
  const grid = makeGrid(diagram, question);
  const count = (price: number, times: number): void => {
    const bucket = bucketOf(price, least, width, buckets);
    shares[bucket] = (shares[bucket] ?? 0) + times;
  };
  if (workOf(diagram, grid) <= workMax) {
    const sums = followAll(diagram, question, grid);
    sums.forEach((times, i) => {
      if (times > 0) count(grid.origin + i * grid.step, times);
    });
    divide(
      shares,
      0,
      buckets,
      shares.reduce((a, b) => a + b, 0),
    );
    return { least, greatest, width, shares, error: 0 };
  }
  for (const row of sample(diagram, { optionAt }, question.random, draws)) {
    const price = row.reduce((sum, value, l) => {
      return sum + (amounts[(optionAt[diagram.order[l] ?? 0] ?? 0) + value] ?? 0);
    }, 0);
    count(price, 1 / draws);
  }
  return { least, greatest, width, shares, error: Math.sqrt(Math.log(2 / 0.05) / (2 * draws)) };
}
