import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { cheapestPath } from './paths.ts';

/** A choice that is held: its level in the diagram, its value, and what giving it up costs. */
export interface HeldLevel {
  readonly level: number;
  readonly value: number;
  /** Above 0 and finite. */
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
  readonly optionAt: Int32Array;
  readonly held: readonly HeldLevel[];
  readonly most: number;
  /** Sweeps over the diagram at most. */
  readonly sweepsMax: number;
}

/** A cheapest set among those that keep some choices. */
interface Branch extends RepairSet {
  /** Choices that stay, ascending. */
  readonly kept: readonly number[];
}

/** The cost of each option: that of the held choice it gives up; infinite where that one stays. */
function costsOf(search: SetSearch, kept: readonly number[]): Float64Array {
  const { diagram, optionAt, held } = search;
  const costs = new Float64Array(optionAt.at(-1) ?? 0);
  held.forEach(({ level, value, cost }, i) => {
    const v = diagram.order[level] ?? 0;
    const from = optionAt[v] ?? 0;
    costs.fill(kept.includes(i) ? Number.POSITIVE_INFINITY : cost, from, optionAt[v + 1]);
    costs[from + value] = 0;
  });
  return costs;
}

/** The cheapest set that keeps some choices; undefined where none does. One pass over the edges. */
function cheapestSet(search: SetSearch, kept: readonly number[]): Branch | undefined {
  const { diagram, optionAt, held } = search;
  const path = cheapestPath(diagram, { optionAt, amounts: costsOf(search, kept) });
  if (path === undefined) return undefined;
  const isGiven = (i: number): boolean => path.values[held[i]?.level ?? 0] !== held[i]?.value;
  const given = [...held.keys()].filter(isGiven);
  return { given, cost: given.reduce((sum, i) => sum + (held[i]?.cost ?? 0), 0), kept };
}

/**
 * The inclusion-minimal sets of held choices to give up so that the diagram has a design with the rest,
 * cheapest first: a best-first tree of hitting sets (Reiter, Artificial Intelligence 32, 1987). A
 * cheapest set among those that keep some choices is minimal, for costs are above 0; every other set
 * keeps one choice more that this one gives up. One pass over the edges for each branch.
 */
export function findRepairSets(search: SetSearch): {
  readonly sets: readonly RepairSet[];
  readonly isComplete: boolean;
} {
  const found = new Map<string, RepairSet>();
  const tried = new Set<string>();
  const open: Branch[] = [];
  let sweeps = 0;
  const add = (kept: readonly number[]): void => {
    const key = kept.join();
    if (tried.has(key)) return;
    tried.add(key);
    sweeps++;
    const branch = cheapestSet(search, kept);
    if (branch !== undefined) open.push(branch);
  };
  if (!isEmpty(search.diagram)) add([]);
  let last = Number.POSITIVE_INFINITY;
  for (;;) {
    open.sort((a, b) => b.cost - a.cost);
    const next = open.pop();
    if (next === undefined || next.cost > last) break;
    if (sweeps >= search.sweepsMax) return { sets: [...found.values()], isComplete: false };
    found.set(next.given.join(), { given: next.given, cost: next.cost });
    // Prices decide among sets of one cost, so that all of them are wanted.
    if (found.size >= search.most) last = next.cost;
    for (const i of next.given) add([...next.kept, i].sort((a, b) => a - b));
  }
  return { sets: [...found.values()], isComplete: true };
}
