import type { Validity } from '../answers.ts';
import type { Diagram } from '../diagram/diagram.ts';
import {
  type Answer,
  answer,
  makeAnswer,
  type Question,
  type Totals,
} from '../questions/answer.ts';
import { conditionAll } from '../questions/condition.ts';
import { countExact } from '../questions/counts.ts';
import type { Decided } from '../solve/problem.ts';
import { type ClassQuestion, type CompiledSpace, questionOf } from './compiled-space.ts';
import { restrict } from './restrict.ts';

/** Everything about every value, under some choices; good until the next reading. */
export interface Reading {
  /** Designs that keep the choices; exact up to 2^53, within a relative 10^-9 above. */
  readonly count: number;
  readonly minMinor: number;
  readonly maxMinor: number;
  /** Designs that keep the choices, exactly at any size. */
  designs(): bigint;
  /** One value, by variable and index of the value. */
  valueAt(v: number, index: number): ValueReading;
}

/** What is known of one value. */
export interface ValueReading {
  readonly validity: Validity;
  readonly count: number;
  readonly minMinor: number;
  readonly maxMinor: number;
}

/** Reads a compiled space under one choice after the other. */
export interface Reader {
  read(decided: Decided): Reading;
}

const GONE: ValueReading = { validity: 'invalid', count: 0, minMinor: 0, maxMinor: 0 };
/** Of a variable about which nothing was read yet: neither a value nor open. */
const NEVER = -2;

/** One diagram as it was read last. */
interface Part {
  readonly whole: Diagram;
  /** Whether the values of each of its classes cost the same. */
  readonly isPlain: boolean;
  /** What the choices leave of it. */
  live: Diagram;
  count: number;
  least: number;
  greatest: number;
  /** The count exactly, once somebody asked. */
  designs?: bigint;
}

/** What is known besides a part, all others together. */
interface Others {
  readonly counts: Float64Array;
  readonly leasts: Float64Array;
  readonly greatests: Float64Array;
}

interface Desk {
  readonly compiled: CompiledSpace;
  /** With nothing decided. */
  readonly open: ClassQuestion;
  /** As decided. */
  readonly now: ClassQuestion;
  /** By variable: the class that is decided, or -1. */
  readonly classes: Int32Array;
  /** By variable: the value that is decided, or -1; `NEVER` before the first reading. */
  readonly settled: Int32Array;
  readonly low: Answer;
  readonly high: Answer;
  readonly parts: readonly Part[];
}

function copyOf(question: Question, classes: Int32Array): Question {
  return { ...question, amounts: question.amounts.slice(), decided: classes };
}

function openDesk(compiled: CompiledSpace): Desk {
  const { diagrams, family } = compiled;
  const { optionAt } = family.problem;
  const classes = new Int32Array(optionAt.length - 1).fill(-1);
  const open = questionOf(compiled, classes);
  const multiplicity = open.multiplicity.slice();
  const options = optionAt.at(-1) ?? 0;
  const isPlain = (v: number): boolean => {
    const [from, to] = [optionAt[v] ?? 0, optionAt[v + 1] ?? 0];
    for (let o = from; o < to; o++) if (open.low.amounts[o] !== open.high.amounts[o]) return false;
    return true;
  };
  return {
    compiled,
    open,
    now: {
      low: { ...copyOf(open.low, classes), multiplicity },
      high: { ...copyOf(open.high, classes), multiplicity },
      multiplicity,
    },
    classes,
    settled: new Int32Array(classes.length).fill(NEVER),
    low: makeAnswer(options),
    high: makeAnswer(options),
    parts: diagrams.map((whole) => ({
      whole,
      isPlain: whole.order.every(isPlain),
      live: whole,
      count: 0,
      least: 0,
      greatest: 0,
    })),
  };
}

/** Puts a decision about a variable into the question, or takes it out. */
function settle(desk: Desk, v: number, own: number): void {
  const { classes, compiled, now, open, settled } = desk;
  const { lookup, classes: grouped } = compiled.space;
  const { optionAt } = open.low;
  const [from, to] = [optionAt[v] ?? 0, optionAt[v + 1] ?? 0];
  now.low.amounts.set(open.low.amounts.subarray(from, to), from);
  now.high.amounts.set(open.high.amounts.subarray(from, to), from);
  now.multiplicity.set(open.multiplicity.subarray(from, to), from);
  settled[v] = own;
  classes[v] = -1;
  if (own < 0) return;
  const c = grouped.classOf[v]?.[own] ?? 0;
  const amount = lookup.variables[v]?.amountsMinor[own] ?? 0;
  classes[v] = c;
  now.multiplicity[from + c] = 1;
  now.low.amounts[from + c] = amount;
  now.high.amounts[from + c] = amount;
}

/** The greatest prices, where they are not those of the least amounts. */
function greatestOf(desk: Desk, part: Part, low: Totals): number {
  const { high, low: lowAnswer, now } = desk;
  if (!part.isPlain) return answer(part.live, now.high, high).greatest;
  const { optionAt } = now.low;
  for (const v of part.whole.order) {
    const [from, to] = [optionAt[v] ?? 0, optionAt[v + 1] ?? 0];
    high.greatest.set(lowAnswer.greatest.subarray(from, to), from);
  }
  return low.greatest;
}

/** Reads a part anew if a choice within it changed; where one came on top, from what was left. */
function readPart(desk: Desk, part: Part, decided: Decided): void {
  const { settled } = desk;
  const changed = part.whole.order.filter((v) => settled[v] !== decided[v]);
  if (changed.length === 0) return;
  const isMore = changed.every((v) => (settled[v] ?? NEVER) < 0);
  for (const v of changed) settle(desk, v, decided[v] ?? -1);
  part.live = restrict(isMore ? part.live : part.whole, desk.classes);
  const low = answer(part.live, desk.now.low, desk.low);
  part.count = low.count;
  part.least = low.least;
  part.greatest = greatestOf(desk, part, low);
  delete part.designs;
}

/** Designs of a part: beyond what floating point counts, of the paths that keep all choices alone. */
function designsOf({ classes, now }: Desk, part: Part): bigint {
  if (part.count <= Number.MAX_SAFE_INTEGER) return BigInt(part.count);
  return countExact(conditionAll(part.live, classes), now.low.optionAt, now.multiplicity);
}

/** For each number, all the others together. */
function allBut(
  numbers: readonly number[],
  none: number,
  join: (a: number, b: number) => number,
): Float64Array {
  const but = new Float64Array(numbers.length);
  let before = none;
  numbers.forEach((own, i) => {
    but[i] = before;
    before = join(before, own);
  });
  let after = none;
  for (let i = numbers.length - 1; i >= 0; i--) {
    but[i] = join(but[i] ?? none, after);
    after = join(after, numbers[i] ?? none);
  }
  return but;
}

const plus = (a: number, b: number): number => a + b;
const times = (a: number, b: number): number => a * b;

function othersOf(parts: readonly Part[]): Others {
  const counts = parts.map(({ count }) => count);
  const leasts = parts.map(({ least }) => least);
  const greatests = parts.map(({ greatest }) => greatest);
  return {
    counts: allBut(counts, 1, times),
    leasts: allBut(leasts, 0, plus),
    greatests: allBut(greatests, 0, plus),
  };
}

function readValue(desk: Desk, others: Others, v: number, index: number): ValueReading {
  const { compiled, high, low, now } = desk;
  const { diagramOf, space } = compiled;
  const c = space.classes.classOf[v]?.[index] ?? 0;
  const option = (now.low.optionAt[v] ?? 0) + c;
  const own = diagramOf[v] ?? 0;
  const countBeside = others.counts[own] ?? 1;
  if (low.valid[option] !== 1 || countBeside === 0) return GONE;
  const amount = space.lookup.variables[v]?.amountsMinor[index] ?? 0;
  const base = space.family.basePriceMinor + amount;
  const count = (low.counts[option] ?? 0) / (now.multiplicity[option] ?? 1);
  const least = (low.least[option] ?? 0) - (now.low.amounts[option] ?? 0);
  const greatest = (high.greatest[option] ?? 0) - (now.high.amounts[option] ?? 0);
  return {
    validity: 'valid',
    count: count * countBeside,
    minMinor: base + least + (others.leasts[own] ?? 0),
    maxMinor: base + greatest + (others.greatests[own] ?? 0),
  };
}

/**
 * A reader of a compiled space. It keeps what it read of each diagram, so that a reading costs what
 * changed: a diagram of which a choice changed is swept anew, at most once for the least and once for
 * the greatest prices, over the part that the choices leave of it; where choices only came on top,
 * over what is left of that part.
 */
export function openReader(compiled: CompiledSpace): Reader {
  const desk = openDesk(compiled);
  const { parts } = desk;
  const base = compiled.space.family.basePriceMinor;
  return {
    read(decided) {
      for (const part of parts) readPart(desk, part, decided);
      const others = othersOf(parts);
      return {
        count: parts.reduce((product, { count }) => product * count, 1),
        minMinor: parts.reduce((sum, { least }) => sum + least, base),
        maxMinor: parts.reduce((sum, { greatest }) => sum + greatest, base),
        designs: () =>
          parts.reduce((product, part) => {
            part.designs ??= designsOf(desk, part);
            return product * part.designs;
          }, 1n),
        valueAt: (v, index) => readValue(desk, others, v, index),
      };
    },
  };
}
