import { combine, type Meter, TOO_MUCH, type Workspace } from './combine.ts';
import type { Relation } from './relation.ts';
import { relationDiagram } from './relation-diagram.ts';
import { collect, NO, YES } from './store.ts';
import type { Work } from './work.ts';

/** Nodes that may lie dead before they are collected, besides as many as are alive. */
const DEAD_MAX = 1 << 16;
/** The share of all nodes that may lie dead. */
const DEAD_SHARE = 4;

/** Relations from the lowest upmost variable up; the narrow ones of the same first. */
function bottomUp(relations: readonly Relation[], levelOf: Int32Array): readonly Relation[] {
  const keyed = relations.map((relation) => {
    const levels = relation.scope.map((v) => levelOf[v] ?? 0);
    return { relation, top: Math.min(...levels), bottom: Math.max(...levels) };
  });
  keyed.sort((a, b) => b.top - a.top || a.bottom - b.bottom);
  return keyed.map(({ relation }) => relation);
}

/**
 * Conjoins relations to one diagram, from the bottom of the order up: what lies above is met last,
 * so that most combinations touch only upper levels. `TOO_MUCH` where the budget does not suffice.
 */
export function* conjoin(
  space: Workspace,
  relations: readonly Relation[],
  meter: Meter,
): Work<number> {
  const deadMax = Math.min(DEAD_MAX, meter.nodesMax / DEAD_SHARE);
  let root: number = YES;
  let kept = 0;
  let done = 0;
  for (const relation of bottomUp(relations, space.levelOf)) {
    meter.progress = { done, of: relations.length };
    yield meter.progress;
    const node = yield* relationDiagram(space, relation, meter);
    if (node === TOO_MUCH) return TOO_MUCH;
    root = yield* combine(space, 'and', [root, node], meter);
    if (root === TOO_MUCH || root === NO) return root;
    if (space.store.nodeCount > Math.min(2 * kept, kept + meter.nodesMax / DEAD_SHARE) + deadMax) {
      root = collect(space.store, [root])[0] ?? NO;
      kept = space.store.nodeCount;
    }
    done++;
  }
  return collect(space.store, [root])[0] ?? NO;
}
