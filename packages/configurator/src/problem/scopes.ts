import type { Constraint, Problem } from './problem.ts';

function variableOf(problem: Problem, option: number): number {
  let [low, high] = [0, problem.sizes.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((problem.optionAt[middle] ?? 0) <= option) low = middle;
    else high = middle;
  }
  return low;
}

/** The variables that a constraint mentions, each once. */
export function scopeOf(problem: Problem, constraint: Constraint): Int32Array {
  switch (constraint.kind) {
    case 'clause':
    case 'count':
      return Int32Array.from(
        new Set(Array.from(constraint.literals, (l) => variableOf(problem, l >> 1))),
      );
    case 'linear': {
      const { scope, whether } = constraint;
      return whether === undefined
        ? scope
        : Int32Array.of(...scope, variableOf(problem, whether >> 1));
    }
    default:
      return constraint.scope;
  }
}

/**
 * The connected components of a problem: variables that constraints join, directly or not. Ascending
 * within a component; a variable in no constraint is a component by itself. Union-find, almost
 * linear in the scopes.
 */
export function componentsOf(problem: Problem): readonly Int32Array[] {
  const count = problem.sizes.length;
  const parent = Int32Array.from({ length: count }, (_, v) => v);
  const rootOf = (v: number): number => {
    let root = v;
    while (parent[root] !== root) root = parent[root] ?? root;
    let at = v;
    while (at !== root) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const constraint of problem.constraints) {
    const scope = scopeOf(problem, constraint);
    const first = scope[0];
    if (first !== undefined) for (const v of scope) parent[rootOf(v)] = rootOf(first);
  }
  const groups = new Map<number, number[]>();
  for (let v = 0; v < count; v++) {
    const root = rootOf(v);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [v]);
    else group.push(v);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}
