import type { Work } from '@keepsake/kernel';
import { type Budget, type Meter, makeWorkspace, TOO_MUCH } from './combine.ts';
import type { Part } from './relation.ts';
import { relationDiagram } from './relation-diagram.ts';
import type { Store } from './store.ts';

/** Most nodes that a level has of those below a root: children stand before their parents. */
function widestBelow({ edgeAt, children, level, spans }: Store, root: number): number {
  const counts = new Int32Array(spans.length + 1);
  const isLive = new Uint8Array(root + 1);
  isLive[root] = 1;
  let most = 0;
  for (let n = root; n >= 2; n--) {
    if (isLive[n] !== 1) continue;
    const own = (counts[level[n] ?? 0] ?? 0) + 1;
    counts[level[n] ?? 0] = own;
    most = Math.max(most, own);
    const end = edgeAt[n + 1] ?? 0;
    for (let e = edgeAt[n] ?? 0; e < end; e++) isLive[children[e] ?? 0] = 1;
  }
  return most;
}

/**
 * Logarithm of how many states each relation can be in when it is half read: the width of its own
 * diagram, its variables in the order of their numbers. Other orders differ; few states stay few.
 */
export function* relationWidths(part: Part, nodesMax: number, budget: Budget): Work<Float64Array> {
  const order = Int32Array.from(part.alive, (_, v) => v);
  const alive = part.alive.map((own) => Int32Array.from(own.keys()).filter((x) => own[x] === 1));
  const widths = new Float64Array(part.relations.length);
  for (const [r, relation] of part.relations.entries()) {
    const progress = { done: r, of: part.relations.length };
    yield progress;
    const space = makeWorkspace(alive, order);
    const edgesMax = 10 * nodesMax;
    const stepsLeft = Math.min(50 * nodesMax, budget.stepsLeft);
    const meter: Meter = { nodesMax, edgesMax, stepsLeft, peakNodes: 0, progress };
    const node = yield* relationDiagram(space, relation, meter);
    budget.stepsLeft -= stepsLeft - meter.stepsLeft;
    const most = node === TOO_MUCH ? nodesMax : widestBelow(space.store, node) + 1;
    widths[r] = Math.log(most);
  }
  return widths;
}
