import { invariant } from '@keepsake/kernel';
import type { Answer, Question, Totals } from './answer.ts';

/** What `answer` told of one diagram. */
export interface Part {
  /** The variables of the diagram: its order. */
  readonly variables: Int32Array;
  readonly totals: Totals;
}

const INF: number = Number.POSITIVE_INFINITY;
const NOTHING: Totals = { least: 0, greatest: 0, count: 1, isExactCount: true };

/** Two independent parts together: prices add, counts multiply. */
function join(a: Totals, b: Totals): Totals {
  const count = a.count * b.count;
  if (count === 0) return { least: INF, greatest: -INF, count: 0, isExactCount: true };
  return {
    least: a.least + b.least,
    greatest: a.greatest + b.greatest,
    count,
    isExactCount: a.isExactCount && b.isExactCount && count <= Number.MAX_SAFE_INTEGER,
  };
}

/** No design has an option. */
function exclude(into: Answer, from: number, to: number): void {
  into.valid.fill(0, from, to);
  into.least.fill(INF, from, to);
  into.greatest.fill(-INF, from, to);
  into.counts.fill(0, from, to);
}

/**
 * Adds what the other parts come to, to what is known of options; tells the greatest count. Where an
 * option is not valid, infinite prices stay infinite and no designs stay none.
 */
function extend(into: Answer, others: Totals, from: number, to: number): number {
  let most = 0;
  for (let o = from; o < to; o++) {
    const count = (into.counts[o] ?? 0) * others.count;
    into.least[o] = (into.least[o] ?? INF) + others.least;
    into.greatest[o] = (into.greatest[o] ?? -INF) + others.greatest;
    into.counts[o] = count;
    most = Math.max(most, count);
  }
  return most;
}

/** The variables that are decided and stand in no part: those that diagrams were conditioned by. */
function decidedParts(parts: readonly Part[], question: Question, into: Answer): readonly Part[] {
  const { optionAt, decided, amounts, multiplicity } = question;
  const isCovered = new Uint8Array(Math.max(0, optionAt.length - 1));
  for (const { variables } of parts) for (const v of variables) isCovered[v] = 1;
  const more: Part[] = [];
  isCovered.forEach((covered, v) => {
    if (covered === 1) return;
    const value = decided?.[v] ?? -1;
    invariant(value >= 0, 'a variable stands in a diagram or is decided');
    const [from, to] = [optionAt[v] ?? 0, optionAt[v + 1] ?? 0];
    const price = amounts[from + value] ?? 0;
    const count = multiplicity?.[from + value] ?? 1;
    exclude(into, from, to);
    into.least[from + value] = price;
    into.greatest[from + value] = price;
    into.counts[from + value] = count;
    into.valid[from + value] = 1;
    const totals = { least: price, greatest: price, count, isExactCount: true };
    more.push({ variables: Int32Array.of(v), totals });
  });
  return more;
}

/**
 * Makes of the answers of all diagrams the answer of the whole problem: prices add, counts multiply, and
 * where one diagram has no design, no option of the others is valid. `into` is what `answer` filled
 * for each part. Every variable stands in a part or is decided; of one that is decided and stands in
 * none, only the decided option is valid here (`switchable` tells the others). Takes time in the
 * number of options.
 */
export function combine(parts: readonly Part[], question: Question, into: Answer): Totals {
  const all = [...parts, ...decidedParts(parts, question, into)];
  // Others of part i: those before and those after, for no division would be exact.
  const after: Totals[] = all.map(() => NOTHING);
  for (let i = all.length - 2; i >= 0; i--) {
    after[i] = join(after[i + 1] ?? NOTHING, all[i + 1]?.totals ?? NOTHING);
  }
  let before = NOTHING;
  let most = 0;
  all.forEach(({ variables, totals }, i) => {
    const others = join(before, after[i] ?? NOTHING);
    for (const v of variables) {
      const [from, to] = [question.optionAt[v] ?? 0, question.optionAt[v + 1] ?? 0];
      if (others.count === 0) exclude(into, from, to);
      else most = Math.max(most, extend(into, others, from, to));
    }
    before = join(before, totals);
  });
  return { ...before, isExactCount: before.isExactCount && most <= Number.MAX_SAFE_INTEGER };
}
