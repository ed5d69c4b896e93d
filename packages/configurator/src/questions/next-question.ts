import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';
import { type Chances, divide, sharesBelow, weightsOf } from './shares.ts';

/** What an answer about a variable would tell. */
export interface Informative {
  readonly variable: number;
  /** Expected information, in bits: the entropy of the variable among the designs left. */
  readonly bits: number;
}

/** The share of the designs left that have each option, by weight; options of others stay untouched. */
export function shareByOption(diagram: Diagram, chances: Chances, into: Float64Array): void {
  const { optionAt } = chances;
  const weights = weightsOf(chances);
  const { order, nodeAt, edgeAt, values, children } = diagram;
  for (const v of order) into.fill(0, optionAt[v], optionAt[v + 1]);
  if (isEmpty(diagram)) return;
  const up = borrowFloats(FLOAT_PLACE.up, edgeAt.length);
  const down = borrowFloats(FLOAT_PLACE.down, edgeAt.length);
  sharesBelow(diagram, chances, up);
  down[0] = 1;
  for (let l = 0; l < order.length; l++) {
    const v = order[l] ?? 0;
    const base = optionAt[v] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    const next = nodeAt[l + 2] ?? 0;
    down.fill(0, to, next);
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const option = base + (values[e] as number);
        const child = children[e] as number;
        const through = (down[n] as number) * (weights[option] as number);
        into[option] = (into[option] as number) + through * (up[child] as number);
        down[child] = (down[child] as number) + through;
      }
    }
    normalise(into, base, optionAt[v + 1] ?? 0);
    divide(down, to, next, greatest(down, to, next));
  }
}

function greatest(numbers: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, numbers[i] as number);
  return most;
}

/** Makes numbers sum to 1, unless all are 0. */
function normalise(numbers: Float64Array, from: number, to: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i] as number;
  divide(numbers, from, to, sum);
}

/**
 * The variables of a diagram by how much an answer about them tells, most first, then by number:
 * the entropy of each (Shannon 1948) when every design left is as likely as the product of its options'
 * weights. A variable with one valid option tells nothing: 0 bits. One pass up and one down.
 */
export function nextQuestion(diagram: Diagram, chances: Chances): readonly Informative[] {
  const { optionAt } = chances;
  const shares = new Float64Array(optionAt.at(-1) ?? 0);
  shareByOption(diagram, chances, shares);
  const all = Array.from(diagram.order, (variable): Informative => {
    const own = shares.subarray(optionAt[variable], optionAt[variable + 1]);
    const bits = own.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);
    return { variable, bits: Math.max(0, bits) };
  });
  return all.sort((a, b) => b.bits - a.bits || a.variable - b.variable);
}
