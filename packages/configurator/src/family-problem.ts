import {
  ANY,
  type Constraint,
  type LinearConstraint,
  literalOf,
  makeProblem,
  type OpaqueConstraint,
  type Problem,
} from './problem/problem.ts';
import type { Constraint as Propagator } from './solve/constraint.ts';
import { addClass, hasClass, type Layout } from './solve/domains.ts';
import type { ClassTable, Problem as FamilySpace } from './solve/problem.ts';
import type { ClassSum } from './solve/sums.ts';

/** A family as a problem without names, and how to find the way back. */
export interface FamilyProblem {
  /**
   * Variable v is `lookup.variables[v]` of the space, and its value c the class c of that variable:
   * values that no rule tells apart are one.
   */
  readonly problem: Problem;
  /** Of each constraint: the index in `relations` of what it says, or part of what it says. */
  readonly ruleOf: Int32Array;
  /**
   * Of each option: how many values of an attribute its class holds, which is what counts multiply
   * by; 1 of all else. Conditional prices and auxiliary variables follow from the attributes; texts
   * do not, and are decided by whether they are written.
   */
  readonly multiplicity: Float64Array;
}

/** A box table as plain tuples where every cell is one class or all; as boxes where not. */
function fromRows(problem: Problem, { scope, rows }: ClassTable): Constraint {
  const isPlain =
    scope.length > 0 &&
    rows.every((row) =>
      row.every((c, p) => c.size === 1 || c.size === problem.sizes[scope[p] ?? 0]),
    );
  if (!isPlain) {
    const some = rows.filter((row) => row.every((cell) => cell.size > 0));
    const cells = some.map((row) => row.map((cell) => Int32Array.from(cell).sort()));
    return { kind: 'boxes', scope: Int32Array.from(scope), rows: cells };
  }
  const tuples = new Int32Array(rows.length * scope.length);
  rows.forEach((row, r) => {
    row.forEach((cell, p) => {
      const [only = ANY] = cell;
      const isAll = cell.size === problem.sizes[scope[p] ?? 0];
      tuples[r * scope.length + p] = isAll ? ANY : only;
    });
  });
  return { kind: 'table', scope: Int32Array.from(scope), rows: tuples };
}

function fromSum(problem: Problem, sum: ClassSum): LinearConstraint {
  const { amounts, max, min, whether } = sum;
  const bounds = { kind: 'linear' as const, scope: Int32Array.from(sum.scope), amounts, min, max };
  if (whether === undefined) return bounds;
  const option = (problem.optionAt[whether.variable] ?? 0) + whether.held;
  return { ...bounds, whether: literalOf(option) };
}

/** The classes of a variable for which a test holds, as options. */
function optionsWhere(problem: Problem, v: number, test: (c: number) => boolean): number[] {
  const from = problem.optionAt[v] ?? 0;
  const found: number[] = [];
  for (let c = 0; c < (problem.sizes[v] ?? 0); c++) if (test(c)) found.push(from + c);
  return found;
}

/** A propagator of the search as a constraint known by what it does. */
function fromPropagator(problem: Problem, layout: Layout, of: Propagator): OpaqueConstraint {
  const store = new Int32Array(layout.at[layout.sizes.length] ?? 0);
  const changed = new Int32Array(of.scope.length);
  const isLeft = (possible: Uint8Array, v: number, c: number): boolean =>
    possible[(problem.optionAt[v] ?? 0) + c] === 1;
  return {
    kind: 'opaque',
    scope: Int32Array.from(of.scope),
    prune(possible, remove) {
      for (const v of of.scope) {
        store.fill(0, layout.at[v], layout.at[v + 1]);
        const from = problem.optionAt[v] ?? 0;
        for (const option of optionsWhere(problem, v, (c) => isLeft(possible, v, c))) {
          addClass(layout, store, v, option - from);
        }
      }
      const count = of.revise(store, changed);
      for (let i = 0; i < count; i++) {
        const v = of.scope[changed[i] ?? 0] ?? 0;
        const isGone = (c: number): boolean =>
          isLeft(possible, v, c) && !hasClass(layout, store, v, c);
        for (const option of optionsWhere(problem, v, isGone)) remove(option);
      }
      return count >= 0;
    },
  };
}

/**
 * A family as a problem for the engines that know no names: tables and boxes where conditions are
 * small, sums where they compare sums, opaque constraints where they are neither. Its solutions are
 * the valid designs, with one class for each value, one value for each conditional price and one for
 * each text. Linear in the rows.
 */
export function problemOf(space: Omit<FamilySpace, 'search'>): FamilyProblem {
  const { classes, lookup, network, ruleOf, tables } = space;
  const sizes = classes.members.map((groups) => groups.length);
  const bare = makeProblem(sizes, []);
  const constraints = tables.flatMap(({ scope, rows, sum }, k): readonly Constraint[] => {
    if (rows !== undefined) return [fromRows(bare, { scope, rows })];
    if (sum !== undefined) return [fromSum(bare, sum)];
    const propagator = network.constraints[k];
    return propagator === undefined ? [] : [fromPropagator(bare, network.layout, propagator)];
  });
  const multiplicity = classes.members.flatMap((groups, v) =>
    groups.map((group) => (lookup.variables[v]?.kind === 'attribute' ? group.length : 1)),
  );
  return {
    problem: { ...bare, constraints },
    ruleOf,
    multiplicity: Float64Array.from(multiplicity),
  };
}
