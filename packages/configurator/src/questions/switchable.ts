import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { findChild } from './find-child.ts';
import { borrowIntegers, INTEGER_PLACE } from './scratch.ts';

/** Who is asked about, and what is decided: value or -1, by variable. */
export interface SwitchQuestion {
  readonly optionAt: Int32Array;
  readonly decided: Int32Array;
}

interface Marks {
  readonly diagram: Diagram;
  /** 1 where the node is reached by what is decided above it. */
  readonly reached: Int32Array;
  /** 1 where what is decided below the node leads to the last one. */
  readonly alive: Int32Array;
}

/** Of a level's nodes: does some edge that may be taken lead on? */
function markAlive({ diagram, alive }: Marks, level: number, only: number): void {
  const { nodeAt, edgeAt, children } = diagram;
  const to = nodeAt[level + 1] ?? 0;
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    if (only >= 0) {
      const child = findChild(diagram, n, only);
      alive[n] = child < 0 ? 0 : (alive[child] ?? 0);
      continue;
    }
    const end = edgeAt[n + 1] as number;
    let isAlive = 0;
    for (let e = edgeAt[n] as number; e < end; e++)
      isAlive |= alive[children[e] as number] as number;
    alive[n] = isAlive;
  }
}

/** Marks the options of a level's reached nodes that lead on, and what is reached from them. */
function markOptions(marks: Marks, level: number, only: number, own: Uint8Array): void {
  const { diagram, reached, alive } = marks;
  const { nodeAt, edgeAt, values, children } = diagram;
  const to = nodeAt[level + 1] ?? 0;
  reached.fill(0, to, nodeAt[level + 2]);
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    if (reached[n] === 0) continue;
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++) {
      const child = children[e] as number;
      const value = values[e] as number;
      own[value] = (own[value] as number) | (alive[child] as number);
      if (only < 0 || value === only) reached[child] = 1;
    }
  }
}

/**
 * For every variable of a diagram, decided ones included, which options some design has that keeps
 * all decisions about *other* variables (CFG-1): 1 or 0, written to `into` by option of the problem.
 * Decisions that contradict each other still show which single change would resolve them. One pass up
 * and one down over the diagram, which is not conditioned by them.
 */
export function switchable(diagram: Diagram, question: SwitchQuestion, into: Uint8Array): void {
  const { order, nodeAt } = diagram;
  const { optionAt, decided } = question;
  for (const v of order) into.fill(0, optionAt[v], optionAt[v + 1]);
  if (isEmpty(diagram)) return;
  const nodes = diagram.edgeAt.length;
  const reached = borrowIntegers(INTEGER_PLACE.place, nodes);
  const alive = borrowIntegers(INTEGER_PLACE.up, nodes);
  const marks = { diagram, reached, alive };
  alive[nodeAt[order.length] ?? 0] = 1;
  for (let l = order.length - 1; l >= 0; l--) markAlive(marks, l, decided[order[l] ?? 0] ?? -1);
  reached[0] = 1;
  for (let l = 0; l < order.length; l++) {
    const v = order[l] ?? 0;
    const own = into.subarray(optionAt[v], optionAt[v + 1]);
    markOptions(marks, l, decided[v] ?? -1, own);
  }
}
