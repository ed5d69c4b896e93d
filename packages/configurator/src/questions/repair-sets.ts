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

/** What the search knows so far. */
interface Tree {
  readonly search: SetSearch;
  readonly found: Map<string, RepairSet>;
  /** Sets of choices that were looked at as ones to keep. */
  readonly tried: Set<string>;
  /** Sets of choices that no design keeps together. */
  readonly conflicts: (readonly number[])[];
  readonly open: Branch[];
  sweeps: number;
}

function isWithin(part: readonly number[], whole: readonly number[]): boolean {
  return part.every((i) => whole.includes(i));
}

/** The cheapest set that keeps some choices, by what is known already where that is enough. */
function branchFor(tree: Tree, kept: readonly number[], costMin: number): Branch | undefined {
  // Keeping more never costs less: a set of the same cost that keeps all of these is a cheapest one.
  for (const { given, cost } of tree.found.values()) {
    if (cost === costMin && !given.some((i) => kept.includes(i))) return { given, cost, kept };
  }
  tree.sweeps++;
  return cheapestSet(tree.search, kept);
}

/** Opens the branch that keeps some choices, unless it is known or hopeless. */
function grow(tree: Tree, kept: readonly number[], costMin: number): void {
  const key = kept.join();
  if (tree.tried.has(key) || tree.conflicts.some((conflict) => isWithin(conflict, kept))) return;
  tree.tried.add(key);
  const branch = branchFor(tree, kept, costMin);
  if (branch === undefined) tree.conflicts.push(kept);
  else tree.open.push(branch);
}

/** Branches looked at for each sweep at most: what bounds the book-keeping. */
const BRANCHES_PER_SWEEP = 10;

/**
 * The inclusion-minimal sets of held choices to give up so that the diagram has a design with the rest,
 * cheapest first: a best-first tree of hitting sets (Reiter, Artificial Intelligence 32, 1987). A
 * cheapest set among those that keep some choices is minimal, for costs are above 0; every other set
 * keeps one choice more that this one gives up. At most one pass over the edges for each branch.
 */
export function findRepairSets(search: SetSearch): {
  readonly sets: readonly RepairSet[];
  readonly isComplete: boolean;
} {
  const { sweepsMax } = search;
  const found = new Map<string, RepairSet>();
  const tree: Tree = { search, found, tried: new Set(), conflicts: [], open: [], sweeps: 0 };
  if (!isEmpty(search.diagram)) grow(tree, [], 0);
  let last = Number.POSITIVE_INFINITY;
  for (;;) {
    tree.open.sort((a, b) => b.cost - a.cost);
    const next = tree.open.pop();
    if (next === undefined || next.cost > last) break;
    if (tree.sweeps >= sweepsMax || tree.tried.size > BRANCHES_PER_SWEEP * sweepsMax) {
      return { sets: [...found.values()], isComplete: false };
    }
    found.set(next.given.join(), { given: next.given, cost: next.cost });
    // Prices decide among sets of one cost, so that all of them are wanted.
    if (found.size >= search.most) last = next.cost;
    for (const i of next.given) {
      grow(
        tree,
        [...next.kept, i].sort((a, b) => a - b),
        next.cost,
      );
    }
  }
  return { sets: [...found.values()], isComplete: true };
}
