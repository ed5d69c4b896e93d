import { type Budget, type Meter, makeWorkspace, TOO_MUCH } from './combine.ts';
import type { Part } from './relation.ts';
import { relationDiagram } from './relation-diagram.ts';
import { collect, type Store } from './store.ts';
import type { Work } from './work.ts';

/** Most nodes that a level of the store has. */
function widest(store: Store): number {
  const counts = new Int32Array(store.spans.length + 1);
  let most = 0;
  for (let n = 2; n < store.nodeCount; n++) {
    const level = store.level[n] ?? 0;
    counts[level] = (counts[level] ?? 0) + 1;
    most = Math.max(most, counts[level] ?? 0);
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
    if (node !== TOO_MUCH) collect(space.store, [node]);
    widths[r] = node === TOO_MUCH ? Math.log(nodesMax) : Math.log(widest(space.store) + 1);
  }
  return widths;
}
