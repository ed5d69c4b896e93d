import type { Answer, Question, Totals } from '../questions/answer.ts';
import type { Circuit } from './circuit.ts';

const INF: number = Number.POSITIVE_INFINITY;

/*
 * Counts of large product lines leave the range of doubles. A count is a *mantissa* times 2 to the
 * power of 256 times a *scale*; the mantissa is 0 or from 1 up to 2^256, so that two of them can be
 * multiplied. What surrounds a node is brought there when its turn comes.
 */
const STEP: number = 2 ** 256;
const SHRINK: number = 2 ** -256;

/** Room for the sweeps of one circuit, so that a question allocates nothing: 56 bytes a node. */
export interface AnswerScratch {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  readonly count: Float64Array;
  readonly scale: Int32Array;
  /** The same of what surrounds a node. */
  readonly leastAround: Float64Array;
  readonly greatestAround: Float64Array;
  readonly countAround: Float64Array;
  readonly scaleAround: Int32Array;
}

/** Makes room for the sweeps of a circuit. */
export function makeAnswerScratch(circuit: Circuit): AnswerScratch {
  const nodes = circuit.options + circuit.isSum.length;
  return {
    least: new Float64Array(nodes),
    greatest: new Float64Array(nodes),
    count: new Float64Array(nodes),
    scale: new Int32Array(nodes),
    leastAround: new Float64Array(nodes),
    greatestAround: new Float64Array(nodes),
    countAround: new Float64Array(nodes),
    scaleAround: new Int32Array(nodes),
  };
}

/*
 * In the loops below `as number` stands where an index lies within its array by how a circuit is
 * made.
 */

function setLeaves(circuit: Circuit, question: Question, scratch: AnswerScratch): void {
  const { amounts, multiplicity, optionAt, decided } = question;
  const { least, greatest, count, scale } = scratch;
  scale.fill(0, 0, circuit.options);
  for (let o = 0; o < circuit.options; o++) {
    least[o] = greatest[o] = amounts[o] as number;
    count[o] = multiplicity?.[o] ?? 1;
  }
  const variables = decided?.length ?? 0;
  for (let v = 0; v < variables; v++) {
    const value = decided?.[v] ?? -1;
    if (value < 0) continue;
    const chosen = (optionAt[v] as number) + value;
    for (let o = optionAt[v] as number; o < (optionAt[v + 1] as number); o++) {
      if (o === chosen) continue;
      least[o] = INF;
      greatest[o] = -INF;
      count[o] = 0;
    }
  }
}

function liftSum({ childAt, children }: Circuit, s: AnswerScratch, gate: number, at: number): void {
  let least = INF;
  let greatest = -INF;
  let count = 0;
  let scale = 0;
  const end = childAt[gate + 1] as number;
  for (let e = childAt[gate] as number; e < end; e++) {
    const child = children[e] as number;
    const own = s.count[child] as number;
    if (own === 0) continue;
    least = Math.min(least, s.least[child] as number);
    greatest = Math.max(greatest, s.greatest[child] as number);
    const more = (s.scale[child] as number) - scale;
    if (count === 0 || more > 0) {
      count = own + (count === 0 ? 0 : count * SHRINK ** more);
      scale += more;
    } else count += more === 0 ? own : own * SHRINK ** -more;
  }
  s.least[at] = least;
  s.greatest[at] = greatest;
  s.count[at] = count;
  s.scale[at] = scale;
}

function liftProduct(
  { childAt, children }: Circuit,
  s: AnswerScratch,
  gate: number,
  at: number,
): void {
  let least = 0;
  let greatest = 0;
  let count = 1;
  let scale = 0;
  const end = childAt[gate + 1] as number;
  for (let e = childAt[gate] as number; e < end; e++) {
    const child = children[e] as number;
    count *= s.count[child] as number;
    if (count === 0) break;
    least += s.least[child] as number;
    greatest += s.greatest[child] as number;
    scale += s.scale[child] as number;
    if (count >= STEP) {
      count *= SHRINK;
      scale++;
    }
  }
  s.least[at] = count === 0 ? INF : least;
  s.greatest[at] = count === 0 ? -INF : greatest;
  s.count[at] = count;
  s.scale[at] = scale;
}

/** What surrounds a node, in the making: of one design or of all of them. */
interface Around {
  least: number;
  greatest: number;
  count: number;
  scale: number;
}

function addAround(s: AnswerScratch, node: number, more: Around): void {
  s.leastAround[node] = Math.min(s.leastAround[node] as number, more.least);
  s.greatestAround[node] = Math.max(s.greatestAround[node] as number, more.greatest);
  const old = s.countAround[node] as number;
  const further = more.scale - (s.scaleAround[node] as number);
  if (old === 0 || further > 0) {
    s.countAround[node] = more.count + (old === 0 ? 0 : old * SHRINK ** further);
    s.scaleAround[node] = more.scale;
  } else s.countAround[node] = old + (further === 0 ? more.count : more.count * SHRINK ** -further);
}

/** The one part of a product that no design has, -1 where there is none, -2 where there are more. */
function lackOf({ childAt, children }: Circuit, { count }: AnswerScratch, gate: number): number {
  let lack = -1;
  const end = childAt[gate + 1] as number;
  for (let e = childAt[gate] as number; e < end; e++) {
    const child = children[e] as number;
    if (count[child] !== 0) continue;
    if (lack >= 0) return -2;
    lack = child;
  }
  return lack;
}

/** Brings a count back to where two of them can be multiplied. */
function rescale(around: Around): void {
  while (around.count >= STEP) {
    around.count *= SHRINK;
    around.scale++;
  }
  while (around.count < 1 && around.count > 0) {
    around.count *= STEP;
    around.scale--;
  }
}

function lowerProduct(circuit: Circuit, s: AnswerScratch, gate: number, around: Around): void {
  const { options, childAt, children } = circuit;
  const at = options + gate;
  const lack = s.count[at] === 0 ? lackOf(circuit, s, gate) : -1;
  if (lack === -2) return;
  const end = childAt[gate + 1] as number;
  if (lack >= 0) {
    for (let e = childAt[gate] as number; e < end; e++) {
      const child = children[e] as number;
      if (child === lack) continue;
      around.least += s.least[child] as number;
      around.greatest += s.greatest[child] as number;
      around.count *= s.count[child] as number;
      around.scale += s.scale[child] as number;
      if (around.count >= STEP) rescale(around);
    }
    addAround(s, lack, around);
    return;
  }
  const least = around.least + (s.least[at] as number);
  const greatest = around.greatest + (s.greatest[at] as number);
  const count = around.count * (s.count[at] as number);
  const scale = around.scale + (s.scale[at] as number);
  for (let e = childAt[gate] as number; e < end; e++) {
    const child = children[e] as number;
    around.least = least - (s.least[child] as number);
    around.greatest = greatest - (s.greatest[child] as number);
    around.count = count / (s.count[child] as number);
    around.scale = scale - (s.scale[child] as number);
    addAround(s, child, around);
  }
}

function lower(circuit: Circuit, s: AnswerScratch): void {
  const { options, isSum, childAt, children } = circuit;
  const root = options + isSum.length - 1;
  s.leastAround.fill(INF);
  s.greatestAround.fill(-INF);
  s.countAround.fill(0);
  s.scaleAround.fill(0);
  addAround(s, root, { least: 0, greatest: 0, count: 1, scale: 0 });
  const around = { least: 0, greatest: 0, count: 1, scale: 0 };
  for (let gate = isSum.length - 1; gate >= 0; gate--) {
    const at = options + gate;
    around.count = s.countAround[at] as number;
    if (around.count === 0) continue;
    around.least = s.leastAround[at] as number;
    around.greatest = s.greatestAround[at] as number;
    around.scale = s.scaleAround[at] as number;
    rescale(around);
    if (isSum[gate] === 0) {
      lowerProduct(circuit, s, gate, around);
      continue;
    }
    const end = childAt[gate + 1] as number;
    for (let e = childAt[gate] as number; e < end; e++) addAround(s, children[e] as number, around);
  }
}

/** Tells each option what surrounds its leaf; answers the greatest count. */
function tell(circuit: Circuit, question: Question, s: AnswerScratch, into: Answer): number {
  let most = 0;
  for (let o = 0; o < circuit.options; o++) {
    const count = s.countAround[o] as number;
    const amount = question.amounts[o] as number;
    const isValid = count !== 0;
    into.valid[o] = isValid ? 1 : 0;
    into.least[o] = isValid ? (s.leastAround[o] as number) + amount : INF;
    into.greatest[o] = isValid ? (s.greatestAround[o] as number) + amount : -INF;
    const times = question.multiplicity?.[o] ?? 1;
    into.counts[o] = isValid ? count * times * STEP ** (s.scaleAround[o] as number) : 0;
    most = Math.max(most, into.counts[o] ?? 0);
  }
  return most;
}

/**
 * Everything that a page shows after a click, from a circuit: see `answer`, whose question and answer
 * these are. Counts that leave the range of doubles are infinite; `shareOf` and `countDesigns` tell
 * more of those. One pass up and one down over the edges; nothing is allocated but some records.
 */
export function answerCircuit(
  circuit: Circuit,
  question: Question,
  scratch: AnswerScratch,
  into: Answer,
): Totals {
  setLeaves(circuit, question, scratch);
  for (let gate = 0; gate < circuit.isSum.length; gate++) {
    if (circuit.isSum[gate] === 1) liftSum(circuit, scratch, gate, circuit.options + gate);
    else liftProduct(circuit, scratch, gate, circuit.options + gate);
  }
  lower(circuit, scratch);
  const most = tell(circuit, question, scratch, into);
  const root = circuit.options + circuit.isSum.length - 1;
  const own = scratch.count[root] ?? 0;
  const count = own === 0 ? 0 : own * STEP ** (scratch.scale[root] ?? 0);
  return {
    least: scratch.least[root] ?? INF,
    greatest: scratch.greatest[root] ?? -INF,
    count,
    isExactCount: Math.max(most, count) <= Number.MAX_SAFE_INTEGER,
  };
}

/**
 * Which share of the designs that keep the decisions about other variables has an option, from 0 to 1;
 * right after `answerCircuit` with the same room. NaN where there are none.
 */
export function shareOf(scratch: AnswerScratch, question: Question, option: number): number {
  const { optionAt, multiplicity } = question;
  let v = 0;
  while ((optionAt[v + 1] ?? 0) <= option) v++;
  const own = scratch.scaleAround[option] ?? 0;
  let sum = 0;
  for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
    const count = (scratch.countAround[o] ?? 0) * (multiplicity?.[o] ?? 1);
    if (count > 0) sum += count * STEP ** ((scratch.scaleAround[o] ?? 0) - own);
  }
  return ((scratch.countAround[option] ?? 0) * (multiplicity?.[option] ?? 1)) / sum;
}
