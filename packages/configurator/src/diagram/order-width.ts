import { ANY } from '../problem/problem.ts';
import type { Part, Relation } from './relation.ts';

/** What an order is sought for: open variables, what binds them, and how tightly. */
export interface OrderTask {
  /** Logarithm of the live values of each variable. */
  readonly logSizes: Float64Array;
  /** The open variables of each relation that has two or more of them. */
  readonly scopes: readonly Int32Array[];
  /** The relations of each variable. */
  readonly scopesOf: readonly (readonly number[])[];
  /** Relations that are no tables. */
  readonly loose: readonly number[];
  /** By relation: 1 where its states tell the values that were read. */
  readonly isTable: Uint8Array;
  /** By relation: logarithm of the states that it can be in when it is half read, at most. */
  readonly logStates: Float64Array;
  /**
   * By variable `u` and `v`, row-major: logarithm of how many values `v` has for a value of `u`, on
   * average, in the table that tells most. Infinite where no table has both.
   */
  readonly logGiven: Float32Array;
}

/** Logarithm of states up to which a table is a rule, told by its states: most implications are. */
const FEW_STATES = Math.log(9);
/** Variables for which all pairs are kept; beyond it none are. */
const PAIRED_MAX = 2_000;
/** Pairs of values of two variables that are marked; larger ones tell nothing. */
const PAIRS_MAX = 1 << 20;

function logCount(marks: Uint8Array): number {
  let count = 0;
  for (const mark of marks) count += mark;
  return Math.log(count);
}

/** Pairs of values that stand together in the rows of a table. */
function pairsOf(
  relation: Relation & { readonly kind: 'rows' },
  at: { readonly a: number; readonly b: number; readonly sizes: readonly number[] },
): Uint8Array | undefined {
  const { rows, scope } = relation;
  const { a, b, sizes } = at;
  const wide = sizes[scope[b] ?? 0] ?? 1;
  const count = (sizes[scope[a] ?? 0] ?? 1) * wide;
  if (count > PAIRS_MAX) return undefined;
  const marks = new Uint8Array(count);
  for (let r = 0; r < rows.length; r += scope.length) {
    const [x, y] = [rows[r + a] ?? ANY, rows[r + b] ?? ANY];
    if (x === ANY && y === ANY) return undefined;
    if (x === ANY || y === ANY) markMany(marks, wide, x, y);
    else marks[x * wide + y] = 1;
  }
  return marks;
}

/** Marks the pairs of one value with any other. */
function markMany(marks: Uint8Array, wide: number, x: number, y: number): void {
  if (y === ANY) marks.fill(1, x * wide, x * wide + wide);
  else for (let at = y; at < marks.length; at += wide) marks[at] = 1;
}

interface Pairing {
  readonly part: Part;
  readonly logSizes: Float64Array;
  readonly logGiven: Float32Array;
}

function pairUp(pairing: Pairing, relation: Relation): void {
  if (relation.kind !== 'rows') return;
  const sizes = pairing.part.alive.map((own) => own.length);
  const isOpen = (p: number): boolean => (pairing.logSizes[relation.scope[p] ?? 0] ?? 0) > 0;
  const open = Array.from(relation.scope.keys()).filter(isOpen);
  for (const a of open) {
    for (const b of open) {
      if (a >= b) continue;
      const marks = pairsOf(relation, { a, b, sizes });
      if (marks === undefined) continue;
      notePair(pairing, relation.scope[a] ?? 0, relation.scope[b] ?? 0, logCount(marks));
    }
  }
}

function notePair({ logSizes, logGiven }: Pairing, u: number, v: number, both: number): void {
  const count = logSizes.length;
  const [there, back] = [u * count + v, v * count + u];
  logGiven[there] = Math.min(logGiven[there] ?? 0, both - (logSizes[u] ?? 0));
  logGiven[back] = Math.min(logGiven[back] ?? 0, both - (logSizes[v] ?? 0));
}

function countOf(live: Uint8Array): number {
  return live.reduce((sum, is) => sum + is, 0);
}

/**
 * What an order needs to know of a part, given how many states its relations have. A pass over each
 * pair of columns of each table.
 */
export function orderTask(part: Part, widths: Float64Array): OrderTask {
  const logSizes = Float64Array.from(part.alive, (own) => Math.log(countOf(own)));
  const count = logSizes.length <= PAIRED_MAX ? logSizes.length : 0;
  const logGiven = new Float32Array(count * count).fill(Number.POSITIVE_INFINITY);
  const scopes: Int32Array[] = [];
  const states: number[] = [];
  const isTable: number[] = [];
  for (const [r, relation] of part.relations.entries()) {
    const scope = relation.scope.filter((v) => (logSizes[v] ?? 0) > 0);
    if (scope.length < 2) continue;
    scopes.push(scope);
    states.push(widths[r] ?? 0);
    isTable.push(relation.kind === 'rows' && (widths[r] ?? 0) > FEW_STATES ? 1 : 0);
    if (count > 0) pairUp({ part, logSizes, logGiven }, relation);
  }
  const scopesOf: number[][] = part.alive.map(() => []);
  scopes.forEach((scope, s) => {
    for (const v of scope) scopesOf[v]?.push(s);
  });
  return {
    logSizes,
    scopes,
    scopesOf,
    loose: Array.from(scopes.keys()).filter((s) => isTable[s] === 0),
    isTable: Uint8Array.from(isTable),
    logStates: Float64Array.from(states),
    logGiven,
  };
}

/** The same with every relation told by its states alone: as it suits rules that tell few values. */
export function statesOnly(task: OrderTask): OrderTask {
  const isTable = new Uint8Array(task.scopes.length);
  return { ...task, isTable, loose: Array.from(task.scopes.keys()) };
}

/** An order under change: where each variable stands, and how far down each is still needed. */
export interface Standing {
  readonly task: OrderTask;
  readonly order: Int32Array;
  readonly place: Int32Array;
  /** By relation: the place of its first and of its last variable. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** By variable: the last place of any table that it is in, or -1. */
  readonly until: Int32Array;
  /** Variables by size, large ones foremost. */
  readonly ranked: Int32Array;
  /** Room for the variables that are open at a cut. */
  readonly open: Int32Array;
  readonly mark: Int32Array;
}

function measure({ task, place, first, last }: Standing, s: number): void {
  let [low, high] = [place.length, -1];
  for (const v of task.scopes[s] ?? []) {
    const at = place[v] ?? 0;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  first[s] = low;
  last[s] = high;
}

function measureUntil({ task, last, until }: Standing, v: number): void {
  let most = -1;
  for (const s of task.scopesOf[v] ?? []) {
    if (task.isTable[s] === 1 && (last[s] ?? -1) > most) most = last[s] ?? -1;
  }
  until[v] = most;
}

/** Lines variables up in an order. */
export function standingOf(task: OrderTask, order: Int32Array): Standing {
  const count = order.length;
  const { logSizes, scopes } = task;
  const ranked = Int32Array.from({ length: count }, (_, v) => v);
  ranked.sort((a, b) => (logSizes[b] ?? 0) - (logSizes[a] ?? 0) || a - b);
  const standing: Standing = {
    task,
    order: order.slice(),
    place: new Int32Array(count),
    first: new Int32Array(scopes.length),
    last: new Int32Array(scopes.length),
    until: new Int32Array(count),
    ranked,
    open: new Int32Array(count),
    mark: new Int32Array(count).fill(-1),
  };
  order.forEach((v, i) => {
    standing.place[v] = i;
  });
  for (let s = 0; s < scopes.length; s++) measure(standing, s);
  for (let v = 0; v < count; v++) measureUntil(standing, v);
  return standing;
}

/** Lets the variables at a place and at the next change places. Only the cut between them changes. */
export function swapAt(standing: Standing, i: number): void {
  const { task, order, place } = standing;
  const [upper, lower] = [order[i] ?? 0, order[i + 1] ?? 0];
  order[i] = lower;
  order[i + 1] = upper;
  place[lower] = i;
  place[upper] = i + 1;
  for (const v of [upper, lower]) {
    for (const s of task.scopesOf[v] ?? []) remeasure(standing, s, i);
  }
}

/** After a change at a place and the next: nothing else can have moved a relation's ends. */
function remeasure(standing: Standing, s: number, i: number): void {
  const { task, first, last } = standing;
  const [low, high] = [first[s] ?? 0, last[s] ?? 0];
  if (low !== i && low !== i + 1 && high !== i && high !== i + 1) return;
  measure(standing, s);
  if (last[s] === high || task.isTable[s] === 0) return;
  for (const u of task.scopes[s] ?? []) measureUntil(standing, u);
}

/** The variables above a cut that something below it still asks for; how many there are. */
function openAt({ ranked, place, until, open }: Standing, cut: number): number {
  let count = 0;
  for (let k = 0; k < ranked.length; k++) {
    const v = ranked[k] ?? 0;
    if ((place[v] ?? 0) <= cut && (until[v] ?? 0) > cut) open[count++] = v;
  }
  return count;
}

/** Values of a variable, given what tells most of it among those that stand before it in `open`. */
function logGivenBefore({ task, open }: Standing, k: number): number {
  const { logSizes, logGiven } = task;
  const count = logSizes.length;
  const v = open[k] ?? 0;
  let least = logSizes[v] ?? 0;
  if (logGiven.length === 0) return least;
  for (let j = 0; j < k; j++) {
    const given = logGiven[(open[j] ?? 0) * count + v] ?? least;
    if (given < least) least = given;
  }
  return least;
}

/**
 * What half-read relations that are no tables ask for: each its states, or the values of one of its
 * variables that nothing has accounted for, whichever is less.
 */
function looseWidth(standing: Standing, cut: number): number {
  const { task, place, first, last, mark } = standing;
  let width = 0;
  for (const s of task.loose) {
    if ((first[s] ?? 0) > cut || (last[s] ?? 0) <= cut) continue;
    const v = task.scopes[s]?.find((u) => (place[u] ?? 0) <= cut && mark[u] !== cut);
    if (v === undefined) continue;
    mark[v] = cut;
    width += Math.min(task.logStates[s] ?? 0, task.logSizes[v] ?? 0);
  }
  return width;
}

/**
 * Logarithm of how many nodes a diagram may have below a place of an order: the values of what was
 * read and is still asked for, each given the one of the others that tells most of it (an entropy
 * bound along a tree, Chow and Liu 1968), and the states of what is no table. It ranks orders; it
 * is no bound, since several tables together tell more and what they have in common counts twice.
 */
export function cutWidth(standing: Standing, cut: number): number {
  const { task, open, mark } = standing;
  const count = openAt(standing, cut);
  if (task.loose.length > 0) mark.fill(-1);
  let width = 0;
  for (let k = 0; k < count; k++) {
    width += logGivenBefore(standing, k);
    mark[open[k] ?? 0] = cut;
  }
  return task.loose.length === 0 ? width : width + looseWidth(standing, cut);
}
