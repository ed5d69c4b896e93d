import { hasClass, type Store } from './domains.ts';
import type { Block, BoundTask, BoxBlock, Potentials } from './relaxation.ts';
import { scanSteps } from './sum-steps.ts';

/*
 * A lower bound for sums over assignments that obey box constraints: the dual of the linear
 * relaxation, raised by block coordinate ascent (MPLP, Globerson & Jaakkola, NIPS 2007). Amounts are
 * shifted between variables and constraints so that the total of every assignment stays what it is.
 * The shares of a constraint sum to at least nothing in each of its rows, at the start and after
 * each update, and still do when domains shrink: so the cheapest amounts of the variables alone
 * are a bound.
 */

/** The sum of amount and share of each cell. */
function gather(block: Block, potentials: Potentials): void {
  const { amountAt, shareAt, sums } = block;
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (potentials[amountAt[i] ?? 0] ?? 0) + (potentials[shareAt[i] ?? 0] ?? 0);
  }
}

/** The least sum within each set. */
function gatherSets({ least, rest, setAt, setCells, sums }: BoxBlock): void {
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
function scanRows(block: BoxBlock): void {
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
function scanSets(block: BoxBlock): void {
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
  if (block.kind === 'sum') scanSteps(block.steps, block.sums, block.marginal);
  else {
    gatherSets(block);
    scanRows(block);
    scanSets(block);
  }
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
 * then those blocks are due that share a variable with one whose amounts moved. Answers what it cost
 * in steps.
 */
export function ascend(task: BoundTask, potentials: Potentials, due: Due): number {
  let count = 0;
  const before = due.slice();
  due.fill(0);
  task.blocks.forEach((block, b) => {
    if (before[b] === 0 && due[b] === 0) return;
    update(block, potentials);
    for (const other of block.beside) due[other] = 1;
    due[b] = 0;
    count += block.kind === 'sum' ? block.steps.cost : 1;
  });
  return count;
}

/** Drops the classes of one variable that are gone; whether there were any new ones. */
function dropAt(task: BoundTask, store: Store, potentials: Potentials, place: number): boolean {
  const v = task.variables[place] ?? 0;
  const to = task.from[place + 1] ?? 0;
  let isNews = false;
  for (let i = task.from[place] ?? 0; i < to; i++) {
    if (potentials[i] === Number.POSITIVE_INFINITY) continue;
    if (hasClass(task.layout, store, v, task.classes[i] ?? 0)) continue;
    potentials[i] = Number.POSITIVE_INFINITY;
    isNews = true;
  }
  return isNews;
}

/** Makes the classes that are gone from a store cost infinitely much, and their blocks due. */
export function dropGone(task: BoundTask, store: Store, potentials: Potentials, due: Due): void {
  for (let place = 0; place < task.variables.length; place++) {
    if (!dropAt(task, store, potentials, place)) continue;
    for (const b of task.touching[place] ?? []) due[b] = 1;
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
