import type { Work } from '@keepsake/kernel';
import type { Problem } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import { takeBack } from './engine.ts';
import type { Inner } from './literals.ts';
import { chooseToMend, makePatcher, type Patcher } from './patch.ts';
import { chooseByActivity, type Desk, openDesk, setAssumed } from './questions.ts';
import { baseLevels, type Ended, searchUnder } from './solve.ts';
import { record, startTimeline, type Timeline } from './timeline.ts';
import { makeWitness, type Witness } from './witness.ts';

/** Steps of a slice, in propagated literals and looked-at constraints: some milliseconds. */
export const SLICE_STEPS = 8_000;
/** A search goes on without the witness after this many conflicts. */
const MENDING_CONFLICTS = 200;
/** A search takes no more wishes along after this many conflicts. */
const WISHING_CONFLICTS = 20;

/** The next open literal that a solution had better have too; -1 where there is none. */
export type Wish = () => Inner;

/** Solutions found so far, and the last of them, which is patched to become the next. */
export interface Known {
  readonly witness: Witness;
  readonly patcher: Patcher;
  readonly timeline: Timeline;
}

/** Looks for solutions of one problem, each from the one before. */
export interface Seeker {
  readonly problem: Problem;
  readonly desk: Desk;
  known: Known | undefined;
  /** One more with each question: paused work sees by it that others were asked meanwhile. */
  turn: number;
}

/** Loads a problem to look for solutions of it. */
export function openSeeker(problem: Problem): Seeker {
  return { problem, desk: openDesk(problem), known: undefined, turn: 0 };
}

/** The next literal that mends the witness; its looks are steps of the search. */
function mend({ desk }: Seeker, { witness }: Known): Inner {
  const { looks } = witness;
  const literal = chooseToMend(witness);
  desk.loaded.engine.meter.left -= witness.looks - looks;
  return literal;
}

function chooserOf(seeker: Seeker, wish: Wish | undefined): () => Inner {
  const { desk } = seeker;
  const { engine } = desk.loaded;
  const wishesMax = engine.conflictCount + WISHING_CONFLICTS;
  const conflictsMax = engine.conflictCount + MENDING_CONFLICTS;
  return () => {
    const { known } = seeker;
    if (known === undefined) return chooseByActivity(desk);
    const wished = engine.conflictCount < wishesMax ? (wish?.() ?? -1) : -1;
    if (wished >= 0) return wished;
    if (engine.conflictCount < conflictsMax) return mend(seeker, known);
    const literal = chooseByActivity(desk);
    return literal < 0 ? mend(seeker, known) : literal;
  };
}

/** What a search is given besides its base. */
export interface Seeking {
  readonly meter: Meter;
  readonly pause: () => Work<void>;
  /** Taken along as far as it leads to few conflicts: one solution then proves more. */
  readonly wish?: Wish;
}

/** Searches under the base of the desk, a slice at a step; the trail is left as the search ends. */
export function* seek(seeker: Seeker, { meter, pause, wish }: Seeking): Work<Ended> {
  const { desk } = seeker;
  const { engine } = desk.loaded;
  const choose = chooserOf(seeker, wish);
  for (;;) {
    const most = Math.min(meter.left, SLICE_STEPS);
    engine.meter = { left: most };
    const ended = searchUnder(desk.analysis, desk.base, choose);
    meter.left -= most - engine.meter.left;
    if (ended.kind !== 'unknown' || meter.left <= 0) return ended;
    yield* pause();
  }
}

/** Keeps the solution that the witness has become by the trail. */
export function keepSolution(seeker: Seeker): void {
  const { known, desk } = seeker;
  if (known === undefined) {
    const witness = makeWitness(desk.loaded);
    const timeline = startTimeline(witness.now);
    seeker.known = { witness, patcher: makePatcher(witness), timeline };
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

/** Keeps the solution that a patch has made of the witness. */
export function keepPatched({ patcher, timeline, witness }: Known): void {
  for (const literal of patcher.flips) {
    record(timeline, literal);
    witness.seen[literal] = 1;
  }
  record(timeline, 0);
}

/** Takes back to the base, after its solution was kept if there is one. */
export function endSeeking(seeker: Seeker, ended: Ended): void {
  if (ended.kind === 'solution') keepSolution(seeker);
  takeBack(seeker.desk.loaded.engine, baseLevels(seeker.desk.base));
}

function* goOn(): Work<void> {}

/** Searches under inner literals in one go; the witness is the solution where there is one. */
export function seekUnder(
  seeker: Seeker,
  of: { readonly inner: ArrayLike<Inner>; readonly wantsCore: boolean },
  meter: Meter,
): Ended {
  seeker.turn++;
  seeker.desk.base.wantsCore = of.wantsCore;
  setAssumed(seeker.desk, of.inner);
  const work = seek(seeker, { meter, pause: goOn });
  for (;;) {
    const step = work.next();
    if (step.done !== true) continue;
    endSeeking(seeker, step.value);
    return step.value;
  }
}
