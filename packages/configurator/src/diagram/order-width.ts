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
    const [x, y] = [rows[r + a] ?? 0, rows[r + b] ?? 0];
    if (x < 0 || y < 0) return undefined;
    marks[x * wide + y] = 1;
  }
  return marks;
}

interface Pairing {
  readonly part: Part;
  readonly logSizes: Float64Array;
  readonly logGiven: Float32Array;
}

function pairUp({ part, logSizes, logGiven }: Pairing, relation: Relation): void {
  if (relation.kind !== 'rows') return;
  const count = logSizes.length;
  const sizes = part.alive.map((own) => own.length);
  const { scope } = relation;
  for (let a = 0; a < scope.length; a++) {
    for (let b = a + 1; b < scope.length; b++) {
      const [u, v] = [scope[a] ?? 0, scope[b] ?? 0];
      const [first, second] = [logSizes[u] ?? 0, logSizes[v] ?? 0];
      if (first === 0 || second === 0) continue;
      const marks = pairsOf(relation, { a, b, sizes });
      if (marks === undefined) continue;
      const both = logCount(marks);
      logGiven[u * count + v] = Math.min(logGiven[u * count + v] ?? 0, both - first);
      logGiven[v * count + u] = Math.min(logGiven[v * count + u] ?? 0, both - second);
    }
  }
}

/** How many states a relation can be in when it is half read, as a logarithm, at most. */
function logStatesOf(relation: Relation): number {
  switch (relation.kind) {
    case 'rows':
      return Number.POSITIVE_INFINITY;
    case 'boxes':
      return Math.log(relation.rows.length + 1);
    case 'clause':
      return Math.LN2;
    case 'sum':
      return Math.log(2 + Math.min(relation.max - relation.min, 2 ** relation.scope.length));
  }
}

function countOf(live: Uint8Array): number {
  return live.reduce((sum, is) => sum + is, 0);
}

/** What an order needs to know of a part. A pass over each pair of columns of each table. */
export function orderTask(part: Part): OrderTask {
  const logSizes = Float64Array.from(part.alive, (own) => Math.log(countOf(own)));
  const count = logSizes.length <= PAIRED_MAX ? logSizes.length : 0;
  const logGiven = new Float32Array(count * count).fill(Number.POSITIVE_INFINITY);
  const scopes: Int32Array[] = [];
  const states: number[] = [];
  const isTable: number[] = [];
  for (const relation of part.relations) {
    const scope = relation.scope.filter((v) => (logSizes[v] ?? 0) > 0);
    if (scope.length < 2) continue;
    scopes.push(scope);
    states.push(logStatesOf(relation));
    isTable.push(relation.kind === 'rows' ? 1 : 0);
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
  const { task, order, place, last } = standing;
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
    for (const v of task.scopes[s] ?? []) {
      if ((place[v] ?? 0) > cut || mark[v] === cut) continue;
      mark[v] = cut;
      width += Math.min(task.logStates[s] ?? 0, task.logSizes[v] ?? 0);
      break;
    }
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
