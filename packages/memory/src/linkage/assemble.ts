import { compareText } from '../order.ts';
import type { Bond } from './cluster.ts';
import type { LinkageEdge, Resolved } from './model.ts';
import type { Pool } from './pool.ts';

/** What was found, in the order of ids. */
export interface Found {
  readonly bonds: readonly Bond[];
  /** A partition of the nodes. */
  readonly clusters: Iterable<readonly number[]>;
  readonly pairs: number;
}

/** Bonds and clusters of nodes as an answer about records, the same for any order of the nodes. */
export function assemble(pool: Pool, { bonds, clusters, pairs }: Found): Resolved {
  const personOf = new Map<number, number>();
  const persons: (readonly string[])[] = [];
  let person = 0;
  const within: LinkageEdge[] = [];
  for (const cluster of clusters) {
    persons.push(...pool.idsOf(cluster));
    for (const node of cluster) {
      personOf.set(node, person);
      within.push(...pool.edgesWithin(node));
    }
    person++;
  }
  const isOpen = ({ a, b }: Bond): boolean => personOf.get(a) !== personOf.get(b);
  const isJoined = ({ bits }: LinkageEdge): boolean => pool.scorer.zoneOf(bits) === 'same';
  const edges = bonds.filter((bond) => pool.isSame(bond)).map((bond) => pool.edgeOf(bond));
  const review = bonds.filter(isOpen).map((bond) => pool.edgeOf(bond));
  return {
    clusters: persons.sort((x, y) => compareText(x[0] ?? '', y[0] ?? '')),
    review: [...review, ...within.filter((each) => !isJoined(each))].sort(compareReview),
    edges: [...edges, ...within.filter(isJoined)].sort(compareEdges),
    model: pool.scorer.model,
    pairs,
  };
}

/** The most probable first. */
export function compareReview(x: LinkageEdge, y: LinkageEdge): number {
  return y.bits - x.bits || compareEdges(x, y);
}

/** By their ids. */
function compareEdges(x: LinkageEdge, y: LinkageEdge): number {
  return compareText(x.a, y.a) || compareText(x.b, y.b);
}
