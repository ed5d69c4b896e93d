import type { Work } from '@keepsake/kernel';
import type { Decided, Problem } from '../problem/problem.ts';
import { INVALID, type Meter, type Swept, UNKNOWN, VALID } from './answers.ts';
import { assign, openLevel, takeBack } from './engine.ts';
import type { Inner } from './literals.ts';
import { tryPatch, WASTED_MAX } from './patch.ts';
import { propagate } from './propagate.ts';
import { setAssumed } from './questions.ts';
import {
  endSeeking,
  type Known,
  keepPatched,
  type Seeker,
  SLICE_STEPS,
  seek,
  type Wish,
} from './seeker.ts';
import { baseLevels, resolve } from './solve.ts';
import { replay } from './timeline.ts';

/** Positions of which the invalid options are remembered. */
const MEMORIES_MAX = 64;

/** Options found invalid under decisions; they stay so while decisions are only added. */
interface Memory {
  readonly decided: Decided;
  readonly invalid: Uint8Array;
}

/** What answers the validity of all options, and remembers what was invalid. */
export interface Sweeper {
  readonly seeker: Seeker;
  /** Variables of the decisions asked about last, in the order in which they were met. */
  order: readonly number[];
  readonly memories: Memory[];
}

/** Makes what sweeps the problem of a seeker. */
export function openSweeper(seeker: Seeker): Sweeper {
  return { seeker, order: [], memories: [] };
}

/** Which options a sweep is about, and in which order. */
export interface SweepWish {
  /** Variables whose options are answered before all others. */
  readonly first?: Iterable<number>;
  /** Variables that are asked about at all; the options of others stay unknown. */
  readonly only?: Iterable<number>;
}

interface Sweeping {
  readonly seeker: Seeker;
  readonly inner: Int32Array;
  /** The option being settled, or -1 while the decisions alone are. */
  goal: Inner;
  turn: number;
  readonly meter: Meter;
  readonly validity: Uint8Array;
  stepsAtPause: number;
  done: number;
}

/** Literals of the decisions: those that were there before in their order, new ones last. */
function literalsOf(sweeper: Sweeper, decided: Decided): Int32Array {
  const { problem, desk } = sweeper.seeker;
  const isIn = new Uint8Array(decided.length);
  const order = sweeper.order.filter((v) => (decided[v] ?? -1) >= 0);
  for (const v of order) isIn[v] = 1;
  decided.forEach((value, v) => {
    if (value >= 0 && isIn[v] === 0) order.push(v);
  });
  sweeper.order = order;
  const { held } = desk.loaded.numbering;
  return Int32Array.from(order, (v) => held[(problem.optionAt[v] ?? 0) + (decided[v] ?? 0)] ?? 0);
}

/** Puts the decisions, and the option being settled, into the base; marks what is proven of them. */
function setBase(sweeping: Sweeping): void {
  const { seeker, inner, goal } = sweeping;
  seeker.desk.base.wantsCore = false;
  setAssumed(seeker.desk, goal < 0 ? inner : Int32Array.of(...inner, goal));
  const { known } = seeker;
  if (known === undefined) return;
  known.patcher.wasted = 0;
  known.witness.seen.fill(0);
  replay(known.timeline, inner, known.witness.seen);
}

function* pause(sweeping: Sweeping): Work<void> {
  const { seeker } = sweeping;
  yield { done: sweeping.done, of: sweeping.validity.length };
  sweeping.stepsAtPause = sweeping.meter.left;
  if (sweeping.turn === seeker.turn) return;
  sweeping.turn = ++seeker.turn;
  setBase(sweeping);
}

/** Whether propagating one more literal on the base leads to no conflict; the level stays open. */
function isOpenUnder({ seeker, meter }: Sweeping, literal: Inner): boolean {
  const { analysis, base, loaded } = seeker.desk;
  const { engine } = loaded;
  if (engine.starts.length < baseLevels(base)) return true;
  engine.meter = meter;
  openLevel(engine);
  assign(engine, literal, 0);
  if (propagate(engine)) return true;
  // What is learnt rules out more options at once.
  resolve(analysis, base);
  propagate(engine);
  return false;
}

function* searchFor(sweeping: Sweeping, literal: Inner, wish: Wish): Work<number> {
  const { seeker, meter } = sweeping;
  const { base } = seeker.desk;
  if (!isOpenUnder(sweeping, literal)) return INVALID;
  const size = sweeping.inner.length;
  if (base.assumed.length === size) {
    const wider = new Int32Array(2 * size + 1);
    wider.set(base.assumed);
    base.assumed = wider;
  }
  base.assumed[size] = literal;
  base.assumedSize = size + 1;
  sweeping.goal = literal;
  const ended = yield* seek(seeker, { meter, pause: () => pause(sweeping), wish });
  sweeping.goal = -1;
  if (ended.kind === 'solution') endSeeking(seeker, ended);
  base.assumedSize = size;
  endSeeking(seeker, { kind: 'unknown' });
  if (ended.kind === 'unknown') return UNKNOWN;
  return ended.kind === 'solution' ? VALID : INVALID;
}

/** Whether the witness is a solution of the decisions and nothing is on the trail but those. */
function isReady({ desk }: Seeker, { witness }: Known): boolean {
  const { engine } = desk.loaded;
  return (
    engine.starts.length === baseLevels(desk.base) &&
    witness.head === engine.size &&
    witness.patches.length === 0
  );
}

/** What is known of an option at once; else `UNKNOWN`. */
function settleByKnown({ seeker }: Sweeping, option: number): number {
  const { engine, numbering } = seeker.desk.loaded;
  const literal = numbering.held[option] ?? 0;
  if (seeker.known === undefined) return UNKNOWN;
  if (engine.values[literal] === -1) return INVALID;
  if (engine.values[literal] === 1) return VALID;
  return seeker.known.witness.seen[literal] === 1 ? VALID : UNKNOWN;
}

/** What is known of an option at once, or by patching the witness; else `UNKNOWN`. */
function settleByPatch(sweeping: Sweeping, option: number): number {
  const { seeker, meter } = sweeping;
  const { known } = seeker;
  const own = settleByKnown(sweeping, option);
  if (own !== UNKNOWN || known === undefined || meter.left <= 0) return own;
  const literal = seeker.desk.loaded.numbering.held[option] ?? 0;
  const { looks } = known.witness;
  const isPatched = isReady(seeker, known) && tryPatch(known.patcher, literal);
  meter.left -= known.witness.looks - looks;
  if (!isPatched) return UNKNOWN;
  keepPatched(known);
  return VALID;
}

/** What is known of an option at once, or by what follows from it alone; else `UNKNOWN`. */
function settleByConclusion(sweeping: Sweeping, option: number): number {
  const { seeker, meter } = sweeping;
  const { loaded, base } = seeker.desk;
  const own = settleByKnown(sweeping, option);
  if (own !== UNKNOWN || meter.left <= 0) return own;
  const isOpen = isOpenUnder(sweeping, loaded.numbering.held[option] ?? 0);
  takeBack(loaded.engine, baseLevels(base));
  return isOpen ? UNKNOWN : INVALID;
}

/** Options that nothing is known of yet, one at a call: a search takes them along. */
function wishAmong({ seeker, validity }: Sweeping, options: readonly number[]): Wish {
  const { engine, numbering } = seeker.desk.loaded;
  let at = 0;
  return () => {
    while (at < options.length) {
      const option = options[at++] ?? 0;
      const literal = numbering.held[option] ?? 0;
      const isSeen = seeker.known?.witness.seen[literal] === 1;
      if (validity[option] === UNKNOWN && engine.values[literal] === 0 && !isSeen) return literal;
    }
    return -1;
  };
}

/** The nearest remembered position whose decisions all stand still. */
function recall({ memories }: Sweeper, decided: Decided): Memory | undefined {
  const isWithin = (memory: Memory): boolean =>
    memory.decided.every((value, v) => value < 0 || decided[v] === value);
  while (memories.length > 0) {
    const last = memories.at(-1);
    if (last !== undefined && isWithin(last)) return last;
    memories.pop();
  }
  return undefined;
}

function remember({ memories }: Sweeper, decided: Decided, validity: Uint8Array): void {
  const invalid = validity.map((own) => (own === INVALID ? 1 : 0));
  if (memories.length >= MEMORIES_MAX) memories.splice(1, 1);
  memories.push({ decided, invalid });
}

/** Options in question, those of the variables wanted first apart. */
function optionsOf(
  problem: Problem,
  { first = [], only }: SweepWish,
): readonly [readonly number[], readonly number[]] {
  const isIn = new Uint8Array(problem.sizes.length);
  const take = (variables: Iterable<number>): readonly number[] => {
    const options: number[] = [];
    for (const v of variables) {
      if (isIn[v] === 1) continue;
      isIn[v] = 1;
      const end = problem.optionAt[v + 1] ?? 0;
      for (let option = problem.optionAt[v] ?? 0; option < end; option++) options.push(option);
    }
    return options;
  };
  return [take(first), take(only ?? problem.sizes.keys())];
}

/** Settles an option by patching, or else by search. */
function* settleBySearch(
  sweeping: Sweeping,
  option: number,
  options: readonly number[],
): Work<number> {
  const own = settleByPatch(sweeping, option);
  if (own !== UNKNOWN || sweeping.meter.left <= 0) return own;
  const literal = sweeping.seeker.desk.loaded.numbering.held[option] ?? 0;
  return yield* searchFor(sweeping, literal, wishAmong(sweeping, options));
}

/** How options are settled, from what costs least to what always tells. */
const PASSES = ['patch', 'conclusion', 'search'] as const;

/**
 * What a pass looks at: options that nothing is known of yet. What follows from each is drawn only
 * where patching led nowhere so often that it pays.
 */
function optionsFor(
  { seeker, validity }: Sweeping,
  pass: (typeof PASSES)[number],
  options: readonly number[],
): readonly number[] {
  const wasted = seeker.known?.patcher.wasted ?? 0;
  if (pass === 'conclusion' && wasted <= WASTED_MAX) return [];
  return options.filter((option) => validity[option] === UNKNOWN);
}

function* settleOne(
  sweeping: Sweeping,
  option: number,
  {
    pass,
    options,
  }: { readonly pass: (typeof PASSES)[number]; readonly options: readonly number[] },
): Work<number> {
  if (pass === 'patch') return settleByPatch(sweeping, option);
  if (pass === 'conclusion') return settleByConclusion(sweeping, option);
  return yield* settleBySearch(sweeping, option, options);
}

/**
 * Settles options by patching where that works, then by what follows from them; then searches for
 * the others, which are fewer, and takes along what it can of those that are left.
 */
function* settleAll(
  sweeping: Sweeping,
  options: readonly number[],
  invalid: Uint8Array | undefined,
): Work<void> {
  const { validity, meter } = sweeping;
  if (invalid !== undefined) {
    for (const option of options) if (invalid[option] === 1) validity[option] = INVALID;
  }
  for (const pass of PASSES) {
    const left = optionsFor(sweeping, pass, options);
    for (const option of left) {
      const own = yield* settleOne(sweeping, option, { pass, options: left });
      validity[option] = own;
      if (own !== UNKNOWN) sweeping.done++;
      if (sweeping.stepsAtPause - meter.left > SLICE_STEPS) yield* pause(sweeping);
    }
  }
}

/**
 * The validity of all options under decisions, in slices of some milliseconds. `validity` may be
 * read between slices: what is not `UNKNOWN` in it is final. Other questions may be asked between
 * slices too. An option is proven by a solution found earlier, else by patching the last solution,
 * else searched for; every solution found proves all that it has.
 */
export function* sweepSlices(
  sweeper: Sweeper,
  given: Decided,
  of: { readonly meter: Meter; readonly validity: Uint8Array } & SweepWish,
): Work<Swept> {
  const { meter, validity } = of;
  const { seeker } = sweeper;
  const decided = given.slice();
  const memory = recall(sweeper, decided);
  const sweeping: Sweeping = {
    seeker,
    inner: literalsOf(sweeper, decided),
    goal: -1,
    turn: ++seeker.turn,
    meter,
    validity,
    stepsAtPause: meter.left,
    done: 0,
  };
  setBase(sweeping);
  const ended = yield* seek(seeker, { meter, pause: () => pause(sweeping) });
  endSeeking(seeker, ended);
  if (ended.kind !== 'solution') {
    const isImpossible = ended.kind === 'conflict';
    validity.fill(isImpossible ? INVALID : UNKNOWN);
    return { outcome: isImpossible ? 'impossible' : 'unknown', validity };
  }
  for (const options of optionsOf(seeker.problem, of)) {
    yield* settleAll(sweeping, options, memory?.invalid);
  }
  if (of.only === undefined && !validity.includes(UNKNOWN)) remember(sweeper, decided, validity);
  return { outcome: 'possible', validity };
}
