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

/** A box constraint with equal class sets of a position told apart once. */
interface Shape {
  readonly scope: readonly number[];
  /** Distinct class sets of each position. */
  readonly sets: readonly (readonly Int32Array[])[];
  /** For each row and position the set, row by row. */
  readonly rows: Int32Array;
}

/** The box constraints of a network, prepared for the ascent. */
export interface Relaxation {
  readonly layout: Layout;
  readonly shapes: readonly (Shape | undefined)[];
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

/** Prepares the box constraints of a network. */
export function buildRelaxation(network: Network): Relaxation {
  const shapes = network.constraints.map(({ boxes }) => boxes && shapeOf(boxes));
  return { layout: network.layout, shapes };
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
  if (shape === undefined) return new Int32Array(0);
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
interface Block {
  readonly width: number;
  /** For each cell (a class left at a position): its amount and its share in the potentials. */
  readonly amountAt: Int32Array;
  readonly shareAt: Int32Array;
  /** The cells of each set, one after the other; set s from `setAt[s]` to `setAt[s + 1]`. */
  readonly setAt: Int32Array;
  readonly setCells: Int32Array;
  /** For each row and position the set. */
  readonly rows: Int32Array;
  readonly sums: Float64Array;
  readonly marginal: Float64Array;
  readonly least: Float64Array;
  readonly rest: Float64Array;
  /** Blocks that share a variable with it, by number. */
  readonly beside: readonly number[];
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
      for (const c of shape.sets[p]?.[s] ?? []) {
        const i = place[c] ?? -1;
        if (i >= 0) setCells.push(first + i);
      }
      setAt.push(setCells.length);
    }
    renumbered.push(numbers);
  });
  return {
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
  const { layout, shapes } = relaxation;
  const own = new Set(of.variables);
  const all = new Set([...own, ...of.live.flatMap(({ k }) => shapes[k]?.scope ?? [])]);
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
  const shaped = of.live.flatMap((live) => {
    const shape = shapes[live.k];
    return shape === undefined ? [] : [{ live, shape }];
  });
  const touching = new Map<number, number[]>();
  for (const v of all) touching.set(v, []);
  shaped.forEach(({ shape }, b) => {
    for (const v of shape.scope) touching.get(v)?.push(b);
  });
  const blocks = shaped.map(({ live, shape }) => {
    const beside = new Set(shape.scope.flatMap((v) => touching.get(v) ?? []));
    return buildBlock(shape, live, places, [...beside]);
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

/** The least sum of amount and share within each set. */
function gather(block: Block, potentials: Potentials): void {
  const { amountAt, least, rest, setAt, setCells, shareAt, sums } = block;
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (potentials[amountAt[i] ?? 0] ?? 0) + (potentials[shareAt[i] ?? 0] ?? 0);
  }
  for (let s = 0; s < least.length; s++) {
    let best = Number.POSITIVE_INFINITY;
    const to = setAt[s + 1] ?? 0;
    for (let i = setAt[s] ?? 0; i < to; i++) {
      const own = sums[setCells[i] ?? 0] ?? 0;
      if (own < best) best = own;
    }
    least[s] = best;
    rest[s] = Number.POSITIVE_INFINITY;
  }
}

/** For each set the least rest of the rows that have it. */
function scanRows(block: Block): void {
  const { least, rest, rows, width } = block;
  for (let r = 0; r < rows.length; r += width) {
    let sum = 0;
    for (let p = 0; p < width; p++) sum += least[rows[r + p] ?? 0] ?? 0;
    if (sum === Number.POSITIVE_INFINITY) continue;
    for (let p = 0; p < width; p++) {
      const s = rows[r + p] ?? 0;
      const others = sum - (least[s] ?? 0);
      if (others < (rest[s] ?? 0)) rest[s] = others;
    }
  }
}

/** For each cell the least rest of its sets. */
function scanSets(block: Block): void {
  const { marginal, rest, setAt, setCells } = block;
  marginal.fill(Number.POSITIVE_INFINITY);
  for (let s = 0; s < rest.length; s++) {
    const own = rest[s] ?? 0;
    if (own === Number.POSITIVE_INFINITY) continue;
    const to = setAt[s + 1] ?? 0;
    for (let i = setAt[s] ?? 0; i < to; i++) {
      const cell = setCells[i] ?? 0;
      if (own < (marginal[cell] ?? 0)) marginal[cell] = own;
    }
  }
}

/** Gives each variable of a constraint an equal part of each least row sum. */
function update(block: Block, potentials: Potentials): void {
  gather(block, potentials);
  scanRows(block);
  scanSets(block);
  const { amountAt, marginal, shareAt, sums, width } = block;
  for (let i = 0; i < sums.length; i++) {
    const whole = sums[i] ?? 0;
    const sum = whole + (marginal[i] ?? 0);
    // A class that is gone, or about to go for want of a row, keeps what it has.
    if (sum === Number.POSITIVE_INFINITY) continue;
    potentials[amountAt[i] ?? 0] = sum / width;
    potentials[shareAt[i] ?? 0] = whole - sum / width;
  }
}

/** Which blocks are due: those with an amount that changed since they were updated. */
export type Due = Uint8Array;

/**
 * Updates the blocks that are due and so raises the bound; the potentials are changed in place, and
 * then those blocks are due that share a variable with one whose amounts moved. Answers how many
 * were updated.
 */
export function ascend(task: BoundTask, potentials: Potentials, due: Due): number {
  let count = 0;
  const before = due.slice();
  due.fill(0);
  for (let b = 0; b < task.blocks.length; b++) {
    const block = task.blocks[b];
    if (block === undefined || (before[b] === 0 && due[b] === 0)) continue;
    due[b] = 0;
    update(block, potentials);
    for (const other of block.beside) if (other !== b) due[other] = 1;
    count++;
  }
  return count;
}

/** Makes the classes that are gone from a store cost infinitely much, and their blocks due. */
export function dropGone(task: BoundTask, store: Store, potentials: Potentials, due: Due): void {
  for (let place = 0; place < task.variables.length; place++) {
    const v = task.variables[place] ?? 0;
    const to = task.from[place + 1] ?? 0;
    let isNews = false;
    for (let i = task.from[place] ?? 0; i < to; i++) {
      if (potentials[i] === Number.POSITIVE_INFINITY) continue;
      if (hasClass(task.layout, store, v, task.classes[i] ?? 0)) continue;
      potentials[i] = Number.POSITIVE_INFINITY;
      isNews = true;
    }
    if (isNews) for (const b of task.touching[place] ?? []) due[b] = 1;
  }
}

/** The bound that the potentials give: no assignment of the classes left sums to less. */
export function dualBound(task: BoundTask, potentials: Potentials): number {
  let bound = 0;
  for (let place = 0; place < task.variables.length; place++) {
    let least = Number.POSITIVE_INFINITY;
    const to = task.from[place + 1] ?? 0;
    for (let i = task.from[place] ?? 0; i < to; i++) {
      const own = potentials[i] ?? 0;
      if (own < least) least = own;
    }
    bound += least;
  }
  return bound;
}

/** One class of one variable. */
export interface Branch {
  readonly v: number;
  readonly c: number;
}

/** Where the cheapest class saves most over the next; undefined where no amounts differ. */
export function widestBranch(task: BoundTask, potentials: Potentials): Branch | undefined {
  let branch: Branch | undefined;
  let widest = 1e-6;
  for (let place = 0; place < task.variables.length; place++) {
    const to = task.from[place + 1] ?? 0;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let at = 0;
    for (let i = task.from[place] ?? 0; i < to; i++) {
      const own = potentials[i] ?? 0;
      second = Math.min(second, Math.max(own, least));
      if (own < least) at = i;
      least = Math.min(least, own);
    }
    if (second === Number.POSITIVE_INFINITY || second - least <= widest) continue;
    widest = second - least;
    branch = { v: task.variables[place] ?? 0, c: task.classes[at] ?? 0 };
  }
  return branch;
}
