import type { Progress, Work } from '../diagram/work.ts';
import type { Decided, Problem } from '../problem/problem.ts';
import { INVALID, type Meter, type Swept, UNKNOWN, VALID } from './answers.ts';
import { assign, openLevel, takeBack } from './engine.ts';
import type { Inner } from './literals.ts';
import { chooseToMend, makePatcher, type Patcher, tryPatch } from './patch.ts';
import { propagate } from './propagate.ts';
import { chooseByActivity, type Desk, openDesk, setAssumed } from './questions.ts';
import { baseLevels, type Ended, searchUnder } from './solve.ts';
import { record, replay, startTimeline, type Timeline } from './timeline.ts';
import { makeWitness, type Witness } from './witness.ts';

/** Steps of a slice, in propagated literals and looked-at constraints: some milliseconds. */
const SLICE_STEPS = 40_000;
/** Searches for one option go on without the witness after this many conflicts. */
const MENDING_CONFLICTS = 200;
/** Positions of which the invalid options are remembered. */
const MEMORIES_MAX = 64;

/** Options found invalid under decisions; they stay so while decisions are only added. */
interface Memory {
  readonly decided: Decided;
  readonly invalid: Uint8Array;
}

/** What answers the validity of all options, and remembers solutions between questions. */
export interface Sweeper {
  readonly problem: Problem;
  readonly desk: Desk;
  /** Variables of the decisions in the base, in the order in which they stand there. */
  order: number[];
  known:
    | { readonly witness: Witness; readonly patcher: Patcher; readonly timeline: Timeline }
    | undefined;
  readonly memories: Memory[];
}

/** Makes what sweeps a problem. */
export function openSweeper(problem: Problem): Sweeper {
  const desk = openDesk(problem);
  desk.base.wantsCore = false;
  return { problem, desk, order: [], known: undefined, memories: [] };
}

/** Which options a sweep is about, and in which order. */
export interface SweepWish {
  /** Variables whose options are answered before all others. */
  readonly first?: Iterable<number>;
  /** Variables that are asked about at all; the options of others stay unknown. */
  readonly only?: Iterable<number>;
}

interface Sweeping {
  readonly sweeper: Sweeper;
  readonly meter: Meter;
  readonly validity: Uint8Array;
  stepsAtYield: number;
  done: number;
}

function literalOf({ problem, desk }: Sweeper, v: number, value: number): Inner {
  return desk.loaded.numbering.held[(problem.optionAt[v] ?? 0) + value] ?? 0;
}

/** Puts the decisions into the base: those that stood there before in their order, new ones last. */
function setDecided(sweeper: Sweeper, decided: Decided): Int32Array {
  const { order } = sweeper;
  const isIn = new Uint8Array(decided.length);
  const kept = order.filter((v) => (decided[v] ?? -1) >= 0);
  for (const v of kept) isIn[v] = 1;
  decided.forEach((value, v) => {
    if (value >= 0 && isIn[v] === 0) kept.push(v);
  });
  sweeper.order = kept;
  const inner = Int32Array.from(kept, (v) => literalOf(sweeper, v, decided[v] ?? 0));
  setAssumed(sweeper.desk, inner);
  return inner;
}

function stepsOf({ sweeper, meter }: Sweeping): number {
  return (sweeper.known?.witness.looks ?? 0) - meter.left;
}

function* pause(sweeping: Sweeping): Work<void> {
  sweeping.stepsAtYield = stepsOf(sweeping);
  const progress: Progress = { done: sweeping.done, of: sweeping.validity.length };
  yield progress;
}

/** A search in slices; the trail is left as it ends. */
function* search(sweeping: Sweeping): Work<Ended> {
  const { sweeper, meter } = sweeping;
  const { desk } = sweeper;
  const { engine } = desk.loaded;
  const conflictsMax = engine.conflictCount + MENDING_CONFLICTS;
  const choose = (): Inner => {
    const { known } = sweeper;
    if (known === undefined) return chooseByActivity(desk);
    if (engine.conflictCount < conflictsMax) return chooseToMend(known.witness);
    const literal = chooseByActivity(desk);
    return literal < 0 ? chooseToMend(known.witness) : literal;
  };
  for (;;) {
    const most = Math.min(meter.left, SLICE_STEPS);
    engine.meter = { left: most };
    const ended = searchUnder(desk.analysis, desk.base, choose);
    meter.left -= most - engine.meter.left;
    if (ended.kind !== 'unknown' || meter.left <= 0) return ended;
    yield* pause(sweeping);
  }
}

/** Keeps the solution that the witness has become; what it has is valid. */
function keepSolution({ sweeper }: Sweeping): void {
  const { known, desk } = sweeper;
  if (known === undefined) {
    const witness = makeWitness(desk.loaded);
    const timeline = startTimeline(witness.now);
    sweeper.known = { witness, patcher: makePatcher(witness), timeline };
    witness.seen.set(witness.now);
    return;
  }
  const { witness, timeline } = known;
  const { patches } = witness;
  for (let i = 0; i < patches.length; i += 2) {
    const literal = patches[i] ?? 0;
    record(timeline, literal);
    witness.seen[literal] = 1;
  }
  if (patches.length > 0) record(timeline, 0);
  patches.length = 0;
  witness.broken.length = 0;
  witness.brokenFrom = 0;
}

function keepPatched({ sweeper }: Sweeping): void {
  const { known } = sweeper;
  if (known === undefined) return;
  for (const literal of known.patcher.flips) {
    record(known.timeline, literal);
    known.witness.seen[literal] = 1;
  }
  record(known.timeline, 0);
}

/** Whether propagating one more literal on the base leads to no conflict; the level stays open. */
function isOpenUnder(sweeping: Sweeping, literal: Inner): boolean {
  const { analysis, base, loaded } = sweeping.sweeper.desk;
  const { engine } = loaded;
  if (engine.starts.length < baseLevels(base)) return true;
  engine.meter = sweeping.meter;
  openLevel(engine);
  assign(engine, literal, 0);
  if (propagate(engine)) return true;
  takeBack(analysis.engine, baseLevels(base));
  return false;
}

function* searchFor(sweeping: Sweeping, literal: Inner): Work<number> {
  const { desk } = sweeping.sweeper;
  const { base, loaded } = desk;
  const { engine } = loaded;
  const size = base.assumedSize;
  if (engine.values[literal] === -1 || !isOpenUnder(sweeping, literal)) return INVALID;
  if (base.assumed.length === size) {
    const wider = new Int32Array(2 * size + 1);
    wider.set(base.assumed);
    base.assumed = wider;
  }
  base.assumed[size] = literal;
  base.assumedSize = size + 1;
  const ended = yield* search(sweeping);
  if (ended.kind === 'solution') keepSolution(sweeping);
  base.assumedSize = size;
  takeBack(engine, baseLevels(base));
  if (ended.kind === 'unknown') return UNKNOWN;
  return ended.kind === 'solution' ? VALID : INVALID;
}

function* settleOption(sweeping: Sweeping, option: number): Work<number> {
  const { sweeper, meter } = sweeping;
  const { engine, numbering } = sweeper.desk.loaded;
  const { known } = sweeper;
  const literal = numbering.held[option] ?? 0;
  if (known === undefined) return UNKNOWN;
  if (engine.values[literal] === -1) return INVALID;
  if (engine.values[literal] === 1 || known.witness.seen[literal] === 1) return VALID;
  if (meter.left <= 0) return UNKNOWN;
  const looks = known.witness.looks;
  const isPatched =
    engine.starts.length === baseLevels(sweeper.desk.base) && tryPatch(known.patcher, literal);
  meter.left -= known.witness.looks - looks;
  if (!isPatched) return yield* searchFor(sweeping, literal);
  keepPatched(sweeping);
  return VALID;
}

/** The nearest remembered position whose decisions all stand still. */
function recall(sweeper: Sweeper, decided: Decided): Memory | undefined {
  const { memories } = sweeper;
  const isWithin = (memory: Memory): boolean =>
    memory.decided.every((value, v) => value < 0 || decided[v] === value);
  while (memories.length > 0) {
    const last = memories.at(-1);
    if (last !== undefined && isWithin(last)) return last;
    memories.pop();
  }
  return undefined;
}

function remember(sweeper: Sweeper, decided: Decided, validity: Uint8Array): void {
  const { memories } = sweeper;
  const invalid = validity.map((own) => (own === INVALID ? 1 : 0));
  if (memories.length >= MEMORIES_MAX) memories.splice(1, 1);
  memories.push({ decided: decided.slice(), invalid });
}

function orderOf(problem: Problem, { first, only }: SweepWish): Int32Array {
  const order = [...(first ?? [])];
  const isIn = new Uint8Array(problem.sizes.length);
  for (const v of order) isIn[v] = 1;
  if (only === undefined) problem.sizes.forEach((_, v) => isIn[v] === 0 && order.push(v));
  else for (const v of only) if (isIn[v] === 0) order.push(v);
  return Int32Array.from(order);
}

function* settleAll(sweeping: Sweeping, variables: Int32Array, invalid: Uint8Array | undefined) {
  const { problem, known } = sweeping.sweeper;
  for (const v of variables) {
    const end = problem.optionAt[v + 1] ?? 0;
    for (let option = problem.optionAt[v] ?? 0; option < end; option++) {
      sweeping.validity[option] =
        invalid?.[option] === 1 ? INVALID : yield* settleOption(sweeping, option);
      sweeping.done++;
    }
    if (stepsOf(sweeping) - sweeping.stepsAtYield > SLICE_STEPS) yield* pause(sweeping);
  }
  return known;
}

/**
 * The validity of all options under decisions, in slices of some milliseconds. `validity` may be
 * read between slices: what is not `UNKNOWN` in it is final. Only one sweep may run at a time.
 */
export function* sweepSlices(
  sweeper: Sweeper,
  decided: Decided,
  of: { readonly meter: Meter; readonly validity: Uint8Array } & SweepWish,
): Work<Swept> {
  const { meter, validity } = of;
  const sweeping: Sweeping = { sweeper, meter, validity, stepsAtYield: 0, done: 0 };
  sweeping.stepsAtYield = stepsOf(sweeping);
  const memory = recall(sweeper, decided);
  const inner = setDecided(sweeper, decided);
  const { known } = sweeper;
  if (known !== undefined) {
    known.witness.seen.fill(0);
    replay(known.timeline, inner, known.witness.seen);
  }
  const ended = yield* search(sweeping);
  if (ended.kind === 'solution') keepSolution(sweeping);
  takeBack(sweeper.desk.loaded.engine, baseLevels(sweeper.desk.base));
  if (ended.kind !== 'solution') {
    const isImpossible = ended.kind === 'conflict';
    validity.fill(isImpossible ? INVALID : UNKNOWN);
    return { outcome: isImpossible ? 'impossible' : 'unknown', validity };
  }
  yield* settleAll(sweeping, orderOf(sweeper.problem, of), memory?.invalid);
  if (of.only === undefined && !validity.includes(UNKNOWN)) remember(sweeper, decided, validity);
  return { outcome: 'possible', validity };
}
