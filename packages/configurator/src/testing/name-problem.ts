import type { Model } from '../model/model.ts';
import type { Problem } from '../problem/problem.ts';

/** A problem as a model, with names made of numbers; each constraint is a rule. */
export function nameProblem(problem: Problem): Model {
  return {
    name: 'problem',
    variables: Array.from(problem.sizes, (values, v) => ({
      name: `v${String(v)}`,
      values: Array.from({ length: values }, (_, x) => String(x)),
    })),
    declared: problem.sizes.length,
    problem,
    rules: problem.constraints.map((_, k) => ({ id: `r${String(k)}`, text: `rule ${String(k)}` })),
    ruleOf: Int32Array.from(problem.constraints.keys()),
    outside: [],
  };
}
