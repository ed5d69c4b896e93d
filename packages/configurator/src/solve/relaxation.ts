import type { Boxes } from './constraint.ts';
import type { Costs } from './costs.ts';
import { hasClass, type Layout, nextClass, type Store } from './domains.ts';
import type { Network } from './network.ts';

/*
 * A lower bound for sums over assignments that obey box constraints: the dual of the linear
 * relaxation, raised by block coordinate ascent (MPLP, Globerson & Jaakkola, NIPS 2007). Amounts are
 * shifted between variables and constraints so that the total of every assignment stays what it is.
 * The shares of a constraint sum to at least nothing in each of its rows, at the start and after
 * each update, and still do when domains shrink: so the cheapest amounts of the variables alone
 * are a bound.
 */

/** A box constraint with equal class sets of a position told apart once, and scratch space. */
interface Shape {
  readonly scope: readonly number[];
  /** Distinct class sets of each position. */
  readonly sets: readonly (readonly Int32Array[])[];
  /** For each row and position the set, row by row. */
  readonly rows: Int32Array;
  /** For each position and set: the least sum of the classes left, and the least rest of a row. */
  readonly least: readonly Float64Array[];
  readonly rest: readonly Float64Array[];
  /** The least rest with each class, for the widest position. */
  readonly marginal: Float64Array;
}

/** A shape with only the rows that are alive in a store, and a place for its shares. */
interface Block {
  readonly shape: Shape;
  readonly rows: Int32Array;
  readonly shareAt: Int32Array;
}

/** The box constraints of a network, prepared for the ascent. */
export interface Relaxation {
  readonly layout: Layout;
  readonly shapes: readonly (Shape | undefined)[];
}

/** Amounts of classes, then shares of constraints: an equivalent way to write a sum. */
export type Potentials = Float64Array;

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

function shapeOf(layout: Layout, boxes: Boxes): Shape {
  const { scope } = boxes;
  const interned = scope.map((_, p) => intern(boxes.rows, p));
  const rows = new Int32Array(boxes.rows.length * scope.length);
  boxes.rows.forEach((_, r) => {
    interned.forEach(({ of }, p) => {
      rows[r * scope.length + p] = of[r] ?? 0;
    });
  });
  return {
    scope,
    sets: interned.map(({ sets }) => sets),
    rows,
    least: interned.map(({ sets }) => new Float64Array(sets.length)),
    rest: interned.map(({ sets }) => new Float64Array(sets.length)),
    marginal: new Float64Array(Math.max(0, ...scope.map((v) => layout.sizes[v] ?? 0))),
  };
}

/** Prepares the box constraints of a network. */
export function buildRelaxation(network: Network): Relaxation {
  const { layout } = network;
  const shapes = network.constraints.map(({ boxes }) => boxes && shapeOf(layout, boxes));
  return { layout, shapes };
}

/**
 * The rows of a constraint that are alive in a store; undefined when a single one covers all that is
 * left, for then the constraint excludes nothing any more.
 */
export function liveRows(
  relaxation: Relaxation,
  k: number,
  store: Store,
  counts: Int32Array,
): Int32Array | undefined {
  const shape = relaxation.shapes[k];
  if (shape === undefined) return new Int32Array(0);
  const { scope, sets, rows, least } = shape;
  // How many classes of each set are left, in the scratch space of the ascent.
  scope.forEach((v, p) => {
    const counted = least[p];
    (sets[p] ?? []).forEach((set, s) => {
      let left = 0;
      for (const c of set) if (hasClass(relaxation.layout, store, v, c)) left++;
      if (counted !== undefined) counted[s] = left;
    });
  });
  const alive = new Int32Array(rows.length);
  let length = 0;
  const width = scope.length;
  for (let r = 0; r < rows.length; r += width) {
    let [isAlive, covers] = [true, true];
    for (let p = 0; p < width && isAlive; p++) {
      const left = least[p]?.[rows[r + p] ?? 0] ?? 0;
      isAlive = left > 0;
      covers &&= left === counts[scope[p] ?? 0];
    }
    if (!isAlive) continue;
    if (covers) return undefined;
    for (let p = 0; p < width; p++) alive[length++] = rows[r + p] ?? 0;
  }
  return alive.subarray(0, length);
}

/** What to bound: some variables and the constraints that still bind among them. */
export interface BoundTask {
  readonly layout: Layout;
  readonly from: Int32Array;
  readonly variables: readonly number[];
  readonly blocks: readonly Block[];
  /** Length of an array of potentials. */
  readonly size: number;
}

/** Joins variables and live constraints to a task. */
export function buildBoundTask(
  relaxation: Relaxation,
  costs: Costs,
  of: {
    readonly variables: readonly number[];
    readonly live: readonly { readonly k: number; readonly rows: Int32Array }[];
  },
): BoundTask {
  let size = costs.amounts.length;
  const blocks: Block[] = [];
  // Assigned variables take part in the shifting too, so they must count in the bound.
  const variables = new Set(of.variables);
  for (const { k, rows } of of.live) {
    const shape = relaxation.shapes[k];
    if (shape === undefined) continue;
    for (const v of shape.scope) variables.add(v);
    const shareAt = Int32Array.from(shape.scope, (v) => {
      const at = size;
      size += relaxation.layout.sizes[v] ?? 0;
      return at;
    });
    blocks.push({ shape, rows, shareAt });
  }
  return { layout: relaxation.layout, from: costs.from, variables: [...variables], blocks, size };
}

/** The potentials to start with: the amounts of some variables, and nothing else. */
export function startPotentials(
  task: BoundTask,
  costs: Costs,
  variables: readonly number[],
): Potentials {
  const potentials = new Float64Array(task.size);
  for (const v of variables) {
    const [from, to] = [costs.from[v] ?? 0, costs.from[v + 1] ?? 0];
    potentials.set(costs.amounts.subarray(from, to), from);
  }
  return potentials;
}

/** Adds the amounts to the shares at one position and finds the least sum within each set. */
function gather(
  task: BoundTask,
  block: Block,
  store: Store,
  of: { readonly p: number; readonly potentials: Potentials },
): void {
  const { layout } = task;
  const { potentials, p } = of;
  const v = block.shape.scope[p] ?? 0;
  const [base, share] = [task.from[v] ?? 0, block.shareAt[p] ?? 0];
  for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
    potentials[share + c] = (potentials[share + c] ?? 0) + (potentials[base + c] ?? 0);
  }
  const least = block.shape.least[p] ?? new Float64Array(0);
  const sets = block.shape.sets[p] ?? [];
  for (let s = 0; s < sets.length; s++) {
    const set = sets[s] ?? new Int32Array(0);
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < set.length; i++) {
      const c = set[i] ?? 0;
      const own = potentials[share + c] ?? 0;
      if (own < best && hasClass(layout, store, v, c)) best = own;
    }
    least[s] = best;
  }
}

/** Finds for each set of each position the least rest of the rows that have it. */
function scanRows(block: Block): void {
  const { least, rest, scope } = block.shape;
  const { rows } = block;
  const width = scope.length;
  for (const each of rest) each.fill(Number.POSITIVE_INFINITY);
  for (let r = 0; r < rows.length; r += width) {
    let sum = 0;
    for (let p = 0; p < width; p++) sum += least[p]?.[rows[r + p] ?? 0] ?? 0;
    if (sum === Number.POSITIVE_INFINITY) continue;
    for (let p = 0; p < width; p++) {
      const s = rows[r + p] ?? 0;
      const others = sum - (least[p]?.[s] ?? 0);
      const own = rest[p];
      if (own !== undefined && others < (own[s] ?? 0)) own[s] = others;
    }
  }
}

/** Writes the new amounts and shares of one position: an equal part of each least row sum. */
function spread(
  task: BoundTask,
  block: Block,
  store: Store,
  of: { readonly p: number; readonly potentials: Potentials },
): void {
  const { p, potentials } = of;
  const { marginal, scope } = block.shape;
  marginal.fill(Number.POSITIVE_INFINITY);
  const sets = block.shape.sets[p] ?? [];
  for (let s = 0; s < sets.length; s++) {
    const rest = block.shape.rest[p]?.[s] ?? 0;
    if (rest === Number.POSITIVE_INFINITY) continue;
    const set = sets[s] ?? new Int32Array(0);
    for (let i = 0; i < set.length; i++) {
      const c = set[i] ?? 0;
      if (rest < (marginal[c] ?? 0)) marginal[c] = rest;
    }
  }
  const v = scope[p] ?? 0;
  const { layout } = task;
  const [base, share] = [task.from[v] ?? 0, block.shareAt[p] ?? 0];
  for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
    const whole = potentials[share + c] ?? 0;
    const sum = (marginal[c] ?? 0) + whole;
    // A class without a row is about to be dropped; its amounts stay with the variable.
    const part = sum === Number.POSITIVE_INFINITY ? whole : sum / scope.length;
    potentials[base + c] = part;
    potentials[share + c] = whole - part;
  }
}

/** Goes once through all constraints and raises the bound; the potentials are changed in place. */
export function ascend(task: BoundTask, store: Store, potentials: Potentials): void {
  for (const block of task.blocks) {
    const width = block.shape.scope.length;
    for (let p = 0; p < width; p++) gather(task, block, store, { p, potentials });
    scanRows(block);
    for (let p = 0; p < width; p++) spread(task, block, store, { p, potentials });
  }
}

/** The bound that the potentials give for a store: no assignment in it sums to less. */
export function dualBound(task: BoundTask, store: Store, potentials: Potentials): number {
  const { layout } = task;
  let bound = 0;
  for (const v of task.variables) {
    const base = task.from[v] ?? 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
      const own = potentials[base + c] ?? 0;
      if (own < least) least = own;
    }
    bound += least;
  }
  return bound;
}
