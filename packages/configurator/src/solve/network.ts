import type { Constraint } from './constraint.ts';
import type { Layout, Store } from './domains.ts';

/** Counts the steps of a question down; a step is one revision of one constraint. */
export interface Meter {
  left: number;
}

/** A ring of constraints; a constraint is queued when its stamp is that of the running call. */
interface Queue {
  readonly ring: Int32Array;
  readonly stamps: Float64Array;
  readonly changed: Int32Array;
  stamp: number;
  /** The constraint with which the last failed propagation failed. */
  failed: number;
}

/** Variables and constraints, ready to be propagated. */
export interface Network {
  readonly layout: Layout;
  readonly constraints: readonly Constraint[];
  /** The constraints of each variable. */
  readonly watching: readonly Int32Array[];
  /** Scratch space of `propagate`. */
  readonly queue: Queue;
}

/** Joins constraints to a network. */
export function buildNetwork(layout: Layout, constraints: readonly Constraint[]): Network {
  const watching: number[][] = Array.from(layout.sizes, () => []);
  let widest = 1;
  constraints.forEach((constraint, k) => {
    for (const v of constraint.scope) watching[v]?.push(k);
    widest = Math.max(widest, constraint.scope.length);
  });
  const queue: Queue = {
    ring: new Int32Array(constraints.length),
    stamps: new Float64Array(constraints.length),
    changed: new Int32Array(widest),
    stamp: 0,
    failed: -1,
  };
  return { layout, constraints, watching: watching.map((l) => Int32Array.from(l)), queue };
}

/** Which constraints count: a mask by constraint, or all of them. */
export type Active = Uint8Array | undefined;

/** Where propagation starts: the constraints of one variable, or a list of constraints. */
export type Origin = { readonly variable: number } | { readonly constraints: Int32Array };

/** What is queued at this moment of a propagation. */
interface Line {
  readonly queue: Queue;
  readonly stamp: number;
  readonly active: Active;
  head: number;
  length: number;
}

function enqueue(line: Line, list: Int32Array, except: number): void {
  const { ring, stamps } = line.queue;
  for (let i = 0; i < list.length; i++) {
    const k = list[i] ?? 0;
    if (k === except || stamps[k] === line.stamp || line.active?.[k] === 0) continue;
    stamps[k] = line.stamp;
    ring[(line.head + line.length) % ring.length] = k;
    line.length++;
  }
}

function dequeue(line: Line): number {
  const { ring, stamps } = line.queue;
  const k = ring[line.head] ?? 0;
  line.head = (line.head + 1) % ring.length;
  line.length--;
  stamps[k] = 0;
  return k;
}

const NOTHING = new Int32Array(0);

/**
 * Revises constraints until nothing changes; false when a domain became empty. Each call stamps
 * what it queues anew, so that nothing a failed propagation leaves behind can reach the next.
 */
export function propagate(
  network: Network,
  store: Store,
  from: Origin,
  run: { readonly meter: Meter; readonly active: Active },
): boolean {
  const { constraints, queue, watching } = network;
  const start = 'variable' in from ? watching[from.variable] : from.constraints;
  if (start === undefined || start.length === 0) return true;
  queue.stamp++;
  const line: Line = { queue, stamp: queue.stamp, active: run.active, head: 0, length: 0 };
  enqueue(line, start, -1);
  while (line.length > 0) {
    const k = dequeue(line);
    const constraint = constraints[k];
    run.meter.left--;
    const count = constraint?.revise(store, queue.changed) ?? 0;
    if (count < 0) {
      queue.failed = k;
      return false;
    }
    for (let i = 0; i < count; i++) {
      const v = constraint?.scope[queue.changed[i] ?? 0] ?? 0;
      // A revision is a fixpoint of its own constraint, so that one need not be asked again.
      enqueue(line, watching[v] ?? NOTHING, k);
    }
  }
  return true;
}
