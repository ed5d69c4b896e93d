import type { Inner } from './literals.ts';

/**
 * All solutions found so far, one after the other, each told by what it has that the one before had
 * not. A solution stays one whatever is decided, so this answers what of it is of use now.
 */
export interface Timeline {
  /** By literal: 1 where the first solution has it. */
  readonly start: Uint8Array;
  /** Literals that came to hold; a 0, which always holds, ends each solution. */
  flips: Int32Array;
  size: number;
}

/** Flips remembered at most; then the older half goes. */
const FLIPS_MAX = 400_000;

/** A timeline of one solution: by literal, 1 where it holds. */
export function startTimeline(now: Uint8Array): Timeline {
  return { start: now.slice(), flips: new Int32Array(1024), size: 0 };
}

function forgetHalf(timeline: Timeline): void {
  const { flips, start } = timeline;
  let cut = timeline.size >> 1;
  while (cut < timeline.size && flips[cut] !== 0) cut++;
  cut++;
  for (let i = 0; i < cut; i++) {
    const literal = flips[i] ?? 0;
    start[literal] = 1;
    start[literal ^ 1] = 0;
  }
  flips.copyWithin(0, cut, timeline.size);
  timeline.size -= cut;
}

/** Adds a literal that the next solution has and the last one had not; 0 ends the solution. */
export function record(timeline: Timeline, literal: Inner): void {
  if (timeline.size === timeline.flips.length) {
    const wider = new Int32Array(2 * timeline.size);
    wider.set(timeline.flips);
    timeline.flips = wider;
  }
  timeline.flips[timeline.size++] = literal;
  if (literal === 0 && timeline.size > FLIPS_MAX) forgetHalf(timeline);
}

/** Literals that no solution may miss: which, and how many the solution at hand misses. */
interface Wanted {
  readonly isWanted: Uint8Array;
  missing: number;
}

function wantedAtStart(start: Uint8Array, literals: ArrayLike<Inner>): Wanted {
  const isWanted = new Uint8Array(start.length);
  for (let i = 0; i < literals.length; i++) isWanted[literals[i] ?? 0] = 1;
  let missing = 0;
  for (let l = 0; l < start.length; l++) if (isWanted[l] === 1 && start[l] === 0) missing++;
  return { isWanted, missing };
}

/**
 * Marks in `seen` every literal of every solution that has all of the wanted literals. Linear in the
 * flips and the literals.
 */
export function replay(timeline: Timeline, literals: ArrayLike<Inner>, seen: Uint8Array): void {
  const { start, flips, size } = timeline;
  const wanted = wantedAtStart(start, literals);
  const holds = start.slice();
  // Of each literal that holds: how many solutions fitted before it came to hold.
  const since = new Int32Array(start.length);
  let fitting = wanted.missing === 0 ? 1 : 0;
  const turn = (literal: Inner): void => {
    const gone = literal ^ 1;
    if (fitting > (since[gone] ?? 0)) seen[gone] = 1;
    holds[literal] = 1;
    holds[gone] = 0;
    since[literal] = fitting;
    wanted.missing += (wanted.isWanted[gone] ?? 0) - (wanted.isWanted[literal] ?? 0);
  };
  for (let i = 0; i < size; i++) {
    const literal = flips[i] ?? 0;
    if (literal !== 0) turn(literal);
    else if (wanted.missing === 0) fitting++;
  }
  for (let l = 0; l < holds.length; l++) {
    if (holds[l] === 1 && fitting > (since[l] ?? 0)) seen[l] = 1;
  }
}
