import { seededRandom } from '@keepsake/kernel';
import { accepts } from '../problem/accepts.ts';
import { ANY, type Constraint, makeProblem, type Problem } from '../problem/problem.ts';

/** How large a random problem is; every number shrinks towards a simpler one. */
export interface ProblemSize {
  readonly seed: number;
  readonly variables: number;
  /** Values of a variable at most. */
  readonly values: number;
  readonly tables: number;
  readonly boxes: number;
  readonly clauses: number;
  readonly counts: number;
  readonly sums: number;
}

type Dice = ReturnType<typeof seededRandom>;

interface Draft {
  readonly dice: Dice;
  readonly problem: Problem;
}

/** Some different variables, `most` at most, at least one. */
function someVariables({ dice, problem }: Draft, most: number): Int32Array {
  const count = problem.sizes.length;
  const wanted = 1 + dice.below(Math.min(most, count));
  const taken = new Set<number>();
  while (taken.size < wanted) taken.add(dice.below(count));
  return Int32Array.from(taken);
}

function table(draft: Draft): Constraint {
  const { dice, problem } = draft;
  const scope = someVariables(draft, 3);
  const rows: number[] = [];
  for (let r = 1 + dice.below(6); r > 0; r--) {
    for (const v of scope) {
      rows.push(dice.below(6) === 0 ? ANY : dice.below(problem.sizes[v] ?? 1));
    }
  }
  return { kind: 'table', scope, rows: Int32Array.from(rows) };
}

function boxes(draft: Draft): Constraint {
  const { dice, problem } = draft;
  const scope = someVariables(draft, 3);
  const cell = (v: number): Int32Array => {
    const size = problem.sizes[v] ?? 1;
    const kept = Array.from({ length: size }, (_, x) => x).filter(() => dice.below(2) === 0);
    return Int32Array.from(kept.length === 0 ? [dice.below(size)] : kept);
  };
  const rows = Array.from({ length: 1 + dice.below(4) }, () => Array.from(scope, cell));
  return { kind: 'boxes', scope, rows };
}

/** A literal of each variable; negative ones only where there are more than two values. */
function literals(draft: Draft, most: number): Int32Array {
  const { dice, problem } = draft;
  return someVariables(draft, most).map((v) => {
    const size = problem.sizes[v] ?? 1;
    const option = (problem.optionAt[v] ?? 0) + dice.below(size);
    return 2 * option + (size > 2 ? dice.below(2) : 0);
  });
}

function count(draft: Draft): Constraint {
  const own = literals(draft, 4);
  const min = draft.dice.below(2);
  return {
    kind: 'count',
    literals: own,
    min,
    max: Math.max(min, draft.dice.below(own.length + 1)),
  };
}

function sum(draft: Draft): Constraint {
  const { dice, problem } = draft;
  const scope = someVariables(draft, 3);
  const amounts = Array.from(scope, (v) =>
    Float64Array.from({ length: problem.sizes[v] ?? 1 }, () => dice.below(9) - 3),
  );
  const min = dice.below(3) === 0 ? Number.NEGATIVE_INFINITY : dice.below(5) - 3;
  const max = dice.below(3) === 0 ? Number.POSITIVE_INFINITY : min + 1 + dice.below(6);
  const bounds = { min, max: Number.isFinite(max) ? max : dice.below(8) };
  const outside = problem.sizes.findIndex((size, v) => size === 2 && !scope.includes(v));
  const linear = { kind: 'linear' as const, scope, amounts, ...bounds };
  if (outside < 0 || dice.below(2) === 0) return linear;
  return { ...linear, whether: 2 * ((problem.optionAt[outside] ?? 0) + dice.below(2)) };
}

/** A random problem with constraints of every kind but opaque; the same size, the same problem. */
export function randomProblem(size: ProblemSize): Problem {
  const dice = seededRandom(size.seed);
  const sizes = Array.from({ length: size.variables }, () => 1 + dice.below(size.values));
  const draft = { dice, problem: makeProblem(sizes, []) };
  const times = (n: number, make: (draft: Draft) => Constraint): Constraint[] =>
    Array.from({ length: n }, () => make(draft));
  return makeProblem(sizes, [
    ...times(size.tables, table),
    ...times(size.boxes, boxes),
    ...times(size.clauses, (d) => ({ kind: 'clause', literals: literals(d, 4) })),
    ...times(size.counts, count),
    ...times(size.sums, sum),
  ]);
}

/** Every solution of a problem, by trying all assignments: some ten thousand at most, please. */
export function listSolutions(problem: Problem): readonly Int32Array[] {
  const found: Int32Array[] = [];
  const values = new Int32Array(problem.sizes.length);
  const walk = (v: number): void => {
    if (v === values.length) {
      if (problem.constraints.every((c) => accepts(problem, c, values))) found.push(values.slice());
      return;
    }
    for (let x = 0; x < (problem.sizes[v] ?? 1); x++) {
      values[v] = x;
      walk(v + 1);
    }
  };
  walk(0);
  return found;
}
