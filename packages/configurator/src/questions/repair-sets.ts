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

/** Numbers that a sweep may take whatever the diagram: nodes times the subsets of what to avoid. */
const ROOM = 1 << 20;
/** How many times the nodes they may be at least. */
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

/** All cheapest sets of a field; undefined when the budget runs out. */
function cheapestOf(search: SetSearch, field: Field, purse: Purse): FoundSets | undefined {
  const { diagram, held } = search;
  const { avoided } = field;
  const states = 2 ** avoided.length;
  const nodes = diagram.edgeAt.length;
  if (states > STATES_MIN && states * nodes > ROOM) return branch(search, field, purse);
  purse.passes -= states;
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

/** The same field in parts: one for each member of a set to avoid, which then stays. */
function branch(search: SetSearch, { kept, avoided }: Field, purse: Purse): FoundSets | undefined {
  const [first = [], ...others] = [...avoided].sort((a, b) => a.length - b.length);
  const all: RepairSet[] = [];
  let isComplete = true;
  for (const i of first) {
    const rest = others.filter((set) => !set.includes(i));
    const found = cheapestOf(search, { kept: [...kept, i], avoided: rest }, purse);
    if (found === undefined) return undefined;
    all.push(...found.sets);
    isComplete &&= found.isComplete;
  }
  const least = Math.min(...all.map(({ cost }) => cost));
  const cheapest = all.filter(({ cost }) => cost === least);
  const distinct = new Map(cheapest.map((set) => [set.given.join(), set]));
  return { sets: [...distinct.values()], isComplete };
}

/** Sets that are no supersets of those found: of each one, some member stays. */
function fieldBeside(found: readonly RepairSet[]): Field {
  const sets = found.map(({ given }) => given);
  return {
    kept: sets.filter((set) => set.length === 1).flat(),
    avoided: sets.filter((set) => set.length > 1),
  };
}

/**
 * The inclusion-minimal sets of held choices to give up so that the diagram has a design with the rest,
 * cheapest first. In rounds: all the cheapest sets that contain none of those found before, which
 * are minimal, for costs are above 0. Each round is a least-cost sweep whose states tell of which sets
 * found a member stays: twice the passes for each of them that has several members. Sets are listed
 * along the edges that are tight, in time that grows with their number. (In the place of a tree of
 * hitting sets, Reiter, Artificial Intelligence 32, 1987, with a sweep for each of its branches.)
 */
export function findRepairSets(search: SetSearch): FoundSets {
  const { diagram, held, most, sweepsMax } = search;
  if (isEmpty(diagram)) return { sets: [], isComplete: true };
  if (held.length === 0) return { sets: [{ given: [], cost: 0 }], isComplete: true };
  const purse: Purse = { passes: sweepsMax };
  const sets: RepairSet[] = [];
  while (sets.length < most) {
    const found = cheapestOf(search, fieldBeside(sets), purse);
    if (found === undefined) return { sets, isComplete: false };
    sets.push(...found.sets);
    if (!found.isComplete) return { sets, isComplete: false };
    // Nothing is left to find, or nothing need be given up.
    if (found.sets.length === 0 || found.sets[0]?.given.length === 0) break;
  }
  return { sets, isComplete: true };
}
