import { type Diagram, emptyDiagram, isEmpty } from '../diagram/diagram.ts';
import { findChild } from '../questions/find-child.ts';

/** The node is reached by what is decided above it. */
const REACHED = 1;
/** The node is reached with one decided variable switched to another value. */
const SWITCHED = 2;
/** What is decided below the node leads to the last one. */
const ALIVE = 4;
/** The same, with at most one decided variable switched. */
const NEARLY = 8;

interface Marks {
  readonly diagram: Diagram;
  /** Value or -1, by level. */
  readonly only: Int32Array;
  /** By node, the marks above. */
  readonly marks: Uint8Array;
}

/** What an edge hands down to its child. */
function handedDown(mark: number, only: number, value: number): number {
  if (only < 0 || value === only) return mark & (REACHED | SWITCHED);
  return (mark & REACHED) === 0 ? 0 : SWITCHED;
}

/** Marks what the nodes of a level lead to. */
function markBelow({ diagram, only, marks }: Marks, level: number): void {
  const { nodeAt, edgeAt, values, children } = diagram;
  const own = only[level] ?? -1;
  const to = nodeAt[level + 1] ?? 0;
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    const mark = marks[n] as number;
    if (mark === 0) continue;
    if (own >= 0 && mark === SWITCHED) {
      const child = findChild(diagram, n, own);
      if (child >= 0) marks[child] = (marks[child] as number) | SWITCHED;
      continue;
    }
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const child = children[e] as number;
      marks[child] = (marks[child] as number) | handedDown(mark, own, values[e] as number);
    }
  }
}

/** Marks which reached nodes of a level lead to the last one. */
function markAlive({ diagram, only, marks }: Marks, level: number): void {
  const { nodeAt, edgeAt, values, children } = diagram;
  const own = only[level] ?? -1;
  const to = nodeAt[level + 1] ?? 0;
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    const mark = marks[n] as number;
    if (mark === 0) continue;
    const end = edgeAt[n + 1] as number;
    let alive = 0;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const below = marks[children[e] as number] as number;
      if (own < 0 || values[e] === own) alive |= below & (ALIVE | NEARLY);
      else if ((below & ALIVE) !== 0) alive |= NEARLY;
    }
    marks[n] = mark | alive;
  }
}

/** Whether a node is on a path that is kept. */
function isKept(mark: number): boolean {
  return (mark & ((mark & REACHED) === 0 ? ALIVE : NEARLY)) !== 0;
}

/** What the child of a kept node has to be for the edge to stay: 0 where no child will do. */
function neededBelow(mark: number, isOwn: boolean): number {
  if ((mark & REACHED) === 0) return isOwn ? ALIVE : 0;
  return isOwn ? NEARLY : ALIVE;
}

/** The new number of each kept node, and how many there are on each level. */
function number({ diagram, marks }: Marks): {
  readonly place: Int32Array;
  readonly at: Int32Array;
} {
  const { nodeAt } = diagram;
  const place = new Int32Array(marks.length);
  const at = new Int32Array(nodeAt.length);
  let next = 0;
  for (let l = 0; l + 1 < nodeAt.length; l++) {
    at[l] = next;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) if (isKept(marks[n] as number)) place[n] = next++;
  }
  at[nodeAt.length - 1] = next;
  return { place, at };
}

interface Draft {
  readonly values: Diagram['values'];
  readonly children: Int32Array;
  edges: number;
}

/** Copies the edges of a kept node that lead on. */
function copyEdges(
  { diagram, only, marks }: Marks,
  at: { readonly node: number; readonly level: number },
  place: Int32Array,
  draft: Draft,
): void {
  const { edgeAt, values, children } = diagram;
  const own = only[at.level] ?? -1;
  const mark = marks[at.node] as number;
  const end = edgeAt[at.node + 1] as number;
  for (let e = edgeAt[at.node] as number; e < end; e++) {
    const child = children[e] as number;
    const value = values[e] as number;
    const needed = neededBelow(mark, own < 0 || value === own);
    if (((marks[child] as number) & needed) === 0) continue;
    draft.values[draft.edges] = value;
    draft.children[draft.edges++] = place[child] as number;
  }
}

/** Copies what is kept. */
function copyKept(of: Marks): Diagram {
  const { order, nodeAt, values, children } = of.diagram;
  const { place, at } = number(of);
  const edgeAt = new Int32Array((at.at(-1) ?? 0) + 1);
  const draft: Draft = { values: values.slice(), children: children.slice(), edges: 0 };
  for (let level = 0; level < order.length; level++) {
    const to = nodeAt[level + 1] ?? 0;
    for (let node = nodeAt[level] ?? 0; node < to; node++) {
      if (!isKept(of.marks[node] as number)) continue;
      edgeAt[place[node] as number] = draft.edges;
      copyEdges(of, { node, level }, place, draft);
    }
  }
  const { edges } = draft;
  edgeAt.fill(edges, edgeAt.length - 2);
  return {
    order,
    nodeAt: at,
    edgeAt,
    values: draft.values.slice(0, edges),
    children: draft.children.slice(0, edges),
  };
}

/**
 * The part of a diagram that answers depend on while these choices stay (value or -1, by variable):
 * the paths that break at most one of them. Levels stay, and `answer` with the same choices, or with
 * more, tells of the part what it tells of the whole; the more is decided, the smaller it is. Unlike
 * `condition` nothing is merged, which costs more than it saves for one question. Two passes over
 * what is reached, and one copy; the diagram itself where nothing is chosen in it.
 */
export function restrict(diagram: Diagram, decided: Int32Array): Diagram {
  const { order, nodeAt } = diagram;
  const only = order.map((v) => decided[v] ?? -1);
  if (isEmpty(diagram) || only.every((value) => value < 0)) return diagram;
  const of: Marks = { diagram, only, marks: new Uint8Array(diagram.edgeAt.length - 1) };
  of.marks[0] = REACHED;
  for (let l = 0; l < order.length; l++) markBelow(of, l);
  const last = nodeAt[order.length] ?? 0;
  of.marks[last] = (of.marks[last] ?? 0) | ALIVE | NEARLY;
  for (let l = order.length - 1; l >= 0; l--) markAlive(of, l);
  return isKept(of.marks[0] ?? 0) ? copyKept(of) : emptyDiagram(order);
}
