import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { findChild } from './find-child.ts';
import { borrowFloats, FLOAT_PLACE, onesFor } from './scratch.ts';

/** What is asked: whose options, what each adds to the price, and for how many values it stands. */
export interface Question {
  /** First option of each variable, as in the problem. */
  readonly optionAt: Int32Array;
  /** What each option adds to the price. Exact where sums stay whole and within ±2^53. */
  readonly amounts: Float64Array;
  /** How many interchangeable values each option stands for, whole and at least 1; 1 where left out. */
  readonly multiplicity?: Float64Array;
  /** Value or -1, by variable: choices that the diagram is not conditioned by. None where left out. */
  readonly decided?: Int32Array;
}

/**
 * What is known of each option, to be filled again and again. The arrays are indexed by the options of
 * the whole problem; each diagram fills its own part.
 */
export interface Answer {
  /** 1 where some design has the option. */
  readonly valid: Uint8Array;
  /** The least price of a design with the option; infinite where there is none. */
  readonly least: Float64Array;
  /** The greatest price of a design with the option; -infinite where there is none. */
  readonly greatest: Float64Array;
  /** Designs with the option; exact up to 2^53, within a relative 10^-9 above. */
  readonly counts: Float64Array;
}

/** What is known of all designs together. */
export interface Totals {
  /** The least price; infinite where there is no design. */
  readonly least: number;
  /** The greatest price; -infinite where there is no design. */
  readonly greatest: number;
  /** How many designs there are. */
  readonly count: number;
  /** Whether `count` and the counts by option are exact, not only close. */
  readonly isExactCount: boolean;
}

/** An answer for so many options, in which none is valid yet. */
export function makeAnswer(options: number): Answer {
  return {
    valid: new Uint8Array(options),
    least: new Float64Array(options).fill(Number.POSITIVE_INFINITY),
    greatest: new Float64Array(options).fill(Number.NEGATIVE_INFINITY),
    counts: new Float64Array(options),
  };
}

/** The same answer in arrays of its own. */
export function copyAnswer({ valid, least, greatest, counts }: Answer): Answer {
  return {
    valid: valid.slice(),
    least: least.slice(),
    greatest: greatest.slice(),
    counts: counts.slice(),
  };
}

/** Least, greatest and count of each node stand side by side, for they are wanted together. */
const STRIDE = 3;
const INF: number = Number.POSITIVE_INFINITY;

/*
 * In the loops below `as number` stands where an index lies within its array by how a diagram is
 * made; `Math.min` where a comparison would be a branch that no processor can foretell.
 */

/** The sweep of one question; the level at hand changes. */
interface Sweep {
  readonly diagram: Diagram;
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly amounts: Float64Array;
  readonly multiplicity: Float64Array;
  from: number;
  to: number;
  /** The option of value 0. */
  base: number;
}

/** Sums from each node of a level to the last one. */
function lift({ diagram, up, amounts, multiplicity, from, to, base }: Sweep): void {
  const { edgeAt, values, children } = diagram;
  let e = edgeAt[from] as number;
  for (let n = from; n < to; n++) {
    let least = INF;
    let greatest = -INF;
    let count = 0;
    const end = edgeAt[n + 1] as number;
    for (; e < end; e++) {
      const option = base + (values[e] as number);
      const child = STRIDE * (children[e] as number);
      const amount = amounts[option] as number;
      least = Math.min(least, (up[child] as number) + amount);
      greatest = Math.max(greatest, (up[child + 1] as number) + amount);
      count += (up[child + 2] as number) * (multiplicity[option] as number);
    }
    const at = STRIDE * n;
    up[at] = least;
    up[at + 1] = greatest;
    up[at + 2] = count;
  }
}

/** As `lift`, over the one edge of each node that a decision leaves. */
function liftDecided(
  { diagram, up, amounts, multiplicity, from, to, base }: Sweep,
  only: number,
): void {
  const amount = amounts[base + only] as number;
  const times = multiplicity[base + only] as number;
  for (let n = from; n < to; n++) {
    const at = STRIDE * n;
    const child = STRIDE * findChild(diagram, n, only);
    up[at] = child < 0 ? INF : (up[child] as number) + amount;
    up[at + 1] = child < 0 ? -INF : (up[child + 1] as number) + amount;
    up[at + 2] = child < 0 ? 0 : (up[child + 2] as number) * times;
  }
}

/** Tells each option of a level what the paths through it come to. */
function tellOptions(
  { diagram, up, down, amounts, multiplicity, from, to, base }: Sweep,
  into: Answer,
): void {
  const { edgeAt, values, children } = diagram;
  const { least, greatest, counts } = into;
  for (let n = from; n < to; n++) {
    const at = STRIDE * n;
    const count = down[at + 2] as number;
    if (count === 0) continue;
    const low = down[at] as number;
    const high = down[at + 1] as number;
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const option = base + (values[e] as number);
      const child = STRIDE * (children[e] as number);
      const amount = amounts[option] as number;
      const times = (multiplicity[option] as number) * (up[child + 2] as number);
      least[option] = Math.min(least[option] as number, low + amount + (up[child] as number));
      greatest[option] = Math.max(
        greatest[option] as number,
        high + amount + (up[child + 1] as number),
      );
      counts[option] = (counts[option] as number) + count * times;
    }
  }
}

/** Tells the next level what the one edge of each node leads to that a decision leaves. */
function lowerDecided(
  { diagram, down, amounts, multiplicity, from, to, base }: Sweep,
  only: number,
): void {
  const amount = amounts[base + only] as number;
  const times = multiplicity[base + only] as number;
  for (let n = from; n < to; n++) {
    const at = STRIDE * n;
    const child = STRIDE * findChild(diagram, n, only);
    if (child < 0) continue;
    down[child] = Math.min(down[child] as number, (down[at] as number) + amount);
    down[child + 1] = Math.max(down[child + 1] as number, (down[at + 1] as number) + amount);
    down[child + 2] = (down[child + 2] as number) + (down[at + 2] as number) * times;
  }
}

/** `tellOptions` of an open level, and what all of its edges lead to, in one pass. */
function lower(
  { diagram, up, down, amounts, multiplicity, from, to, base }: Sweep,
  into: Answer,
): void {
  const { edgeAt, values, children } = diagram;
  const { least, greatest, counts } = into;
  for (let n = from; n < to; n++) {
    const at = STRIDE * n;
    const countHere = down[at + 2] as number;
    if (countHere === 0) continue;
    const leastHere = down[at] as number;
    const greatestHere = down[at + 1] as number;
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const option = base + (values[e] as number);
      const child = STRIDE * (children[e] as number);
      const amount = amounts[option] as number;
      const low = leastHere + amount;
      const high = greatestHere + amount;
      const count = countHere * (multiplicity[option] as number);
      least[option] = Math.min(least[option] as number, low + (up[child] as number));
      greatest[option] = Math.max(greatest[option] as number, high + (up[child + 1] as number));
      counts[option] = (counts[option] as number) + count * (up[child + 2] as number);
      down[child] = Math.min(down[child] as number, low);
      down[child + 1] = Math.max(down[child + 1] as number, high);
      down[child + 2] = (down[child + 2] as number) + count;
    }
  }
}

/** Nothing leads to the nodes of a level yet. */
function clearLevel(down: Float64Array, from: number, to: number): void {
  for (let at = STRIDE * from; at < STRIDE * to; at += STRIDE) {
    down[at] = INF;
    down[at + 1] = -INF;
    down[at + 2] = 0;
  }
}

function makeSweep(diagram: Diagram, { amounts, multiplicity }: Question): Sweep {
  const length = STRIDE * diagram.edgeAt.length;
  return {
    diagram,
    up: borrowFloats(FLOAT_PLACE.up, length),
    down: borrowFloats(FLOAT_PLACE.down, length),
    amounts,
    multiplicity: multiplicity ?? onesFor(amounts.length),
    from: 0,
    to: 0,
    base: 0,
  };
}

/** Takes a sweep to a level; tells the value that is decided there, or -1. */
function moveTo(sweep: Sweep, level: number, { optionAt, decided }: Question): number {
  const { order, nodeAt } = sweep.diagram;
  const variable = order[level] ?? 0;
  sweep.from = nodeAt[level] ?? 0;
  sweep.to = nodeAt[level + 1] ?? 0;
  sweep.base = optionAt[variable] ?? 0;
  return decided?.[variable] ?? -1;
}

function sweepUp(sweep: Sweep, question: Question): void {
  const { diagram, up } = sweep;
  const depth = diagram.order.length;
  const last = STRIDE * (diagram.nodeAt[depth] ?? 0);
  up.fill(0, last, last + 2);
  up[last + 2] = 1;
  for (let l = depth - 1; l >= 0; l--) {
    const only = moveTo(sweep, l, question);
    if (only < 0) lift(sweep);
    else liftDecided(sweep, only);
  }
}

function sweepDown(sweep: Sweep, question: Question, into: Answer): void {
  const { diagram, down } = sweep;
  down.fill(0, 0, 2);
  down[2] = 1;
  for (let l = 0; l < diagram.order.length; l++) {
    const only = moveTo(sweep, l, question);
    clearLevel(down, sweep.to, diagram.nodeAt[l + 2] ?? 0);
    if (only < 0) {
      lower(sweep, into);
    } else {
      tellOptions(sweep, into);
      lowerDecided(sweep, only);
    }
  }
}

/** Forgets what an earlier answer said about the variables of a diagram. */
function clearAnswer(diagram: Diagram, { optionAt }: Question, into: Answer): void {
  for (const v of diagram.order) {
    const from = optionAt[v] ?? 0;
    const to = optionAt[v + 1] ?? 0;
    into.valid.fill(0, from, to);
    into.least.fill(INF, from, to);
    into.greatest.fill(-INF, from, to);
    into.counts.fill(0, from, to);
  }
}

/** Marks what is valid; tells the greatest count of an option. */
function markValid(diagram: Diagram, { optionAt }: Question, into: Answer): number {
  let most = 0;
  for (const v of diagram.order) {
    const to = optionAt[v + 1] ?? 0;
    for (let o = optionAt[v] ?? 0; o < to; o++) {
      into.valid[o] = (into.least[o] ?? INF) < INF ? 1 : 0;
      most = Math.max(most, into.counts[o] ?? 0);
    }
  }
  return most;
}

/**
 * Everything that a page shows after a click, of one diagram: which options are valid, the least and
 * greatest price and the number of designs, over all and for each option. With `decided`, only designs
 * that keep those choices count, but each chosen variable shows what it could be switched to while the
 * other choices stay. What other diagrams add: see `combine`.
 *
 * One pass up and one down over the edges, fused; nothing is allocated but two records.
 * The sweeps are those of Andersen, Hadzic and Pisinger, "Interactive cost configuration over
 * decision diagrams", JAIR 37 (2010).
 */
export function answer(diagram: Diagram, question: Question, into: Answer): Totals {
  clearAnswer(diagram, question, into);
  if (isEmpty(diagram)) return { least: INF, greatest: -INF, count: 0, isExactCount: true };
  const sweep = makeSweep(diagram, question);
  sweepUp(sweep, question);
  sweepDown(sweep, question, into);
  const most = markValid(diagram, question, into);
  const [least = INF, greatest = -INF, count = 0] = sweep.up;
  const isExactCount = Math.max(most, count) <= Number.MAX_SAFE_INTEGER;
  return { least, greatest, count, isExactCount };
}
