import { type Elimination, eliminationOf } from './elimination.ts';
import type { Constraints } from './propagation.ts';

/** The bags as a tree: of each vertex the vertices whose bags touch its own. */
function treeOf({ order, bags }: Elimination): number[][] {
  const placeOf = new Int32Array(bags.length);
  order.forEach((v, i) => {
    placeOf[v] = i;
  });
  const tree: number[][] = bags.map(() => []);
  for (const v of order) {
    let parent = -1;
    for (const u of bags[v] ?? []) {
      if (parent < 0 || (placeOf[u] ?? 0) < (placeOf[parent] ?? 0)) parent = u;
    }
    if (parent < 0) continue;
    tree[v]?.push(parent);
    tree[parent]?.push(v);
  }
  return tree;
}

/** The vertices that hang together with one, each after the one it was reached from. */
function spread(tree: readonly number[][], root: number) {
  const found = [root];
  const parents = [-1];
  for (let i = 0; i < found.length; i++) {
    const v = found[i] ?? 0;
    for (const u of tree[v] ?? []) {
      if (u === parents[i]) continue;
      found.push(u);
      parents.push(v);
    }
  }
  return { found, parents };
}

/** The vertex without which the largest rest of its tree is smallest. */
function centroidOf(tree: readonly number[][], root: number): number {
  const { found, parents } = spread(tree, root);
  const weight = new Map<number, number>();
  const largest = new Map<number, number>();
  let best = root;
  for (let i = found.length - 1; i >= 0; i--) {
    const v = found[i] ?? 0;
    const own = 1 + (weight.get(v) ?? 0);
    const rest = Math.max(largest.get(v) ?? 0, found.length - own);
    if (2 * rest <= found.length) best = v;
    const parent = parents[i] ?? -1;
    weight.set(parent, (weight.get(parent) ?? 0) + own);
    largest.set(parent, Math.max(largest.get(parent) ?? 0, own));
  }
  return best;
}

/** Of each vertex: how far the nearest bag with it is from the bag in the middle of its tree. */
function distances(elimination: Elimination): Float64Array {
  const { order, bags } = elimination;
  const tree = treeOf(elimination);
  const rank = new Float64Array(bags.length).fill(-1);
  const isSeen = new Uint8Array(bags.length);
  for (const start of order) {
    if (isSeen[start] === 1) continue;
    const { found, parents } = spread(tree, centroidOf(tree, start));
    const depth = new Map<number, number>();
    found.forEach((v, i) => {
      isSeen[v] = 1;
      const own = (depth.get(parents[i] ?? -1) ?? -1) + 1;
      depth.set(v, own);
      for (const u of [v, ...(bags[v] ?? [])]) if ((rank[u] ?? -1) < 0) rank[u] = own;
    });
  }
  return rank;
}

/** How the variables are ranked: from the middle of the tree outwards, or last out first. */
export type RankBy = 'distance' | 'elimination';

/**
 * Which variable to decide first, by a tree decomposition: what is decided early should take the rest
 * apart (Korhonen, Järvisalo 2021). Least first.
 */
export function* rankVariables(
  constraints: Constraints,
): Generator<undefined, Record<RankBy, Float64Array>> {
  const elimination = yield* eliminationOf(constraints);
  const last = new Float64Array(elimination.bags.length);
  elimination.order.forEach((v, i) => {
    last[v] = elimination.order.length - i;
  });
  const ofVariables = (rank: Float64Array): Float64Array =>
    Float64Array.from(elimination.vertexOf, (vertex) => rank[vertex] ?? 0);
  return { distance: ofVariables(distances(elimination)), elimination: ofVariables(last) };
}
