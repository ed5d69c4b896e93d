import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { type Grid, leastCosts, listCheapest } from './repair-grid.ts';

/** A choice that is held: its level in the diagram, its value, and what giving it up costs. */
export interface HeldLevel {
  readonly level: number;
  readonly value: number;
  /** Above 0 and finite; costs sum exactly, as whole numbers do. */
  readonly cost: number;
}

/** A minimal set of held choices to give up, by their index, ascending. */
export interface RepairSet {
  readonly given: readonly number[];
  readonly cost: number;
}

/** What is to be found: sets by cost until there are `most`, and all that cost as much as the last. */
export interface SetSearch {
  readonly diagram: Diagram;
  /** Choices of different levels. */
  readonly held: readonly HeldLevel[];
  readonly most: number;
  /** Passes over the diagram at most. */
  readonly sweepsMax: number;
}

/** Sets found; where not `isComplete`, others may stand before the last of them. */
export interface FoundSets {
  readonly sets: readonly RepairSet[];
  readonly isComplete: boolean;
}

/** Which sets count: those that keep some choices, and one at least of each set to avoid. */
interface Field {
  readonly kept: readonly number[];
  readonly avoided: readonly (readonly number[])[];
}

/** The budget of a search, counted down. */
interface Purse {
  passes: number;
}

/** Numbers that a sweep may take: nodes times states. */
const ROOM = 1 << 20;
/** States that a sweep may have whatever the diagram. */
const STATES_MIN = 4;
/** Passes that each set costs who asks what becomes of it. */
const PASSES_PER_SET = 4;

function layOut({ diagram, held }: SetSearch, { kept, avoided }: Field): Grid {
  const levels = held.map(({ level }) => level);
  const valueAt = new Int32Array(diagram.order.length).fill(-1);
  const costAt = new Float64Array(diagram.order.length);
  const hitsAt = new Int32Array(diagram.order.length);
  held.forEach(({ level, value, cost }, i) => {
    valueAt[level] = value;
    costAt[level] = kept.includes(i) ? Number.POSITIVE_INFINITY : cost;
    avoided.forEach((set, bit) => {
      if (set.includes(i)) hitsAt[level] = (hitsAt[level] ?? 0) | (1 << bit);
    });
  });
  const from = Math.min(...levels);
  const to = Math.max(...levels) + 1;
  return { diagram, from, to, states: 1 << avoided.length, valueAt, costAt, hitsAt };
}

/** A set to branch by: one field for each member that stays, and the passes of all of them. */
interface Branching {
  readonly fields: readonly Field[];
  readonly passes: number;
}

/** A sweep tells apart which of the sets to avoid are done with: twice the states for each. */
function statesOf({ avoided }: Field): number {
  return 2 ** avoided.length;
}

function branchBy({ avoided, kept }: Field, set: readonly number[]): Branching {
  const fields = set.map((i) => ({
    kept: [...kept, i],
    avoided: avoided.filter((other) => !other.includes(i)),
  }));
  return { fields, passes: fields.reduce((sum, field) => sum + statesOf(field), 0) };
}

/** Branching where it takes fewer passes than one sweep, or a sweep would take too much room. */
function findBranching(search: SetSearch, field: Field): Branching | undefined {
  const states = statesOf(field);
  const isWide = states > STATES_MIN && states * search.diagram.edgeAt.length > ROOM;
  let best: Branching | undefined;
  for (const set of field.avoided) {
    const branching = branchBy(field, set);
    if (branching.passes < (best?.passes ?? (isWide ? Number.POSITIVE_INFINITY : states))) {
      best = branching;
    }
  }
  return best;
}

/** All cheapest sets of a field; undefined when the budget runs out. */
function cheapestOf(search: SetSearch, field: Field, purse: Purse): FoundSets | undefined {
  const branching = findBranching(search, field);
  return branching === undefined
    ? sweepFor(search, field, purse)
    : cheapestAmong(search, branching.fields, purse);
}

function sweepFor(search: SetSearch, field: Field, purse: Purse): FoundSets | undefined {
  const { held } = search;
  purse.passes -= statesOf(field);
  if (purse.passes < 0) return undefined;
  const grid = layOut(search, field);
  const least = leastCosts(grid);
  const setsMax = Math.max(search.most, Math.floor(search.sweepsMax / PASSES_PER_SET));
  const { sets, isComplete } = listCheapest(grid, least, setsMax);
  const indexAt = new Map(held.map(({ level }, i) => [level, i]));
  const found = sets.map((levels): RepairSet => {
    const given = levels.map((level) => indexAt.get(level) ?? 0).sort((a, b) => a - b);
    return { given, cost: given.reduce((sum, i) => sum + (held[i]?.cost ?? 0), 0) };
  });
  return { sets: found, isComplete };
}

/** The cheapest sets of several fields together, each once. */
function cheapestAmong(
  search: SetSearch,
  fields: readonly Field[],
  purse: Purse,
): FoundSets | undefined {
  const all: RepairSet[] = [];
  let isComplete = true;
  for (const field of fields) {
    const found = cheapestOf(search, field, purse);
    if (found === undefined) return undefined;
    all.push(...found.sets);
    isComplete &&= found.isComplete;
  }
  const least = Math.min(...all.map(({ cost }) => cost));
  const cheapest = all.filter(({ cost }) => cost === least);
  const distinct = new Map(cheapest.map((set) => [set.given.join(), set]));
  return { sets: [...distinct.values()], isComplete };
}

/**
 * The inclusion-minimal sets of held choices to give up so that the diagram has a design with the rest,
 * cheapest first. In rounds: all the cheapest sets that contain none of those found before, which
 * are minimal, for costs are above 0. Each round is a least-cost sweep whose states tell of which sets
 * found a member stays, so twice the passes for each of them; or several sweeps, one for each member of
 * one set that stays, where that is less (a hitting set tree: Reiter, Artificial Intelligence 32,
 * 1987). Sets are listed along the edges that are tight, in time that grows with their number.
 */
export function findRepairSets(search: SetSearch): FoundSets {
  const { diagram, held, most, sweepsMax } = search;
  if (isEmpty(diagram)) return { sets: [], isComplete: true };
  if (held.length === 0) return { sets: [{ given: [], cost: 0 }], isComplete: true };
  const purse: Purse = { passes: sweepsMax };
  const sets: RepairSet[] = [];
  while (sets.length < most) {
    // No supersets of those found: of each one some member stays.
    const field = { kept: [], avoided: sets.map(({ given }) => given) };
    const found = cheapestOf(search, field, purse);
    if (found === undefined) return { sets, isComplete: false };
    sets.push(...found.sets);
    if (!found.isComplete) return { sets, isComplete: false };
    // Nothing is left to find, or nothing need be given up.
    if (found.sets.length === 0 || found.sets[0]?.given.length === 0) break;
  }
  return { sets, isComplete: true };
}
