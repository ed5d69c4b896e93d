import { seededRandom } from '@keepsake/kernel';
import type { Work } from './work.ts';

/** A relation as an order sees it. */
export interface Bond {
  /** Its open variables. */
  readonly scope: Int32Array;
  /** Logarithm of how many states it can be in when it is half read, at most. */
  readonly logStates: number;
  /** Whether a state tells the values that were read: so it does for rows, but not for a clause. */
  readonly isTable: boolean;
}

/** What an order is sought for. */
export interface OrderTask {
  /** Logarithm of the live values of each variable. */
  readonly logSizes: Float64Array;
  readonly bonds: readonly Bond[];
  readonly seed: number;
}

/** An order of variables, and the logarithm of how many nodes it promises at most. */
export interface RankedOrder {
  readonly order: Int32Array;
  readonly width: number;
}

const ROUNDS = 60;

function placesOf(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  order.forEach((v, i) => {
    place[v] = i;
  });
  return place;
}

/** Sum over the bonds of how far apart their first and last variables stand. */
function spanOf(place: Int32Array, bonds: readonly Bond[]): number {
  let total = 0;
  for (const { scope } of bonds) {
    let [low, high] = [place.length, -1];
    for (const v of scope) {
      const at = place[v] ?? 0;
      if (at < low) low = at;
      if (at > high) high = at;
    }
    if (high >= 0) total += high - low;
  }
  return total;
}

function pulled(order: Int32Array, place: Int32Array, bonds: readonly Bond[]): Int32Array {
  const pull = new Float64Array(order.length);
  const weight = new Float64Array(order.length);
  for (const { scope } of bonds) {
    let centre = 0;
    for (const v of scope) centre += place[v] ?? 0;
    centre /= scope.length;
    for (const v of scope) {
      pull[v] = (pull[v] ?? 0) + centre;
      weight[v] = (weight[v] ?? 0) + 1;
    }
  }
  const aim = pull.map((sum, v) =>
    (weight[v] ?? 0) > 0 ? sum / (weight[v] ?? 1) : (place[v] ?? 0),
  );
  return order.slice().sort((a, b) => (aim[a] ?? 0) - (aim[b] ?? 0) || a - b);
}

/**
 * One run of FORCE (Aloul, Markov, Sakallah 2003): bonds pull their variables to their common
 * centre, until the span no longer shrinks.
 */
function force(start: Int32Array, bonds: readonly Bond[]): Int32Array {
  let order = start;
  let place = placesOf(order);
  let best = spanOf(place, bonds);
  for (let round = 0; round < ROUNDS; round++) {
    const next = pulled(order, place, bonds);
    const nextPlace = placesOf(next);
    const span = spanOf(nextPlace, bonds);
    if (span >= best) break;
    [order, place, best] = [next, nextPlace, span];
  }
  return order;
}

/** What the width of an order is worked out with. */
interface Sheet {
  readonly task: OrderTask;
  /** Tables first, the tightest foremost. */
  readonly bonds: readonly Bond[];
  /** By variable: the last level of any bond that it is in. */
  readonly until: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** By variable: the cut at which it was last accounted for. */
  readonly isCovered: Int32Array;
}

function tightness({ scope, logStates }: Bond, logSizes: Float64Array): number {
  return logStates / scope.reduce((sum, v) => sum + (logSizes[v] ?? 0), 1e-9);
}

function makeSheet(task: OrderTask): Sheet {
  const keyed = task.bonds.map((bond) => ({ bond, key: tightness(bond, task.logSizes) }));
  keyed.sort((a, b) => Number(b.bond.isTable) - Number(a.bond.isTable) || a.key - b.key);
  return {
    task,
    bonds: keyed.map(({ bond }) => bond),
    until: new Int32Array(task.logSizes.length),
    first: new Int32Array(keyed.length),
    last: new Int32Array(keyed.length),
    isCovered: new Int32Array(task.logSizes.length),
  };
}

function fillSheet({ bonds, until, first, last, isCovered }: Sheet, place: Int32Array): void {
  until.fill(-1);
  isCovered.fill(-1);
  bonds.forEach(({ scope }, b) => {
    let [low, high] = [place.length, -1];
    for (const v of scope) {
      low = Math.min(low, place[v] ?? 0);
      high = Math.max(high, place[v] ?? 0);
    }
    first[b] = low;
    last[b] = high;
    for (const v of scope) until[v] = Math.max(until[v] ?? -1, high);
  });
}

/** Logarithm of the values of a bond's variables that are read, needed below, and not covered. */
function openLog(sheet: Sheet, place: Int32Array, scope: Int32Array, cut: number): number {
  const { task, until, isCovered } = sheet;
  let open = 0;
  for (const v of scope) {
    if ((place[v] ?? 0) > cut || (until[v] ?? 0) <= cut || isCovered[v] === cut) continue;
    open += task.logSizes[v] ?? 0;
  }
  return open;
}

function cover({ isCovered }: Sheet, place: Int32Array, scope: Int32Array, cut: number): void {
  for (const v of scope) if ((place[v] ?? 0) <= cut) isCovered[v] = cut;
}

/** Covers one open variable, and tells what its values would have cost. */
function coverOne(sheet: Sheet, place: Int32Array, scope: Int32Array, cut: number): number {
  for (const v of scope) {
    if ((place[v] ?? 0) > cut || sheet.isCovered[v] === cut) continue;
    sheet.isCovered[v] = cut;
    return sheet.task.logSizes[v] ?? 0;
  }
  return 0;
}

/**
 * Logarithm of how many nodes may stand below a cut: what was read and is still needed, each
 * variable by its values, or several by the rows of a table that holds them; half-read clauses and
 * sums by their states, where that is less.
 */
function cutWidth(sheet: Sheet, place: Int32Array, cut: number): number {
  const { bonds, first, last } = sheet;
  let width = 0;
  for (let b = 0; b < bonds.length; b++) {
    const bond = bonds[b];
    if (bond === undefined || !bond.isTable) break;
    if ((first[b] ?? 0) > cut) continue;
    const open = openLog(sheet, place, bond.scope, cut);
    if (open <= bond.logStates) continue;
    width += bond.logStates;
    cover(sheet, place, bond.scope, cut);
  }
  for (let b = 0; b < bonds.length; b++) {
    const bond = bonds[b];
    if (bond === undefined || (first[b] ?? 0) > cut || (last[b] ?? 0) <= cut) continue;
    if (bond.isTable) {
      width += openLog(sheet, place, bond.scope, cut);
      cover(sheet, place, bond.scope, cut);
    } else {
      width += Math.min(bond.logStates, coverOne(sheet, place, bond.scope, cut));
    }
  }
  return width;
}

/** Logarithm of the nodes of all levels, at most. What counts is that it ranks orders. */
function widthOf(sheet: Sheet, order: Int32Array): number {
  const place = placesOf(order);
  fillSheet(sheet, place);
  const levels = new Float64Array(order.length);
  for (let cut = 0; cut < order.length; cut++) levels[cut] = cutWidth(sheet, place, cut);
  const widest = levels.reduce((a, b) => Math.max(a, b), 0);
  return widest + Math.log(levels.reduce((sum, level) => sum + Math.exp(level - widest), 0));
}

function shuffled(count: number, dice: ReturnType<typeof seededRandom>): Int32Array {
  const list = Int32Array.from({ length: count }, (_, v) => v);
  for (let i = count - 1; i > 0; i--) {
    const j = dice.below(i + 1);
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
  return list;
}

/** Starts of the heuristic, and how many steps they may take in all. */
const STARTS_MAX = 60;
const STEPS_MAX = 40_000_000;

/** Orders of the variables, the one that promises the smallest diagram first. */
export function* rankOrders(task: OrderTask): Work<readonly RankedOrder[]> {
  const dice = seededRandom(task.seed);
  const count = task.logSizes.length;
  const sheet = makeSheet(task);
  const cells = task.bonds.reduce((sum, { scope }) => sum + scope.length, 1);
  const starts = Math.max(4, Math.min(STARTS_MAX, Math.floor(STEPS_MAX / (count * cells))));
  const found = new Map<string, RankedOrder>();
  for (let start = 0; start < starts; start++) {
    yield { done: start, of: starts };
    const order = force(shuffled(count, dice), task.bonds);
    for (const either of [order, order.toReversed()]) {
      found.set(either.join(), { order: either, width: widthOf(sheet, either) });
    }
  }
  return [...found.values()].sort((a, b) => a.width - b.width);
}
