import type { Literal } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import { innerOf } from './literals.ts';
import { type Seeker, seekUnder } from './seeker.ts';

/** Sets looked at for one question at most. */
const SETS_MAX = 4_000;

/** What is asked: which held literals to give up so that the wanted ones can be had. */
export interface RepairQuestion {
  /** Literals held, those given up last last. */
  readonly held: Int32Array;
  readonly wanted: Int32Array;
  /** Sets wanted; all of the size of the last one are told. */
  readonly most: number;
}

/** Minimal sets of held literals to give up, fewest first. */
export interface RepairSets {
  readonly sets: readonly Int32Array[];
  /** False where the meter ran out before as many were found as were wanted. */
  readonly isComplete: boolean;
}

interface Mending {
  readonly seeker: Seeker;
  readonly question: RepairQuestion;
  readonly meter: Meter;
  /** Held literals, by place, that cannot all be kept. */
  readonly conflicts: (readonly number[])[];
}

/** Places of kept literals that exclude each other, or `possible`, or undefined. */
function conflictOf(
  { seeker, question, meter }: Mending,
  kept: readonly number[],
): readonly number[] | 'possible' | undefined {
  const { numbering } = seeker.desk.loaded;
  const own = kept.map((place) => innerOf(numbering, question.held[place] ?? 0));
  const wanted = Array.from(question.wanted, (literal) => innerOf(numbering, literal));
  const ended = seekUnder(seeker, { inner: [...wanted, ...own], wantsCore: true }, meter);
  if (ended.kind === 'unknown') return undefined;
  if (ended.kind === 'solution') return 'possible';
  const core = new Set(ended.core);
  return kept.filter((_, i) => core.has(own[i] ?? -1));
}

/** Asks about a conflict alone, the other way round, as long as that makes it smaller. */
function shrink(mending: Mending, conflict: readonly number[]): readonly number[] | undefined {
  let own = conflict;
  for (;;) {
    const again = conflictOf(mending, [...own].reverse());
    if (again === undefined || again === 'possible') return undefined;
    if (again.length >= own.length) return own;
    own = again;
  }
}

/** A conflict within the kept literals, small where that costs little. */
function findConflict(
  mending: Mending,
  kept: readonly number[],
): readonly number[] | 'possible' | undefined {
  const known = mending.conflicts.find((places) => places.every((place) => kept.includes(place)));
  if (known !== undefined) return known;
  const found = conflictOf(mending, kept);
  if (found === undefined || found === 'possible') return found;
  const smaller = shrink(mending, found);
  if (smaller !== undefined) mending.conflicts.push(smaller);
  return smaller;
}

interface Layer {
  readonly found: readonly (readonly number[])[];
  readonly next: readonly (readonly number[])[];
}

function isWithin(part: readonly number[], whole: readonly number[]): boolean {
  return part.every((place) => whole.includes(place));
}

/** The sets of one size: those that repair, and larger ones grown from conflicts of the others. */
function grow(
  mending: Mending,
  sets: readonly (readonly number[])[],
  before: readonly (readonly number[])[],
): Layer | undefined {
  const places = [...mending.question.held.keys()];
  const found: (readonly number[])[] = [];
  const next = new Map<string, readonly number[]>();
  for (const set of sets) {
    if (before.some((smaller) => isWithin(smaller, set))) continue;
    const kept = places.filter((place) => !set.includes(place));
    const conflict = findConflict(mending, kept);
    if (conflict === undefined) return undefined;
    if (conflict === 'possible') {
      found.push(set);
      continue;
    }
    for (const place of conflict) {
      const bigger = [...set, place].sort((a, b) => a - b);
      next.set(bigger.join(), bigger);
    }
    if (next.size > SETS_MAX) return undefined;
  }
  return { found, next: [...next.values()] };
}

/**
 * The smallest sets of held literals to give up: breadth first over conflicts (Reiter's
 * hitting sets, Artificial Intelligence 32, 1987), each of which is found once by search and used
 * for all sets that leave it whole. A whole size is finished before the list is long enough.
 */
export function smallestRepairsOf(
  seeker: Seeker,
  question: RepairQuestion,
  meter: Meter,
): RepairSets {
  const mending: Mending = { seeker, question, meter, conflicts: [] };
  const literalsOf = (places: readonly number[]): Int32Array =>
    Int32Array.from(places, (place): Literal => question.held[place] ?? 0);
  const found: (readonly number[])[] = [];
  let layer: readonly (readonly number[])[] = [[]];
  while (layer.length > 0 && found.length < question.most) {
    const grown = grow(mending, layer, found);
    if (grown === undefined) return { sets: found.map(literalsOf), isComplete: false };
    found.push(...grown.found);
    layer = grown.next;
  }
  return { sets: found.map(literalsOf), isComplete: true };
}
