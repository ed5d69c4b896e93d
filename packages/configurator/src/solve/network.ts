import type { Constraint } from './constraint.ts';
import type { Layout, Store } from './domains.ts';

/** Counts the steps of a question down; a step is one revision of one constraint. */
export interface Meter {
  left: number;
}

/** Variables and constraints, ready to be propagated. */
export interface Network {
  readonly layout: Layout;
  readonly constraints: readonly Constraint[];
  /** The constraints of each variable. */
  readonly watching: readonly Int32Array[];
  /** Largest scope, for scratch space. */
  readonly widest: number;
}

/** Joins constraints to a network. */
export function buildNetwork(layout: Layout, constraints: readonly Constraint[]): Network {
  const watching: number[][] = Array.from(layout.sizes, () => []);
  let widest = 1;
  constraints.forEach((constraint, k) => {
    for (const v of constraint.scope) watching[v]?.push(k);
    widest = Math.max(widest, constraint.scope.length);
  });
  return { layout, constraints, watching: watching.map((l) => Int32Array.from(l)), widest };
}

/** Which constraints count: a mask by constraint, or all of them. */
export type Active = Uint8Array | undefined;

/** Where propagation starts: the constraints of one variable, or a list of constraints. */
export type Origin = { readonly variable: number } | { readonly constraints: Int32Array };

/**
 * Revises constraints until nothing changes; false when a domain became empty. The queue lives in
 * this call alone, so that no state of a failed propagation can leak into the next.
 */
export function propagate(
  network: Network,
  store: Store,
  from: Origin,
  run: { readonly meter: Meter; readonly active: Active },
): boolean {
  const { constraints, watching } = network;
  const start = 'variable' in from ? watching[from.variable] : from.constraints;
  if (start === undefined || start.length === 0) return true;
  const size = constraints.length;
  const queued = new Uint8Array(size);
  const queue = new Int32Array(size);
  const changed = new Int32Array(network.widest);
  let head = 0;
  let length = 0;
  const push = (list: Int32Array, except: number): void => {
    for (let i = 0; i < list.length; i++) {
      const k = list[i] ?? 0;
      if (k === except || queued[k] === 1 || run.active?.[k] === 0) continue;
      queued[k] = 1;
      queue[(head + length) % size] = k;
      length++;
    }
  };
  push(start, -1);
  while (length > 0) {
    const k = queue[head] ?? 0;
    head = (head + 1) % size;
    length--;
    queued[k] = 0;
    const constraint = constraints[k];
    if (constraint === undefined) continue;
    run.meter.left--;
    const count = constraint.revise(store, changed);
    if (count < 0) return false;
    for (let i = 0; i < count; i++) {
      const list = watching[constraint.scope[changed[i] ?? 0] ?? 0];
      // One revision of a box constraint is a fixpoint of its own; a bounds constraint may not be,
      // but its next revision comes with the next change and it decides alone once all is assigned.
      if (list !== undefined) push(list, k);
    }
  }
  return true;
}
