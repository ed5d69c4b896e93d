import { accepts } from '../problem/accepts.ts';
import type { Constraint, Problem } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';

/**
 * Every solution of a problem, by setting one variable after the other and asking each constraint as
 * soon as all of its variables are set: for problems with some thousands of solutions, however many
 * assignments they have.
 */
export function backtrackSolutions(problem: Problem): readonly Int32Array[] {
  const count = problem.sizes.length;
  const due: Constraint[][] = Array.from({ length: count + 1 }, () => []);
  for (const constraint of problem.constraints) {
    due[scopeOf(problem, constraint).reduce((last, v) => Math.max(last, v + 1), 0)]?.push(
      constraint,
    );
  }
  const found: Int32Array[] = [];
  const values = new Int32Array(count);
  const walk = (v: number): void => {
    if (!(due[v] ?? []).every((constraint) => accepts(problem, constraint, values))) return;
    if (v === count) {
      found.push(values.slice());
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
