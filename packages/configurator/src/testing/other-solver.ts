import type { Constraint, Decided, Problem } from '../problem/problem.ts';

/** What is used of `logic-solver`, which tells no types; tests hand it in. */
export interface OtherLogic {
  readonly Solver: new () => OtherSolver;
  readonly TRUE: unknown;
  or(...names: readonly string[]): unknown;
  and(...names: readonly string[]): unknown;
  atMostOne(...names: readonly string[]): unknown;
}

/** A solver by other people, for Boolean problems. */
export interface OtherSolver {
  require(formula: unknown): void;
  getVarNum(name: string): number;
  solve(): OtherSolution | null;
  solveAssuming(formula: unknown): OtherSolution | null;
}

interface OtherSolution {
  getTrueVars(): readonly string[];
}

/**
 * The same Boolean problem in another solver. It knows clauses and counts of at most one; throws where
 * there is anything else.
 */
export function otherSolver(logic: OtherLogic, problem: Problem): OtherSolver {
  const solver = new logic.Solver();
  const nameOf = (literal: number): string =>
    ((literal >> 1) & 1) === 1 ? `v${literal >> 2}` : `-v${literal >> 2}`;
  const require = (constraint: Constraint): void => {
    if (constraint.kind !== 'clause' && constraint.kind !== 'count') throw new Error('not Boolean');
    const names = Array.from(constraint.literals, nameOf);
    if (constraint.kind === 'clause') solver.require(logic.or(...names));
    else if (constraint.max === 1 && constraint.min === 0) {
      solver.require(logic.atMostOne(...names));
    } else throw new Error('not told to the other solver');
  };
  problem.sizes.forEach((_, v) => void solver.getVarNum(`v${v}`));
  problem.constraints.forEach(require);
  return solver;
}

/**
 * The validity of all options by another solver: of decided variables only the decided ones are valid.
 * One question for each option that no solution had so far.
 */
export function validityByOther(
  logic: OtherLogic,
  solver: OtherSolver,
  decided: Decided,
): Uint8Array {
  const held = Array.from(decided, (value, v) => (value === 1 ? `v${v}` : `-v${v}`)).filter(
    (_, v) => (decided[v] ?? -1) >= 0,
  );
  const under = held.length === 0 ? logic.TRUE : logic.and(...held);
  const validity = new Uint8Array(2 * decided.length);
  const take = (solution: OtherSolution): void => {
    const own = new Set(solution.getTrueVars());
    decided.forEach((_, v) => {
      validity[2 * v + (own.has(`v${v}`) ? 1 : 0)] = 1;
    });
  };
  const first = solver.solveAssuming(under);
  if (first === null) return validity;
  take(first);
  decided.forEach((value, v) => {
    for (const x of [0, 1]) {
      if (value >= 0 || validity[2 * v + x] === 1) continue;
      const solution = solver.solveAssuming(logic.and(...held, x === 1 ? `v${v}` : `-v${v}`));
      if (solution !== null) take(solution);
    }
  });
  return validity;
}
