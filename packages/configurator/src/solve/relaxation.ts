import type { Boxes } from './constraint.ts';
import type { Costs } from './costs.ts';
import { hasClass, type Layout, nextClass, type Store } from './domains.ts';
import type { Network } from './network.ts';
import { laySteps, type SumSteps } from './sum-steps.ts';
import { type ClassSum, isSettled } from './sums.ts';

const NOTHING = new Int32Array(0);

/** A box constraint with equal class sets of a position told apart once. */
interface Shape {
  readonly scope: readonly number[];
  /** Distinct class sets of each position. */
  readonly sets: readonly (readonly Int32Array[])[];
  /** For each row and position the set, row by row. */
  readonly rows: Int32Array;
}

/** The constraints of a network, prepared for the ascent: boxes and sums; others bound nothing. */
export interface Relaxation {
  readonly layout: Layout;
  readonly shapes: readonly (Shape | undefined)[];
  readonly sums: readonly (ClassSum | undefined)[];
}

function intern(
  rows: Boxes['rows'],
  position: number,
): { readonly sets: Int32Array[]; readonly of: number[] } {
  const found = new Map<string, number>();
  const sets: Int32Array[] = [];
  const of = rows.map((row) => {
    const classes = [...(row[position] ?? [])];
    const key = classes.join(',');
    const known = found.get(key) ?? sets.length;
    found.set(key, known);
    if (known === sets.length) sets.push(Int32Array.from(classes));
    return known;
  });
  return { sets, of };
}

function shapeOf(boxes: Boxes): Shape {
  const { scope } = boxes;
  const interned = scope.map((_, p) => intern(boxes.rows, p));
  const rows = new Int32Array(boxes.rows.length * scope.length);
  boxes.rows.forEach((_, r) => {
    interned.forEach(({ of }, p) => {
      rows[r * scope.length + p] = of[r] ?? 0;
    });
  });
  return { scope, sets: interned.map(({ sets }) => sets), rows };
}

/** Prepares the constraints of a network. */
export function buildRelaxation(network: Network): Relaxation {
  const shapes = network.constraints.map(({ boxes }) => boxes && shapeOf(boxes));
  return { layout: network.layout, shapes, sums: network.constraints.map(({ sum }) => sum) };
}

/** For each position and set of a shape how many of its classes are left in a store. */
function countLeft(layout: Layout, shape: Shape, store: Store): Int32Array[] {
  return shape.scope.map((v, p) => {
    const sets = shape.sets[p] ?? [];
    return Int32Array.from(sets, (set) => {
      let left = 0;
      for (const c of set) if (hasClass(layout, store, v, c)) left++;
      return left;
    });
  });
}

/**
 * The rows of a constraint that are alive in a store, as sets by position; undefined when a single
 * one covers all that is left, for then the constraint excludes nothing any more.
 */
export function liveRows(
  relaxation: Relaxation,
  k: number,
  store: Store,
  counts: Int32Array,
): Int32Array | undefined {
  const shape = relaxation.shapes[k];
  const sum = relaxation.sums[k];
  if (sum !== undefined && isSettled(sum, relaxation.layout, store)) return undefined;
  if (shape === undefined) return NOTHING;
  const { scope, rows } = shape;
  const left = countLeft(relaxation.layout, shape, store);
  const alive = new Int32Array(rows.length);
  let length = 0;
  const width = scope.length;
  for (let r = 0; r < rows.length; r += width) {
    let [isAlive, covers] = [true, true];
    for (let p = 0; p < width && isAlive; p++) {
      const own = left[p]?.[rows[r + p] ?? 0] ?? 0;
      isAlive = own > 0;
      covers &&= own === counts[scope[p] ?? 0];
    }
    if (!isAlive) continue;
    if (covers) return undefined;
    alive.set(rows.subarray(r, r + width), length);
    length += width;
  }
  return alive.subarray(0, length);
}

/** A constraint that still binds, over the classes that are left, with scratch space. */
export type Block = BoxBlock | SumBlock;

interface BlockBase {
  readonly width: number;
  /** For each cell (a class left at a position): its amount and its share in the potentials. */
  readonly amountAt: Int32Array;
  readonly shareAt: Int32Array;
  readonly sums: Float64Array;
  readonly marginal: Float64Array;
  /** Blocks that share a variable with it, by number. */
  readonly beside: readonly number[];
}

/** A sum that still binds. */
export interface SumBlock extends BlockBase {
  readonly kind: 'sum';
  readonly steps: SumSteps;
}

/** Boxes that still bind. */
export interface BoxBlock extends BlockBase {
  readonly kind: 'boxes';
  /** The cells of each set, one after the other; set s from `setAt[s]` to `setAt[s + 1]`. */
  readonly setAt: Int32Array;
  readonly setCells: Int32Array;
  /** For each row and position the set. */
  readonly rows: Int32Array;
  readonly least: Float64Array;
  readonly rest: Float64Array;
}

/** Amounts of the classes left, then shares of constraints; gone classes cost infinitely much. */
export type Potentials = Float64Array;

/** What to bound: some variables and the constraints that still bind among them. */
export interface BoundTask {
  readonly layout: Layout;
  readonly variables: readonly number[];
  /** For each variable (by place in `variables`) where its classes start, and the end. */
  readonly from: Int32Array;
  /** The class of each amount. */
  readonly classes: Int32Array;
  readonly blocks: readonly Block[];
  /** For each variable (by place) the blocks that have it. */
  readonly touching: readonly (readonly number[])[];
  /** The potentials to start with. */
  readonly start: Potentials;
}

/** A constraint that still binds: its number and its live rows. */
export interface LiveConstraint {
  readonly k: number;
  readonly rows: Int32Array;
}

interface Places {
  /** For each variable: where its amounts start, and the place of each class among them. */
  readonly at: ReadonlyMap<number, { readonly from: number; readonly place: Int32Array }>;
  /** Where the next share goes. */
  next: number;
}

/** The cells of the classes of a set that are left. */
function cellsOf(set: Int32Array, place: Int32Array, first: number): number[] {
  const cells: number[] = [];
  for (const c of set) {
    const i = place[c] ?? -1;
    if (i >= 0) cells.push(first + i);
  }
  return cells;
}

function buildBlock(
  shape: Shape,
  live: LiveConstraint,
  places: Places,
  beside: readonly number[],
): Block {
  const width = shape.scope.length;
  const amountAt: number[] = [];
  const shareAt: number[] = [];
  const setAt: number[] = [0];
  const setCells: number[] = [];
  const renumbered: Int32Array[] = [];
  shape.scope.forEach((v, p) => {
    const { from, place } = places.at.get(v) ?? { from: 0, place: new Int32Array(0) };
    const first = amountAt.length;
    for (const i of place) {
      if (i < 0) continue;
      amountAt.push(from + i);
      shareAt.push(places.next++);
    }
    const numbers = new Int32Array(shape.sets[p]?.length ?? 0).fill(-1);
    for (let r = p; r < live.rows.length; r += width) {
      const s = live.rows[r] ?? 0;
      if (numbers[s] !== -1) continue;
      numbers[s] = setAt.length - 1;
      setCells.push(...cellsOf(shape.sets[p]?.[s] ?? NOTHING, place, first));
      setAt.push(setCells.length);
    }
    renumbered.push(numbers);
  });
  return {
    kind: 'boxes',
    width,
    amountAt: Int32Array.from(amountAt),
    shareAt: Int32Array.from(shareAt),
    setAt: Int32Array.from(setAt),
    setCells: Int32Array.from(setCells),
    rows: live.rows.map((s, at) => renumbered[at % width]?.[s] ?? 0),
    sums: new Float64Array(amountAt.length),
    marginal: new Float64Array(amountAt.length),
    least: new Float64Array(setAt.length - 1),
    rest: new Float64Array(setAt.length - 1),
    beside,
  };
}

/** A sum over the classes left; undefined when it is too large to bound anything. */
function buildSum(
  sum: ClassSum,
  scope: readonly number[],
  places: Places,
  beside: readonly number[],
): Block | undefined {
  const amountAt: number[] = [];
  const positions = scope.map((v) => {
    const { from, place } = places.at.get(v) ?? { from: 0, place: NOTHING };
    const first = amountAt.length;
    const classes: number[] = [];
    place.forEach((i, c) => {
      if (i < 0) return;
      classes.push(c);
      amountAt.push(from + i);
    });
    return { first, classes };
  });
  const steps = laySteps(sum, positions);
  if (steps === undefined) return undefined;
  const shareAt = Int32Array.from(amountAt, () => places.next++);
  return {
    kind: 'sum',
    width: scope.length,
    amountAt: Int32Array.from(amountAt),
    shareAt,
    sums: new Float64Array(amountAt.length),
    marginal: new Float64Array(amountAt.length),
    beside,
    steps,
  };
}

/** Stands where a sum is too large: it shifts nothing. */
const NO_BLOCK: Block = {
  kind: 'sum',
  width: 1,
  amountAt: NOTHING,
  shareAt: NOTHING,
  sums: new Float64Array(0),
  marginal: new Float64Array(0),
  beside: [],
  steps: { counts: [], edges: [], ahead: [], behind: [], cost: 0 },
};

/** The variables of a sum, the one that tells whether it is within last. */
function scopeOfSum({ scope, whether }: ClassSum): readonly number[] {
  return whether === undefined ? scope : [...scope, whether.variable];
}

/**
 * Joins variables and live constraints to a task over the classes left in a store. Assigned
 * variables of the constraints take part in the shifting, so they count in the bound: with nothing
 * at first.
 */
export function buildBoundTask(
  relaxation: Relaxation,
  costs: Costs,
  of: {
    readonly store: Store;
    readonly variables: readonly number[];
    readonly live: readonly LiveConstraint[];
  },
): BoundTask {
  const { layout, shapes, sums } = relaxation;
  const scopeOf = (k: number): readonly number[] => {
    const sum = sums[k];
    return sum === undefined ? (shapes[k]?.scope ?? []) : scopeOfSum(sum);
  };
  const own = new Set(of.variables);
  const all = new Set([...own, ...of.live.flatMap(({ k }) => scopeOf(k))]);
  const from: number[] = [];
  const classes: number[] = [];
  const amounts: number[] = [];
  const at = new Map<number, { from: number; place: Int32Array }>();
  for (const v of all) {
    from.push(classes.length);
    const place = new Int32Array(layout.sizes[v] ?? 0).fill(-1);
    at.set(v, { from: classes.length, place });
    let c = nextClass(layout, of.store, v, 0);
    for (let i = 0; c >= 0; i++) {
      place[c] = i;
      classes.push(c);
      amounts.push(own.has(v) ? (costs.amounts[(costs.from[v] ?? 0) + c] ?? 0) : 0);
      c = nextClass(layout, of.store, v, c + 1);
    }
  }
  const places: Places = { at, next: classes.length };
  const binding = of.live.filter(({ k }) => scopeOf(k).length > 0);
  const touching = new Map<number, number[]>();
  for (const v of all) touching.set(v, []);
  binding.forEach(({ k }, b) => {
    for (const v of scopeOf(k)) touching.get(v)?.push(b);
  });
  const blocks = binding.map((live): Block => {
    const scope = scopeOf(live.k);
    const beside = [...new Set(scope.flatMap((v) => touching.get(v) ?? []))];
    const [sum, shape] = [sums[live.k], shapes[live.k]];
    const block =
      sum === undefined
        ? shape && buildBlock(shape, live, places, beside)
        : buildSum(sum, scope, places, beside);
    return block ?? NO_BLOCK;
  });
  const start = new Float64Array(places.next);
  start.set(amounts);
  from.push(classes.length);
  const variables = [...all];
  return {
    layout,
    variables,
    touching: variables.map((v) => touching.get(v) ?? []),
    from: Int32Array.from(from),
    classes: Int32Array.from(classes),
    blocks,
    start,
  };
}
