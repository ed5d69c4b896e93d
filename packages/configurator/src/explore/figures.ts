import { type Answer, copyAnswer, makeAnswer, type Totals } from '../questions/answer.ts';
import { combine } from '../questions/combine.ts';
import { countExact } from '../questions/counts.ts';
import type { OpenCircuit } from './explorer.ts';
import { type Position, questionAt } from './position.ts';

/** Prices and counts of the designs that are left: of all together, and of those with each option. */
export interface Figures {
  readonly totals: Totals;
  readonly answer: Answer;
}

/** Figures by a circuit, which tells of decided variables what they could be switched to as well. */
function figuresByCircuit(
  { explorer, decided, validity }: Position,
  circuit: OpenCircuit,
): Figures {
  const question = questionAt(explorer, decided);
  const answer = makeAnswer(question.amounts.length);
  const totals = circuit.answer(question, answer);
  decided.forEach((value, v) => {
    for (let o = question.optionAt[v] ?? 0; o < (question.optionAt[v + 1] ?? 0); o++) {
      if (value < 0 || validity[o] === 1) continue;
      answer.valid[o] = 0;
      answer.least[o] = Number.POSITIVE_INFINITY;
      answer.greatest[o] = Number.NEGATIVE_INFINITY;
      answer.counts[o] = 0;
    }
  });
  return { totals, answer };
}

/**
 * Prices and counts at a position; undefined where only search answers. Of a decided variable only the
 * decided option has figures. Linear in the options on diagrams, two passes over a circuit.
 */
export function figuresOf(position: Position): Figures | undefined {
  const { explorer, decided, told } = position;
  if (told.kind === 'search') return undefined;
  if (told.kind === 'circuit') return figuresByCircuit(position, told.circuit);
  const answer = copyAnswer(told.answer);
  const parts = told.live.flatMap(({ order }, k) => {
    const totals = told.totals[k];
    return totals === undefined ? [] : [{ variables: order, totals }];
  });
  return { totals: combine(parts, questionAt(explorer, decided), answer), answer };
}

/**
 * How many designs keep what is decided, exactly; undefined where only search answers. One product
 * where the counts fit into doubles, else one exact sweep for each part where they do not; one pass
 * over a circuit.
 */
export function countOf(position: Position): bigint | undefined {
  const { explorer, decided, outcome, told } = position;
  const { optionAt } = explorer.model.problem;
  if (told.kind === 'search') return undefined;
  if (outcome !== 'possible') return 0n;
  if (told.kind === 'circuit') return told.circuit.count(optionAt, decided);
  let product = 1n;
  let small = 1;
  told.live.forEach((diagram, k) => {
    const totals = told.totals[k];
    if (totals?.isExactCount !== true) {
      product *= countExact(diagram, optionAt);
    } else if (small * totals.count <= Number.MAX_SAFE_INTEGER) {
      small *= totals.count;
    } else {
      product *= BigInt(small);
      small = totals.count;
    }
  });
  return product * BigInt(small);
}
