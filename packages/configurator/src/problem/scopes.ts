import type { Constraint, Problem } from './problem.ts';

/** The variable that an option belongs to, by bisection. */
export function variableOf(optionAt: Int32Array, option: number): number {
  let low = 0;
  let high = optionAt.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((optionAt[middle] ?? 0) <= option) low = middle;
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
        new Set(Array.from(constraint.literals, (l) => variableOf(problem.optionAt, l >> 1))),
      );
    case 'linear': {
      const { scope, whether } = constraint;
      return whether === undefined
        ? scope
        : Int32Array.of(...scope, variableOf(problem.optionAt, whether >> 1));
    }
    default:
      return constraint.scope;
  }
}

/**
 * Variables that scopes join, directly or not, ascending within a group; a variable in no scope is a
 * group by itself. Union-find, almost linear in the scopes.
 */
export function groupsOf(count: number, scopes: Iterable<ArrayLike<number>>): number[][] {
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
  for (const scope of scopes) {
    for (let i = 1; i < scope.length; i++) parent[rootOf(scope[i] ?? 0)] = rootOf(scope[0] ?? 0);
  }
  const groups = new Map<number, number[]>();
  for (let v = 0; v < count; v++) {
    const root = rootOf(v);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [v]);
    else group.push(v);
  }
  return [...groups.values()];
}

function* scopesOf(problem: Problem): Generator<Int32Array> {
  for (const constraint of problem.constraints) yield scopeOf(problem, constraint);
}

/** The connected components of a problem: variables that constraints join, directly or not. */
export function componentsOf(problem: Problem): readonly Int32Array[] {
  const groups = groupsOf(problem.sizes.length, scopesOf(problem));
  return groups.map((group) => Int32Array.from(group));
}
