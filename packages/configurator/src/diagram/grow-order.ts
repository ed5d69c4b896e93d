import type { seededRandom, Work } from '@keepsake/kernel';
import type { OrderTask } from './order-task.ts';
import { type Standing, standingOf, widthOf } from './order-width.ts';

type Dice = ReturnType<typeof seededRandom>;

/** Relations that are looked at for every step, at most. */
const CHOICES_MAX = 64;
/** How far chance may change a logarithm of a width. */
const NOISE = 0.4;
/** What a variable more may count, as a logarithm: drawn for each order. */
const BONUS = { min: -0.1, max: 0.2 };

/** Steps between two chances to pause. */
const SLICE = 50_000;

const GROWING = { done: 0, of: 1 };

/**
 * An order that grows from the top. What it has stands at place 0 and all else at place 1, so that
 * the one cut between them is cut 0 of a standing.
 */
interface Growth {
  readonly standing: Standing;
  readonly order: number[];
  /** By relation: its variables that are still missing. */
  readonly missing: Int32Array;
  /** By variable: tables that it is in and that miss a variable. */
  readonly asking: Int32Array;
}

function makeGrowth(task: OrderTask): Growth {
  const count = task.logSizes.length;
  const standing = standingOf(
    task,
    Int32Array.from({ length: count }, (_, v) => v),
  );
  standing.place.fill(1);
  standing.first.fill(1);
  standing.last.fill(1);
  const asking = Int32Array.from(task.scopesOf, (own) =>
    own.reduce((sum, s) => sum + (task.isTable[s] ?? 0), 0),
  );
  asking.forEach((tables, v) => {
    standing.until[v] = tables > 0 ? 1 : -1;
  });
  return { standing, order: [], missing: Int32Array.from(task.scopes, (s) => s.length), asking };
}

function tell({ standing, asking }: Growth, s: number, change: 1 | -1): void {
  if (standing.task.isTable[s] === 0) return;
  for (const u of standing.task.scopes[s] ?? []) {
    asking[u] = (asking[u] ?? 0) + change;
    standing.until[u] = (asking[u] ?? 0) > 0 ? 1 : -1;
  }
}

/** Adds a variable below all others, or takes the last one off again. */
function move(growth: Growth, v: number, change: 1 | -1): void {
  const { standing, missing } = growth;
  if (change === 1) growth.order.push(v);
  else growth.order.pop();
  standing.place[v] = change === 1 ? 0 : 1;
  for (const s of standing.task.scopesOf[v] ?? []) {
    if (change === -1 && missing[s] === 0) tell(growth, s, 1);
    missing[s] = (missing[s] ?? 0) - change;
    if (missing[s] === 0) tell(growth, s, -1);
    standing.first[s] = missing[s] === standing.task.scopes[s]?.length ? 1 : 0;
    standing.last[s] = missing[s] === 0 ? 0 : 1;
  }
}

function widthWith(growth: Growth, more: readonly number[]): number {
  for (const v of more) move(growth, v, 1);
  const width = widthOf(growth.standing, 0);
  for (let i = more.length - 1; i >= 0; i--) move(growth, more[i] ?? 0, -1);
  return width;
}

function missedOf({ standing }: Growth, s: number): readonly number[] {
  const scope = standing.task.scopes[s] ?? new Int32Array(0);
  return Array.from(scope).filter((v) => standing.place[v] === 1);
}

/** Half-read relations: of those that miss the same variables, one. */
function halfRead({ standing, missing }: Growth): readonly number[] {
  const { scopes, known } = standing.task;
  const found = new Map<number, number>();
  scopes.forEach((scope, s) => {
    if (missing[s] === 0 || missing[s] === scope.length) return;
    let mark = 0;
    for (const v of scope) if (standing.place[v] === 1) mark ^= known.marks[2 * v] ?? 0;
    found.set(mark, s);
  });
  return [...found.values()];
}

/** What half-read relations miss; of some of them where they are many. */
function choicesOf(growth: Growth, dice: Dice): readonly (readonly number[])[] {
  const list = halfRead(growth);
  if (list.length <= CHOICES_MAX) return list.map((s) => missedOf(growth, s));
  const some = Array.from({ length: CHOICES_MAX }, () => list[dice.below(list.length)] ?? 0);
  return some.map((s) => missedOf(growth, s));
}

/** Adds some variables, each time the one that leaves the narrowest cut. */
function addAll(growth: Growth, variables: readonly number[]): void {
  const rest = [...variables];
  while (rest.length > 1) {
    const widths = rest.map((v) => widthWith(growth, [v]));
    const [best = 0] = rest.splice(widths.indexOf(Math.min(...widths)), 1);
    move(growth, best, 1);
  }
  for (const v of rest) move(growth, v, 1);
}

/**
 * An order that grows from a variable: again and again what some half-read relation misses, of the
 * relation that leaves the narrowest cut. Chance decides between what is about as good.
 */
export function* growOrder(task: OrderTask, start: number, dice: Dice): Work<Int32Array> {
  const growth = makeGrowth(task);
  const bonus = BONUS.min + ((BONUS.max - BONUS.min) * dice.below(1024)) / 1024;
  const count = task.logSizes.length;
  const stepsPer = stepsOfGrowth(task) / count;
  let steps = 0;
  for (let next: readonly number[] = [start]; growth.order.length < count; ) {
    addAll(growth, next);
    steps += stepsPer;
    if (steps >= SLICE) {
      steps = 0;
      yield GROWING;
    }
    let least = Number.POSITIVE_INFINITY;
    next = [growth.standing.place.indexOf(1)];
    for (const choice of choicesOf(growth, dice)) {
      const noise = (NOISE * dice.below(1024)) / 1024;
      const width = widthWith(growth, choice) + noise - bonus * choice.length;
      if (width >= least) continue;
      least = width;
      next = choice;
    }
  }
  return Int32Array.from(growth.order);
}

/** Steps of growing one order, about. */
export function stepsOfGrowth({ logSizes, scopes, loose }: OrderTask): number {
  const count = logSizes.length;
  return count * (scopes.length + Math.min(scopes.length, CHOICES_MAX) * (count + loose.length));
}
