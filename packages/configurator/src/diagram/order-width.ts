import type { OrderTask } from './order-task.ts';
import { logCount, type Projection } from './projection.ts';

const NOWHERE = new Int32Array(0);

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
  /** By projection: the columns of what was counted of a cut. */
  readonly read: Int32Array;
  /** By projection: logarithm of the rows over those columns. */
  readonly readCount: Float64Array;
  /** By cut: what the variables above it add up to, each a random number, twice. */
  readonly above: readonly [Int32Array, Int32Array];
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

function sumUp({ order, task, above }: Standing): void {
  let [first, second] = [0, 0];
  order.forEach((v, cut) => {
    first ^= task.known.marks[2 * v] ?? 0;
    second ^= task.known.marks[2 * v + 1] ?? 0;
    above[0][cut] = first;
    above[1][cut] = second;
  });
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
    read: new Int32Array(task.projections.length),
    readCount: new Float64Array(task.projections.length),
    above: [new Int32Array(count), new Int32Array(count)],
  };
  order.forEach((v, i) => {
    standing.place[v] = i;
  });
  sumUp(standing);
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
  const { marks } = task.known;
  const [first, second] = standing.above;
  first[i] = (first[i] ?? 0) ^ (marks[2 * upper] ?? 0) ^ (marks[2 * lower] ?? 0);
  second[i] = (second[i] ?? 0) ^ (marks[2 * upper + 1] ?? 0) ^ (marks[2 * lower + 1] ?? 0);
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

/** Values of a variable, given those counted before it, by the table that tells most; counts it. */
function countIn({ task, read, readCount }: Standing, v: number): number {
  const { projections, counting } = task;
  const columns = task.columnsOf[v] ?? NOWHERE;
  let least = task.logSizes[v] as number;
  for (let i = 0; i < columns.length; i += 2) {
    const t = columns[i] as number;
    const others = read[t] as number;
    const all = others | (1 << (columns[i + 1] as number));
    const own = logCount(counting, projections[t] as Projection, all);
    if (own < 0) continue;
    read[t] = all;
    if (others !== 0 && own - (readCount[t] as number) < least) {
      least = own - (readCount[t] as number);
    }
    readCount[t] = own;
  }
  return least;
}

/** A variable of a half-read relation that stands above a cut and that nothing accounts for, or -1. */
function unmarked({ task, place, mark }: Standing, s: number, cut: number): number {
  const scope = task.scopes[s] as Int32Array;
  for (let i = 0; i < scope.length; i++) {
    const u = scope[i] as number;
    if ((place[u] as number) <= cut && mark[u] !== cut) return u;
  }
  return -1;
}

/**
 * What half-read relations that are no tables ask for: each its states, or the values of one of its
 * variables that nothing has accounted for, whichever is less.
 */
function looseWidth(standing: Standing, cut: number): number {
  const { task, first, last, mark } = standing;
  const { loose, logStates, logSizes } = task;
  let width = 0;
  for (let i = 0; i < loose.length; i++) {
    const s = loose[i] as number;
    if ((first[s] as number) > cut || (last[s] as number) <= cut) continue;
    const v = unmarked(standing, s, cut);
    if (v < 0) continue;
    mark[v] = cut;
    width += Math.min(logStates[s] as number, logSizes[v] as number);
  }
  return width;
}

/**
 * Logarithm of how many nodes a diagram may have below a place of an order: the values of what was
 * read and is still asked for, each given those counted before it in the table that tells most of it
 * (a chain of conditional counts, as in the chain rule of entropy), and the states of what is no
 * table. It ranks orders; it is no bound, since counts over rows are averages. Several tables
 * together tell more: car families have some e² to e³ times fewer nodes than is predicted.
 */
export function cutWidth(standing: Standing, cut: number): number {
  const { known } = standing.task;
  const [first, second] = [standing.above[0][cut] as number, standing.above[1][cut] as number];
  const slot = first & (known.first.length - 1);
  if (known.first[slot] === first && known.second[slot] === second) {
    return known.widths[slot] as number;
  }
  const width = widthOf(standing, cut);
  known.first[slot] = first;
  known.second[slot] = second;
  known.widths[slot] = width;
  return width;
}

/** The same, worked out. */
export function widthOf(standing: Standing, cut: number): number {
  const { task, open, mark, read } = standing;
  const count = openAt(standing, cut);
  if (task.loose.length > 0) mark.fill(-1);
  read.fill(0);
  let width = 0;
  for (let k = 0; k < count; k++) {
    const v = open[k] ?? 0;
    width += countIn(standing, v);
    mark[v] = cut;
  }
  return task.loose.length === 0 ? width : width + looseWidth(standing, cut);
}
