import { countOf, type Store } from './domains.ts';
import { type LiveConstraint, liveRows, type Relaxation } from './relaxation.ts';
import type { Task } from './task.ts';

/** Open variables that constraints still join, and those constraints. */
export interface Part {
  readonly variables: readonly number[];
  /** Box constraints with the rows that are alive; empty rows for constraints without boxes. */
  readonly live: readonly LiveConstraint[];
}

/** The constraints that still exclude something among variables with more than one class left. */
function bindingConstraints(task: Task, store: Store, relaxation: Relaxation): Part['live'] {
  const { network } = task;
  const counts = new Int32Array(network.layout.sizes.length);
  for (const v of task.variables) counts[v] = countOf(network.layout, store, v);
  const live: LiveConstraint[] = [];
  for (const v of task.variables) {
    for (const k of network.watching[v] ?? []) {
      const scope = network.constraints[k]?.scope ?? [];
      if (scope[0] !== v) continue;
      // With one open variable a propagated constraint is obeyed by every class that is left.
      if (scope.filter((other) => (counts[other] ?? 0) > 1).length < 2) continue;
      const rows = liveRows(relaxation, k, store, counts);
      if (rows !== undefined) live.push({ k, rows });
    }
  }
  return live;
}

/**
 * What is left of a component falls apart as choices are made: its open variables in groups that
 * binding constraints join. Sums over the groups are independent of each other.
 */
export function splitOpen(task: Task, store: Store, relaxation: Relaxation): readonly Part[] {
  const { network } = task;
  const open = task.variables.filter((v) => countOf(network.layout, store, v) > 1);
  const parent = new Map(open.map((v) => [v, v]));
  const rootOf = (v: number): number => {
    let root = v;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root))
      root = up;
    return root;
  };
  const live = bindingConstraints(task, store, relaxation);
  for (const { k } of live) {
    const own = (network.constraints[k]?.scope ?? []).filter((v) => parent.has(v));
    for (const v of own) parent.set(rootOf(v), rootOf(own[0] ?? v));
  }
  const groups = new Map<number, { variables: number[]; live: LiveConstraint[] }>();
  for (const v of open) {
    const group = groups.get(rootOf(v)) ?? { variables: [], live: [] };
    group.variables.push(v);
    groups.set(rootOf(v), group);
  }
  for (const each of live) {
    const first = (network.constraints[each.k]?.scope ?? []).find((v) => parent.has(v));
    if (first !== undefined) groups.get(rootOf(first))?.live.push(each);
  }
  return [...groups.values()];
}
