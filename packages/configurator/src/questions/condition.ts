import { type Diagram, emptyDiagram, isEmpty } from '../diagram/diagram.ts';
import { findChild } from './find-child.ts';
import {
  DEAD,
  type Lower,
  makeRoom,
  openOrder,
  SEEN,
  type Upper,
  type Work,
  writeReached,
  writeUpper,
  writeWhole,
} from './remade.ts';
import { borrowIntegers, INTEGER_PLACE } from './scratch.ts';

/** Marks what the nodes of a level lead to by one value. */
function markDecided({ from, place }: Work, level: number, value: number): void {
  const to = from.nodeAt[level + 1] ?? 0;
  for (let n = from.nodeAt[level] ?? 0; n < to; n++) {
    if (place[n] === DEAD) continue;
    const child = findChild(from, n, value);
    if (child >= 0) place[child] = SEEN;
  }
}

/** Marks what the nodes of a level lead to; tells over how many edges. */
function markOpen({ from, place }: Work, level: number): number {
  const { nodeAt, edgeAt, children } = from;
  const to = nodeAt[level + 1] ?? 0;
  let edges = 0;
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    if (place[n] === DEAD) continue;
    const begin = edgeAt[n] as number;
    const end = edgeAt[n + 1] as number;
    edges += end - begin;
    for (let e = begin; e < end; e++) place[children[e] as number] = SEEN;
  }
  return edges;
}

/** Marks what is reached of the levels up to the one below the last decision. */
function markUpper(work: Work): void {
  for (let l = work.first; l <= work.last; l++) {
    const value = work.only[l] ?? -1;
    if (value >= 0) markDecided(work, l, value);
    else markOpen(work, l);
  }
}

/** Numbers the reached nodes of a level on from `first`; tells the number after the last. */
function numberLevel({ from, place }: Work, level: number, first: number): number {
  const to = from.nodeAt[level + 1] ?? 0;
  let next = first;
  for (let n = from.nodeAt[level] ?? 0; n < to; n++) {
    if (place[n] !== DEAD) place[n] = next++;
  }
  return next;
}

/** Numbers the reached nodes of the lower part from 0, until all of a level are reached. */
function numberLower(work: Work): Lower {
  const { from, last, counts } = work;
  const { order, nodeAt } = from;
  let nodes = 0;
  let edges = 0;
  for (let l = last + 1; l <= order.length; l++) {
    const before = nodes;
    nodes = numberLevel(work, l, nodes);
    counts[l] = nodes - before;
    const isWhole = nodes - before === (nodeAt[l + 1] ?? 0) - (nodeAt[l] ?? 0);
    if (isWhole) return withRest(work, { nodes, edges, wholeFrom: l });
    edges += markOpen(work, l);
  }
  return { nodes, edges, wholeFrom: order.length + 1 };
}

/** Counts what stands from a level on of which every node is kept; its own nodes are counted. */
function withRest(work: Work, { nodes, edges, wholeFrom }: Lower): Lower {
  const { nodeAt, edgeAt, order, children } = work.from;
  const depth = order.length;
  for (let l = wholeFrom + 1; l <= depth; l++) {
    work.counts[l] = (nodeAt[l + 1] ?? 0) - (nodeAt[l] ?? 0);
  }
  return {
    nodes: nodes + (nodeAt[depth + 1] ?? 0) - (nodeAt[wholeFrom + 1] ?? 0),
    edges: edges + children.length - (edgeAt[nodeAt[wholeFrom] ?? 0] ?? 0),
    wholeFrom,
  };
}

/** Where the nodes of a decided level go: where their only child goes. */
function skipLevel(work: Work, level: number): void {
  const { from, only, place } = work;
  const value = only[level] ?? 0;
  const to = from.nodeAt[level + 1] ?? 0;
  for (let n = from.nodeAt[level] ?? 0; n < to; n++) {
    if (place[n] === DEAD) continue;
    const child = findChild(from, n, value);
    place[n] = child < 0 ? DEAD : (place[child] ?? DEAD);
  }
}

/** Whether two runs of edges in scratch are the same. */
function isSameRun(upper: Upper, a: number, b: number, length: number): boolean {
  const { values, children } = upper;
  for (let i = 0; i < length; i++) {
    if (children[a + i] !== children[b + i] || values[a + i] !== values[b + i]) return false;
  }
  return true;
}

/**
 * The node, as a count from 1, that has the edges from `start` to `end` in scratch: one written
 * before in this level, or else the next, which then is in the table.
 */
function findNode(upper: Upper, start: number, end: number): number {
  const { values, children, nodeEdge, table, mask } = upper;
  let hash = 0;
  for (let e = start; e < end; e++) {
    hash = Math.imul(hash ^ (children[e] ?? 0), 0x9e3779b1);
    hash = Math.imul((hash ^ (hash >>> 15)) + (values[e] ?? 0), 0x85ebca6b);
  }
  let slot = (hash ^ (hash >>> 13)) & mask;
  const length = end - start;
  for (;;) {
    const k = table[slot] ?? 0;
    if (k === 0) break;
    const at = nodeEdge[k] ?? 0;
    if ((nodeEdge[k - 1] ?? 0) - at === length && isSameRun(upper, at, start, length)) return k;
    slot = (slot + 1) & mask;
  }
  const next = upper.count + 1;
  table[slot] = next;
  return next;
}

/** Copies the living edges of a node to before `end` in scratch; tells where they begin. */
function writeEdges(work: Work, upper: Upper, node: number, end: number): number {
  const { place, from } = work;
  const { edgeAt, values, children } = from;
  let p = end;
  const begin = edgeAt[node] ?? 0;
  for (let e = (edgeAt[node + 1] ?? 0) - 1; e >= begin; e--) {
    const goes = place[children[e] ?? 0] ?? DEAD;
    if (goes === DEAD) continue;
    p--;
    upper.values[p] = values[e] ?? 0;
    upper.children[p] = goes;
  }
  return p;
}

/** Remakes a level whose children have changed. */
function remakeLevel(work: Work, upper: Upper, level: number): void {
  const { from, place, first } = work;
  const { nodeEdge, table } = upper;
  const start = from.nodeAt[level] ?? 0;
  const end = from.nodeAt[level + 1] ?? 0;
  let mask = 15;
  while (mask < 2 * (end - start)) mask = 2 * mask + 1;
  upper.mask = mask;
  table.fill(0, 0, mask + 1);
  // Above the first decision every node is reached.
  const isReached = level <= first;
  for (let n = end - 1; n >= start; n--) {
    if (!isReached && place[n] === DEAD) continue;
    const to = nodeEdge[upper.count] ?? 0;
    const begin = writeEdges(work, upper, n, to);
    if (begin === to) {
      place[n] = DEAD;
      continue;
    }
    const node = findNode(upper, begin, to);
    if (node > upper.count) {
      upper.count = node;
      nodeEdge[node] = begin;
    }
    place[n] = -node;
  }
}

/** Remakes levels from the last decided one up; those before the level it tells are as they were. */
function remakeUpper(work: Work, upper: Upper): number {
  const { from, only, last, first, counts } = work;
  for (let l = last; l >= 0; l--) {
    if ((only[l] ?? -1) >= 0) {
      skipLevel(work, l);
      continue;
    }
    const before = upper.count;
    remakeLevel(work, upper, l);
    counts[l] = upper.count - before;
    // Where no node went or became another's twin, those above have the children that they had.
    const isWhole = counts[l] === (from.nodeAt[l + 1] ?? 0) - (from.nodeAt[l] ?? 0);
    if (isWhole && l < first) return l;
  }
  return 0;
}

/** Reads which levels are decided; undefined where none is. */
function readDecisions(
  diagram: Diagram,
  decidedOf: (variable: number) => number,
): Work | undefined {
  const depth = diagram.order.length;
  const only = borrowIntegers(INTEGER_PLACE.only, depth + 1);
  only[depth] = -1;
  let first = -1;
  let last = -1;
  for (let l = 0; l < depth; l++) {
    const value = decidedOf(diagram.order[l] ?? 0);
    only[l] = value;
    if (value < 0) continue;
    if (first < 0) first = l;
    last = l;
  }
  if (first < 0) return undefined;
  const place = borrowIntegers(INTEGER_PLACE.place, diagram.edgeAt.length);
  const counts = borrowIntegers(INTEGER_PLACE.counts, depth + 1);
  return { from: diagram, only, first, last, place, counts };
}

function makeUpper(work: Work): Upper {
  const { nodeAt, edgeAt, order } = work.from;
  const nodes = nodeAt[work.last] ?? 0;
  const end = edgeAt[nodes] ?? 0;
  let widest = 0;
  for (let l = 0; l < order.length; l++) {
    widest = Math.max(widest, (nodeAt[l + 1] ?? 0) - (nodeAt[l] ?? 0));
  }
  const nodeEdge = borrowIntegers(INTEGER_PLACE.nodeEdge, nodes + 1);
  nodeEdge[0] = end;
  return {
    values: borrowIntegers(INTEGER_PLACE.edgeValue, end),
    children: borrowIntegers(INTEGER_PLACE.edgeChild, end),
    nodeEdge,
    table: borrowIntegers(INTEGER_PLACE.table, 4 * widest + 32),
    end,
    count: 0,
    mask: 0,
  };
}

function remake(work: Work): Diagram {
  const { from, first, place } = work;
  const { order, nodeAt, edgeAt } = from;
  place.fill(SEEN, nodeAt[first], nodeAt[first + 1]);
  place.fill(DEAD, nodeAt[first + 1], nodeAt[order.length + 1]);
  markUpper(work);
  const lower = numberLower(work);
  if (lower.nodes === 0) return emptyDiagram(openOrder(work));
  const upper = makeUpper(work);
  const sameTo = remakeUpper(work, upper);
  if (sameTo === 0 && place[0] === DEAD) return emptyDiagram(openOrder(work));
  const sameNodes = nodeAt[sameTo] ?? 0;
  const nodes = sameNodes + upper.count;
  const edges = (edgeAt[sameNodes] ?? 0) + upper.end - (upper.nodeEdge[upper.count] ?? 0);
  const to = makeRoom(work, { nodes: nodes + lower.nodes, edges: edges + lower.edges, sameTo });
  writeUpper(work, upper, sameTo, to);
  const whole = nodeAt[lower.wholeFrom] ?? edgeAt.length - 1;
  writeWhole(from, to, whole, writeReached(work, to, whole, { nodes, edges }));
  return to;
}

/**
 * The solutions of a diagram in which a variable has a value, as a smaller diagram over the other
 * variables: its level is gone, and so are nodes that no path uses; nodes that became equal are one.
 * The diagram itself stays as it is, so undo is keeping it. A variable without a level changes
 * nothing; a value without a solution gives the empty diagram. One pass up over what lies above the
 * level, one pass down over what lies below, then one copy.
 */
export function condition(diagram: Diagram, variable: number, value: number): Diagram {
  return answerWith(
    diagram,
    readDecisions(diagram, (v) => (v === variable ? value : -1)),
  );
}

/** As `condition`, by all that is decided at once: value or -1, by variable. The same cost. */
export function conditionAll(diagram: Diagram, decided: Int32Array): Diagram {
  return answerWith(
    diagram,
    readDecisions(diagram, (v) => decided[v] ?? -1),
  );
}

function answerWith(diagram: Diagram, work: Work | undefined): Diagram {
  if (work === undefined) return diagram;
  return isEmpty(diagram) ? emptyDiagram(openOrder(work)) : remake(work);
}
