import type { CircuitBuilder, Node } from './circuit-builder.ts';
import type { Lit } from './formula.ts';
import type { Reduction } from './reduction.ts';

/** Occurrences from which on a literal is no candidate. */
const OPPOSITES_MAX = 12;

/** Where each literal stands: clauses and exclusions by row. */
interface Places {
  readonly clauses: number[][];
  readonly exclusions: number[][];
}

function placesOf(reduction: Reduction): Places {
  const make = (): number[][] => Array.from({ length: 2 * reduction.variables }, () => []);
  const places = { clauses: make(), exclusions: make() };
  reduction.clauses.forEach((clause, row) => {
    for (const lit of clause) places.clauses[lit]?.push(row);
  });
  reduction.exclusions.forEach((exclusion, row) => {
    for (const lit of exclusion) places.exclusions[lit]?.push(row);
  });
  return places;
}

/**
 * What is said about a literal, but for its own name: in which clauses and exclusions it stands, and
 * what is left of the clauses with its opposite. Undefined where it is no candidate.
 */
function signature(reduction: Reduction, places: Places, lit: Lit): string | undefined {
  const opposites = places.clauses[lit ^ 1] ?? [];
  if (opposites.length > OPPOSITES_MAX || (places.exclusions[lit ^ 1] ?? []).length > 0) {
    return undefined;
  }
  const own = places.clauses[lit] ?? [];
  const held = places.exclusions[lit] ?? [];
  if (own.length + held.length + opposites.length === 0) return undefined;
  const rests = opposites.map((row) =>
    (reduction.clauses[row] ?? []).filter((other) => other !== (lit ^ 1)).join(),
  );
  reduction.steps += 4 * opposites.length + own.length;
  return `${own.join()};${held.join()};${rests.sort().join(' ')}`;
}

/** Of a group of literals: the node that says that none, and the one that says that some hold. */
interface Gathered {
  readonly none: Node;
  readonly some: Node;
}

function gather(reduction: Reduction, lits: readonly Lit[], isExclusive: boolean): Gathered {
  const { builder, nodes } = reduction;
  let level = lits.map((lit) => ({
    none: nodes[lit ^ 1] ?? builder.yes,
    some: nodes[lit] ?? builder.yes,
  }));
  while (level.length > 1) {
    const next: Gathered[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left !== undefined) {
        next.push(right === undefined ? left : join(builder, left, right, isExclusive));
      }
    }
    level = next;
  }
  return level[0] ?? { none: builder.yes, some: builder.no };
}

function join(
  builder: CircuitBuilder,
  left: Gathered,
  right: Gathered,
  isExclusive: boolean,
): Gathered {
  const beside = isExclusive ? right.none : builder.either(right.some, right.none);
  return {
    none: builder.all([left.none, right.none]),
    some: builder.either(builder.all([left.some, beside]), builder.all([left.none, right.some])),
  };
}

/** Literals about which the same is said. */
function twinsOf(reduction: Reduction, places: Places): readonly Lit[][] {
  const groups = new Map<string, Lit[]>();
  for (let lit = 0; lit < 2 * reduction.variables; lit++) {
    const said = signature(reduction, places, lit);
    if (said === undefined) continue;
    const group = groups.get(said);
    if (group === undefined) groups.set(said, [lit]);
    else group.push(lit);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * Puts one literal in the stead of several about which the same is said: it holds where at least one
 * of them does. Children of a feature that no other rule mentions become one. Answers whether there
 * were any.
 */
export function mergeTwins(reduction: Reduction): boolean {
  const places = placesOf(reduction);
  const isMerged = new Uint8Array(reduction.variables);
  const isDropped = new Uint8Array(2 * reduction.variables);
  let isAny = false;
  for (const group of twinsOf(reduction, places)) {
    const lits = group.filter((lit) => isMerged[lit >> 1] === 0);
    const [first, ...others] = lits;
    if (first === undefined || others.length === 0) continue;
    const { none, some } = gather(reduction, lits, (places.exclusions[first] ?? []).length > 0);
    reduction.nodes[first] = some;
    reduction.nodes[first ^ 1] = none;
    for (const lit of lits) isMerged[lit >> 1] = 1;
    for (const lit of others) {
      reduction.isGone[lit >> 1] = 1;
      isDropped[lit] = 1;
    }
    isAny = true;
  }
  if (isAny) dropMerged(reduction, isDropped);
  return isAny;
}

/** Without the merged literals: clauses with their opposites go, elsewhere they do. */
function dropMerged(reduction: Reduction, isDropped: Uint8Array): void {
  const isLeft = (lit: Lit): boolean => isDropped[lit] === 0;
  reduction.clauses = reduction.clauses
    .filter((clause) => clause.every((lit) => isLeft(lit ^ 1)))
    .map((clause) => clause.filter(isLeft));
  reduction.exclusions = reduction.exclusions.map((exclusion) => exclusion.filter(isLeft));
}
