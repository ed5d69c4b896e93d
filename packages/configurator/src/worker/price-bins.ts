import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { conditionAll } from '../questions/condition.ts';
import type { Decided } from '../solve/problem.ts';
import { type CompiledSpace, countDesigns, questionOf } from './compiled-space.ts';
import type { PriceBins } from './messages.ts';

/** Where bins lie: the first begins at `fromMinor`, each is `stepMinor` wide. */
export interface BinPlan {
  readonly fromMinor: number;
  readonly stepMinor: number;
  readonly count: number;
}

/** Bins of a chart. */
const BINS = 32;
/** Additions up to which every sum is followed for itself. */
const EXACT_WORK_MAX = 20_000_000;
/** Points of the grid on which sums are followed otherwise. */
const POINTS = 320;

/** Widths that people read easily, times powers of ten. */
const EASY = [1, 2, 2.5, 5, 10];

/** The smallest easy width that is at least this, in whole minor units. */
function easyStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const step = EASY.map((each) => each * power).find(
    (each) => each >= least && Number.isInteger(each),
  );
  return step ?? 10 * power;
}

/** Bins of an easy width that hold all prices from the least to the greatest: 33 at most. */
export function planBins(minMinor: number, maxMinor: number): BinPlan {
  const stepMinor = easyStep((maxMinor - minMinor + 1) / BINS);
  const fromMinor = Math.floor(minMinor / stepMinor) * stepMinor;
  const count = Math.floor((maxMinor - fromMinor) / stepMinor) + 1;
  return { fromMinor, stepMinor, count };
}

/** What one class adds: points of the grid above the least of its level, and the mass on each. */
interface Spread {
  readonly points: Int32Array;
  readonly masses: Float64Array;
}

/** A level: what each of its classes adds, the least amount, and how far it can reach. */
interface LevelSpread {
  readonly byClass: readonly Spread[];
  readonly leastMinor: number;
  readonly reach: number;
}

/** Masses on points above `leastMinor`. */
interface Masses {
  readonly leastMinor: number;
  readonly masses: Float64Array;
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** The amounts of the values of each class of a variable. */
function amountsByClass({ space }: CompiledSpace, v: number): readonly (readonly number[])[] {
  const amounts = space.lookup.variables[v]?.amountsMinor ?? [];
  return (space.classes.members[v] ?? []).map((members) => members.map((i) => amounts[i] ?? 0));
}

/** Puts an amount between two points on both, so that the mean stays. */
function spreadOf(amounts: readonly number[], leastMinor: number, step: number): Spread {
  const mass = new Map<number, number>();
  const put = (point: number, part: number): void => {
    if (part > 0) mass.set(point, (mass.get(point) ?? 0) + part);
  };
  for (const amount of amounts) {
    const at = (amount - leastMinor) / step;
    const point = Math.floor(at);
    put(point, 1 - (at - point));
    put(point + 1, at - point);
  }
  return { points: Int32Array.from(mass.keys()), masses: Float64Array.from(mass.values()) };
}

/** The classes of a level that have an edge. */
function usedClasses({ nodeAt, edgeAt, values }: Diagram, l: number): ReadonlySet<number> {
  const from = edgeAt[nodeAt[l] ?? 0] ?? 0;
  const to = edgeAt[nodeAt[l + 1] ?? 0] ?? 0;
  const used = new Set<number>();
  for (let e = from; e < to; e++) used.add(values[e] ?? 0);
  return used;
}

function levelSpread(
  byClass: readonly (readonly number[])[],
  used: ReadonlySet<number>,
  step: number,
): LevelSpread {
  const amounts = byClass.flatMap((own, c) => (used.has(c) ? own : []));
  const leastMinor = Math.min(...amounts);
  const spreads = byClass.map((own, c) => spreadOf(used.has(c) ? own : [], leastMinor, step));
  const reach = Math.max(0, ...spreads.flatMap(({ points }) => Array.from(points)));
  return { byClass: spreads, leastMinor, reach };
}

function scaleDown(masses: Float64Array): void {
  let most = 0;
  for (const mass of masses) most = Math.max(most, mass);
  if (most > 0) for (let i = 0; i < masses.length; i++) masses[i] = (masses[i] ?? 0) / most;
}

/** Adds masses, moved by some points and scaled. */
function addMoved(
  from: Float64Array,
  into: Float64Array,
  move: { readonly source: number; readonly target: number; readonly width: number },
  mass: number,
): void {
  const { source, target, width } = move;
  for (let i = 0; i < width; i++) {
    into[target + i] = (into[target + i] as number) + mass * (from[source + i] as number);
  }
}

/** One level: what its nodes have, carried along the edges. */
function carry(
  diagram: Diagram,
  l: number,
  here: Float64Array,
  at: { readonly width: number; readonly spread: LevelSpread },
): Float64Array {
  const { nodeAt, edgeAt, values, children } = diagram;
  const { width, spread } = at;
  const [from, to] = [nodeAt[l] ?? 0, nodeAt[l + 1] ?? 0];
  const next = width + spread.reach;
  const there = new Float64Array(next * ((nodeAt[l + 2] ?? 0) - to));
  for (let n = from; n < to; n++) {
    const source = (n - from) * width;
    const end = edgeAt[n + 1] ?? 0;
    for (let e = edgeAt[n] ?? 0; e < end; e++) {
      const own = spread.byClass[values[e] ?? 0];
      const target = ((children[e] ?? 0) - to) * next;
      own?.points.forEach((point, i) => {
        const move = { source, target: target + point, width };
        addMoved(here, there, move, own.masses[i] ?? 0);
      });
    }
  }
  scaleDown(there);
  return there;
}

/** How the prices of one diagram are spread, on the grid. */
function massesOf(compiled: CompiledSpace, diagram: Diagram, step: number): Masses {
  let here: Float64Array = Float64Array.of(1);
  let leastMinor = 0;
  let width = 1;
  diagram.order.forEach((v, l) => {
    const spread = levelSpread(amountsByClass(compiled, v), usedClasses(diagram, l), step);
    here = carry(diagram, l, here, { width, spread });
    width += spread.reach;
    leastMinor += spread.leastMinor;
  });
  return { leastMinor, masses: here };
}

/** Both together: sums of independent parts. */
function convolve(a: Masses, b: Masses): Masses {
  const masses = new Float64Array(a.masses.length + b.masses.length - 1);
  b.masses.forEach((mass, i) => {
    if (mass === 0) return;
    addMoved(a.masses, masses, { source: 0, target: i, width: a.masses.length }, mass);
  });
  scaleDown(masses);
  return { leastMinor: a.leastMinor + b.leastMinor, masses };
}

/** What lies between neighbouring sums, and how many additions following all of them takes. */
function exactGrid(
  compiled: CompiledSpace,
  diagrams: readonly Diagram[],
): { readonly step: number; readonly work: number } {
  let step = 0;
  const spans: { readonly edges: number; readonly span: number }[][] = [];
  for (const diagram of diagrams) {
    const { order, nodeAt, edgeAt } = diagram;
    const own = Array.from(order, (v, l) => {
      const used = usedClasses(diagram, l);
      const amounts = amountsByClass(compiled, v).flatMap((all, c) => (used.has(c) ? all : []));
      const least = Math.min(...amounts);
      for (const amount of amounts) step = gcd(step, amount - least);
      const edges = (edgeAt[nodeAt[l + 1] ?? 0] ?? 0) - (edgeAt[nodeAt[l] ?? 0] ?? 0);
      return { edges, span: Math.max(...amounts) - least };
    });
    spans.push(own);
  }
  step = Math.max(1, step);
  let work = 0;
  for (const levels of spans) {
    let reach = 1;
    for (const { edges, span } of levels) {
      work += edges * reach;
      reach += span / step;
    }
  }
  return { step, work };
}

/** What the decided values add; their levels are gone. */
function decidedMinor({ space }: CompiledSpace, decided: Decided): number {
  return space.lookup.variables.reduce((sum, { amountsMinor }, v) => {
    const own = decided[v] ?? -1;
    return own < 0 ? sum : sum + (amountsMinor[own] ?? 0);
  }, 0);
}

/**
 * How many designs that keep the choices cost how much. Each sum is followed for itself where that
 * takes few additions; else on a grid of some hundred points, where an amount between two points
 * counts for both in proportion: the mean stays, and neighbouring bins blur by a fraction of a bin.
 * Undefined where there is no design. Cost: edges times points.
 */
export function priceBins(
  compiled: CompiledSpace,
  decided: Decided,
  plan: BinPlan,
  exactWorkMax: number = EXACT_WORK_MAX,
): PriceBins | undefined {
  const { low } = questionOf(compiled, decided);
  const live = compiled.diagrams.map((diagram) => conditionAll(diagram, low.decided ?? decided));
  if (live.some(isEmpty)) return undefined;
  const exact = exactGrid(compiled, live);
  const isExact = exact.work <= exactWorkMax;
  const coarse = Math.max(exact.step, (plan.stepMinor * plan.count) / POINTS);
  const step = isExact ? exact.step : coarse;
  const parts = live.map((diagram) => massesOf(compiled, diagram, step));
  const start: Masses = { leastMinor: 0, masses: Float64Array.of(1) };
  const { leastMinor, masses } = parts.reduce(convolve, start);
  const from = leastMinor + compiled.space.family.basePriceMinor + decidedMinor(compiled, decided);
  const designs = new Float64Array(plan.count);
  masses.forEach((mass, i) => {
    const bin = Math.floor((from + i * step - plan.fromMinor) / plan.stepMinor);
    const at = Math.min(plan.count - 1, Math.max(0, bin));
    designs[at] = (designs[at] ?? 0) + mass;
  });
  const whole = designs.reduce((sum, mass) => sum + mass, 0);
  const count = Number(countDesigns(compiled, decided));
  const { fromMinor, stepMinor } = plan;
  return {
    fromMinor,
    stepMinor,
    isExact,
    designs: Array.from(designs, (m) => (m / whole) * count),
  };
}
