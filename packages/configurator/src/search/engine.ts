import type { Meter } from './answers.ts';
import { type Inner, TRUE } from './literals.ts';

/** Literals in a row; grows as it must. */
export interface Buffer {
  literals: Int32Array;
  size: number;
}

/** A constraint that is not a clause, a pair or a group: run when no cheaper one is left to run. */
export interface Propagator {
  /** True while it stands in the queue. */
  isWaiting: boolean;
  /** Told of a literal it watches that became true, by the code it watches it with. */
  notice(code: number): void;
  /** Draws its conclusions; false where it cannot hold, with the conflict written down. */
  run(): boolean;
  /**
   * Adds literals to `out`, all false at trail places before `before`, that together force `literal`,
   * which the constraint concluded; or the conflict where `literal` is -1.
   */
  explain(literal: Inner, before: number, out: Buffer): void;
  /** Drops what it was told but has not acted upon, because that is taken back. */
  forget(): void;
}

/** What propagators keep that has to be taken back level by level. */
export interface Savings {
  open(): void;
  /** Takes back to the state when `level` levels were open. */
  closeTo(level: number): void;
}

/** Kinds of reasons: the low two bits; what lies above them depends on the kind. */
export const BY_PAIR = 1;
export const BY_CLAUSE = 2;
export const BY_PROPAGATOR = 3;

/** Words in front of the literals of a clause: size, glue (0 where it is given), last use. */
export const HEADER = 3;

/** Everything that a search changes while it runs: one for each loaded problem, never shared. */
export interface Engine {
  readonly atomCount: number;
  /** By literal: 1 true, -1 false, 0 open. */
  readonly values: Int8Array;
  readonly levels: Int32Array;
  readonly reasons: Int32Array;
  /** By atom: its place in the trail while it is assigned. */
  readonly places: Int32Array;
  readonly trail: Int32Array;
  size: number;
  head: number;
  /** Where each level above 0 starts in the trail. */
  readonly starts: number[];
  /** By literal `p`: what must hold once `p` does, from `pairAt[p]` on. */
  pairAt: Int32Array;
  pairs: Int32Array;
  /** By literal: groups of which at most one literal holds; then the members of each group. */
  groupAt: Int32Array;
  groups: Int32Array;
  memberAt: Int32Array;
  members: Int32Array;
  /** Clauses, one after the other. */
  arena: Int32Array;
  arenaSize: number;
  /** By literal: clauses to look at when it becomes false, each with a literal that may satisfy it. */
  readonly watches: number[][];
  readonly learnt: number[];
  /** Clauses of one literal found above level 0. */
  readonly units: number[];
  readonly propagators: Propagator[];
  /** By literal: propagator and code in turns, from `eventAt[p]` on. */
  eventAt: Int32Array;
  events: Int32Array;
  readonly waiting: Propagator[];
  waitingHead: number;
  readonly savings: Savings[];
  readonly conflict: Buffer;
  /** No assignment at all obeys the constraints. */
  isBroken: boolean;
  meter: Meter;
  /** By atom: the literal it had last. */
  readonly phases: Int32Array;
  readonly activities: Float64Array;
  bump: number;
  /** Binary heap of atoms by activity, and the place of each in it or -1. */
  readonly heap: Int32Array;
  readonly heapPlaces: Int32Array;
  heapSize: number;
  /** Told of the first place of the trail that is taken back, after that was done. */
  onTakenBack: ((place: number) => void) | undefined;
  conflictCount: number;
  learntMax: number;
}

/** An engine without constraints. */
export function makeEngine(atomCount: number): Engine {
  const engine: Engine = {
    atomCount,
    values: new Int8Array(2 * atomCount),
    levels: new Int32Array(atomCount),
    reasons: new Int32Array(atomCount),
    places: new Int32Array(atomCount),
    trail: new Int32Array(atomCount),
    size: 0,
    head: 0,
    starts: [],
    pairAt: new Int32Array(2 * atomCount + 1),
    pairs: new Int32Array(0),
    groupAt: new Int32Array(2 * atomCount + 1),
    groups: new Int32Array(0),
    memberAt: new Int32Array(1),
    members: new Int32Array(0),
    arena: new Int32Array(1024),
    arenaSize: 1,
    watches: Array.from({ length: 2 * atomCount }, () => []),
    learnt: [],
    units: [],
    propagators: [],
    eventAt: new Int32Array(2 * atomCount + 1),
    events: new Int32Array(0),
    waiting: [],
    waitingHead: 0,
    savings: [],
    conflict: { literals: new Int32Array(64), size: 0 },
    isBroken: false,
    meter: { left: Number.POSITIVE_INFINITY },
    phases: new Int32Array(atomCount),
    activities: new Float64Array(atomCount),
    bump: 1,
    heap: new Int32Array(atomCount),
    heapPlaces: new Int32Array(atomCount),
    heapSize: 0,
    onTakenBack: undefined,
    conflictCount: 0,
    learntMax: 4_000,
  };
  for (let atom = 0; atom < atomCount; atom++) {
    engine.phases[atom] = 2 * atom + 1;
    engine.heap[atom] = atom;
    engine.heapPlaces[atom] = atom;
  }
  engine.heapSize = atomCount;
  assign(engine, TRUE, 0);
  return engine;
}

/** Puts a literal at the end of a buffer. */
export function append(buffer: Buffer, literal: Inner): void {
  if (buffer.size === buffer.literals.length) {
    const wider = new Int32Array(2 * buffer.size);
    wider.set(buffer.literals);
    buffer.literals = wider;
  }
  buffer.literals[buffer.size++] = literal;
}

/** Makes an open literal true. */
export function assign(engine: Engine, literal: Inner, reason: number): void {
  const atom = literal >> 1;
  engine.values[literal] = 1;
  engine.values[literal ^ 1] = -1;
  engine.levels[atom] = engine.starts.length;
  engine.reasons[atom] = reason;
  engine.places[atom] = engine.size;
  engine.trail[engine.size++] = literal;
}

/** Opens a level: what is assigned from now on goes with it. */
export function openLevel(engine: Engine): void {
  engine.starts.push(engine.size);
  for (const saving of engine.savings) saving.open();
}

function dropWaiting(engine: Engine): void {
  for (let k = engine.waitingHead; k < engine.waiting.length; k++) {
    const propagator = engine.waiting[k];
    if (propagator === undefined) continue;
    propagator.isWaiting = false;
    propagator.forget();
  }
  engine.waiting.length = 0;
  engine.waitingHead = 0;
}

/** Takes back all that was assigned above a level. */
export function takeBack(engine: Engine, level: number): void {
  if (engine.starts.length <= level) return;
  const { values, phases, trail, heapPlaces } = engine;
  const start = engine.starts[level] ?? 0;
  for (let i = engine.size - 1; i >= start; i--) {
    const literal = trail[i] ?? 0;
    const atom = literal >> 1;
    values[literal] = 0;
    values[literal ^ 1] = 0;
    phases[atom] = literal;
    if ((heapPlaces[atom] ?? 0) < 0) insert(engine, atom);
  }
  engine.size = start;
  engine.head = Math.min(engine.head, start);
  engine.starts.length = level;
  dropWaiting(engine);
  for (const saving of engine.savings) saving.closeTo(level);
  engine.onTakenBack?.(start);
}

/** Puts a propagator into the queue, once. */
export function wake(engine: Engine, propagator: Propagator): void {
  if (propagator.isWaiting) return;
  propagator.isWaiting = true;
  engine.waiting.push(propagator);
}

function place(engine: Engine, atom: number, at: number): void {
  engine.heap[at] = atom;
  engine.heapPlaces[atom] = at;
}

function siftUp(engine: Engine, atom: number, from: number): void {
  const { heap, activities } = engine;
  const own = activities[atom] ?? 0;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const other = heap[parent] ?? 0;
    if ((activities[other] ?? 0) >= own) break;
    place(engine, other, at);
    at = parent;
  }
  place(engine, atom, at);
}

function siftDown(engine: Engine, atom: number, from: number): void {
  const { heap, activities, heapSize } = engine;
  const own = activities[atom] ?? 0;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heapSize) break;
    const right = child + 1;
    if (
      right < heapSize &&
      (activities[heap[right] ?? 0] ?? 0) > (activities[heap[child] ?? 0] ?? 0)
    )
      child = right;
    const other = heap[child] ?? 0;
    if ((activities[other] ?? 0) <= own) break;
    place(engine, other, at);
    at = child;
  }
  place(engine, atom, at);
}

function insert(engine: Engine, atom: number): void {
  siftUp(engine, atom, engine.heapSize++);
}

/** Takes the open atom with the greatest activity off the heap, or -1. */
export function popOpen(engine: Engine): number {
  while (engine.heapSize > 0) {
    const atom = engine.heap[0] ?? 0;
    engine.heapPlaces[atom] = -1;
    const last = engine.heap[--engine.heapSize] ?? 0;
    if (last !== atom) siftDown(engine, last, 0);
    if (engine.values[2 * atom] === 0) return atom;
  }
  return -1;
}

const ACTIVITY_MAX = 1e100;

/** Raises the activity of an atom that a conflict met (VSIDS, Moskewicz et al., DAC 2001). */
export function bumpAtom(engine: Engine, atom: number): void {
  const { activities } = engine;
  activities[atom] = (activities[atom] ?? 0) + engine.bump;
  if ((activities[atom] ?? 0) > ACTIVITY_MAX) {
    for (let a = 0; a < activities.length; a++) activities[a] = (activities[a] ?? 0) / ACTIVITY_MAX;
    engine.bump /= ACTIVITY_MAX;
  }
  const at = engine.heapPlaces[atom] ?? -1;
  if (at >= 0) siftUp(engine, atom, at);
}
