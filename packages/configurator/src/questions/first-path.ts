import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { type Amounts, leastSums, type Path } from './paths.ts';
import { borrowFloats, borrowIntegers, FLOAT_PLACE, INTEGER_PLACE } from './scratch.ts';

/** What is to be cheapest, and which of equals is meant. */
export interface FirstQuestion extends Amounts {
  /** The place of each option in the order of its variable; different ones within a variable. */
  readonly places: Int32Array;
}

/** A diagram on which each node that a cheapest path reaches knows where the first one goes on. */
interface Walk {
  readonly diagram: Diagram;
  readonly question: FirstQuestion;
  /** The least sum from each node on. */
  readonly up: Float64Array;
  /** By node: `UNREACHED`, `REACHED` by a cheapest path from the root, or the edge chosen. */
  readonly chosen: Int32Array;
}

const UNREACHED = -2;
const REACHED = -1;

/** Whether a cheapest path from the node of an edge can take it. */
function isTight(
  { diagram, question, up }: Walk,
  node: number,
  edge: number,
  base: number,
): boolean {
  const option = base + (diagram.values[edge] as number);
  const rest = up[diagram.children[edge] as number] as number;
  return (question.amounts[option] as number) + rest === up[node];
}

/** Calls for each node of a level that a cheapest path reaches, with where the options begin. */
function visitReached(
  { chosen, diagram, question }: Walk,
  level: number,
  visit: (node: number, base: number) => void,
): void {
  const { nodeAt, order } = diagram;
  const base = question.optionAt[order[level] ?? 0] ?? 0;
  const to = nodeAt[level + 1] ?? 0;
  for (let n = nodeAt[level] ?? 0; n < to; n++) {
    if (chosen[n] !== UNREACHED) visit(n, base);
  }
}

function markReached(walk: Walk): void {
  const { chosen, diagram } = walk;
  const { children, edgeAt, order } = diagram;
  chosen.fill(UNREACHED, 0, edgeAt.length);
  chosen[0] = REACHED;
  for (let l = 0; l < order.length; l++) {
    visitReached(walk, l, (n, base) => {
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        if (isTight(walk, n, e, base)) chosen[children[e] as number] = REACHED;
      }
    });
  }
}

/**
 * Whether the path on from one edge of a level stands before that from another: both are followed to
 * where they meet, and of the variables that they differ in, the one with the least number tells.
 */
function isBefore(
  { chosen, diagram, question }: Walk,
  level: number,
  a: number,
  b: number,
): boolean {
  const { children, order, values } = diagram;
  let [one, two, least, ahead] = [a, b, Number.POSITIVE_INFINITY, 0];
  for (let l = level; ; l++) {
    const v = order[l] ?? 0;
    if (v < least && values[one] !== values[two]) {
      const base = question.optionAt[v] ?? 0;
      const place = (e: number): number => question.places[base + (values[e] ?? 0)] ?? 0;
      [least, ahead] = [v, place(two) - place(one)];
    }
    if (children[one] === children[two]) return ahead > 0;
    one = chosen[children[one] ?? 0] ?? 0;
    two = chosen[children[two] ?? 0] ?? 0;
  }
}

function chooseFirsts(walk: Walk): void {
  const { chosen, diagram } = walk;
  const { edgeAt, order } = diagram;
  for (let l = order.length - 1; l >= 0; l--) {
    visitReached(walk, l, (n, base) => {
      let first = -1;
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        if (!isTight(walk, n, e, base)) continue;
        if (first < 0 || isBefore(walk, l, e, first)) first = e;
      }
      chosen[n] = first;
    });
  }
}

/**
 * The first of the designs with the least sum, variable by variable in the order of their numbers and
 * by the places of their options: the same whatever the order of the diagram is. Amounts must sum
 * exactly, as whole numbers do. Undefined where there is none or all cost infinitely much. Three
 * passes over the edges; each edge that ties is followed to where it meets the best so far.
 */
export function firstCheapestPath(diagram: Diagram, question: FirstQuestion): Path | undefined {
  if (isEmpty(diagram)) return undefined;
  const up = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  leastSums(diagram, question, 1, up);
  const sum = up[0] ?? Number.POSITIVE_INFINITY;
  if (sum === Number.POSITIVE_INFINITY) return undefined;
  const chosen = borrowIntegers(INTEGER_PLACE.chosen, diagram.edgeAt.length);
  const walk: Walk = { diagram, question, up, chosen };
  markReached(walk);
  chooseFirsts(walk);
  const values = new Int32Array(diagram.order.length);
  let node = 0;
  for (let l = 0; l < values.length; l++) {
    const edge = chosen[node] ?? 0;
    values[l] = diagram.values[edge] ?? 0;
    node = diagram.children[edge] ?? 0;
  }
  return { values, sum };
}
