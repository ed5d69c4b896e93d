import type { Workspace } from './combine.ts';
import { type Diagram, emptyDiagram, narrowed } from './diagram.ts';
import { grown, NO } from './store.ts';
import type { Work } from './work.ts';

/** Edges that are written between two chances to pause. */
const SLICE = 1 << 15;

/** How large the result may become. */
export interface UnfoldLimits {
  readonly nodesMax: number;
  readonly edgesMax: number;
}

/** The nodes of the level at hand and of the next, each a node of the store. */
interface Front {
  nodes: Int32Array;
  count: number;
  /** By node of the store: its place in the next level, where `seenAt` is that level. */
  readonly placeOf: Int32Array;
  readonly seenAt: Int32Array;
}

interface Draft {
  edgeAt: Int32Array;
  values: Int32Array;
  children: Int32Array;
  nodes: number;
  edges: number;
}

/** The number of a child, which stands on the level that begins at `base`. */
function enter(next: Front, node: number, level: number, base: number): number {
  if (next.seenAt[node] !== level) {
    next.seenAt[node] = level;
    next.nodes = grown(next.nodes, next.count + 1);
    next.nodes[next.count] = node;
    next.placeOf[node] = next.count++;
  }
  return base + (next.placeOf[node] ?? 0);
}

function addNode(
  { store, alive }: Workspace,
  draft: Draft,
  at: { readonly node: number; readonly level: number; readonly base: number },
  next: Front,
): void {
  const { node, level, base } = at;
  const isOwn = store.level[node] === level;
  const own = alive[level] ?? new Int32Array(0);
  const first = store.edgeAt[node] ?? 0;
  const count = isOwn ? (store.edgeAt[node + 1] ?? 0) - first : own.length;
  draft.values = grown(draft.values, draft.edges + count);
  draft.children = grown(draft.children, draft.edges + count);
  for (let i = 0; i < count; i++) {
    const child = isOwn ? (store.children[first + i] ?? NO) : node;
    draft.values[draft.edges] = isOwn ? (store.values[first + i] ?? 0) : (own[i] ?? 0);
    draft.children[draft.edges++] = enter(next, child, level + 1, base);
  }
  draft.edgeAt = grown(draft.edgeAt, draft.nodes + 3);
  draft.edgeAt[++draft.nodes] = draft.edges;
}

/**
 * A node of a store as a diagram with complete levels: a long edge gets a node on every level that
 * it passes, with all live values. Linear in the result; undefined where that is too large.
 */
export function* unfold(
  space: Workspace,
  root: number,
  order: Int32Array,
  limits: UnfoldLimits,
): Work<Diagram | undefined> {
  if (root === NO) return emptyDiagram(order);
  const { store } = space;
  const placeOf = new Int32Array(store.nodeCount);
  const seenAt = new Int32Array(store.nodeCount).fill(-1);
  let front: Front = { nodes: Int32Array.of(root), count: 1, placeOf, seenAt };
  let spare: Front = { nodes: new Int32Array(16), count: 0, placeOf, seenAt };
  const draft: Draft = {
    edgeAt: new Int32Array(16),
    values: new Int32Array(16),
    children: new Int32Array(16),
    nodes: 0,
    edges: 0,
  };
  const nodeAt = new Int32Array(order.length + 2);
  let slice = SLICE;
  for (let level = 0; level < order.length; level++) {
    const base = draft.nodes + front.count;
    nodeAt[level + 1] = base;
    spare.count = 0;
    for (let i = 0; i < front.count; i++) {
      addNode(space, draft, { node: front.nodes[i] ?? 0, level, base }, spare);
      if (draft.edges < slice) continue;
      slice = draft.edges + SLICE;
      if (draft.nodes > limits.nodesMax || draft.edges > limits.edgesMax) return undefined;
      yield { done: level, of: order.length };
    }
    [front, spare] = [spare, front];
  }
  nodeAt[order.length + 1] = draft.nodes + 1;
  draft.edgeAt[draft.nodes + 1] = draft.edges;
  const top = space.alive.reduce((most, values) => Math.max(most, values.at(-1) ?? 0), 0);
  return {
    order,
    nodeAt,
    edgeAt: draft.edgeAt.slice(0, draft.nodes + 2),
    values: narrowed(draft.values.subarray(0, draft.edges), top),
    children: draft.children.slice(0, draft.edges),
  };
}
