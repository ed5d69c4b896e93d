import { seededRandom } from '@keepsake/kernel';
import type { Diagram } from '../diagram/diagram.ts';
import type { Problem } from '../problem/problem.ts';
import { diagramOfSolutions } from './naive-diagram.ts';
import { listSolutions, randomProblem } from './random-problem.ts';

/** A problem, all of its solutions, and the diagram of them in an order of chance. */
export interface DiagramCase {
  readonly problem: Problem;
  readonly solutions: readonly Int32Array[];
  readonly diagram: Diagram;
  /** A whole price of each option, now and then negative. */
  readonly amounts: Float64Array;
  /** How many values each option stands for: 1 to 3. */
  readonly multiplicity: Float64Array;
  readonly dice: ReturnType<typeof seededRandom>;
}

/** A small random problem as a diagram; the same seed, the same case. Some have no solution. */
export function randomDiagram(seed: number, variables = 5): DiagramCase {
  const dice = seededRandom(seed * 7 + 3);
  const problem = randomProblem({
    seed,
    variables: 1 + dice.below(variables),
    values: 4,
    tables: dice.below(3),
    boxes: dice.below(2),
    clauses: dice.below(3),
    counts: dice.below(2),
    sums: dice.below(2),
  });
  const order = Array.from(problem.sizes.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = dice.below(i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  const solutions = listSolutions(problem);
  const options = problem.optionAt.at(-1) ?? 0;
  return {
    problem,
    solutions,
    diagram: diagramOfSolutions(solutions, order),
    amounts: Float64Array.from({ length: options }, () => dice.below(40) - 5),
    multiplicity: Float64Array.from({ length: options }, () => 1 + dice.below(3)),
    dice,
  };
}

/** The options that a solution takes. */
export function optionsOf(problem: Problem, solution: Int32Array): readonly number[] {
  return Array.from(solution, (value, v) => (problem.optionAt[v] ?? 0) + value);
}

/** Decisions of chance about some variables, mostly those of one solution; -1 where open. */
export function randomDecisions({ problem, solutions, dice }: DiagramCase, chance = 3): Int32Array {
  const like = solutions[dice.below(Math.max(1, solutions.length))];
  return problem.sizes.map((size, v) => {
    if (dice.below(chance) > 0) return -1;
    return like === undefined || dice.below(5) === 0 ? dice.below(size) : (like[v] ?? 0);
  });
}

/** Whether a solution keeps what is decided, of all variables or of all but one. */
export function keeps(solution: Int32Array, decided: Int32Array, but = -1): boolean {
  return solution.every((value, v) => v === but || (decided[v] ?? -1) < 0 || decided[v] === value);
}
