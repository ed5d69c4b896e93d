import { type Answer, makeAnswer, type Totals } from '../questions/answer.ts';
import { combine } from '../questions/combine.ts';
import { countExact } from '../questions/counts.ts';
import { type Position, questionAt } from './position.ts';

/** Prices and counts of the designs that are left: of all together, and of those with each option. */
export interface Figures {
  readonly totals: Totals;
  readonly answer: Answer;
}

/**
 * Prices and counts at a position; undefined where only search answers. Of a decided variable only the
 * decided option has figures. Linear in the options.
 */
export function figuresOf({ explorer, decided, told }: Position): Figures | undefined {
  if (told.kind === 'search') return undefined;
  const answer = makeAnswer(told.answer.valid.length);
  answer.valid.set(told.answer.valid);
  answer.least.set(told.answer.least);
  answer.greatest.set(told.answer.greatest);
  answer.counts.set(told.answer.counts);
  if (told.kind === 'circuit') return { totals: told.totals, answer };
  const parts = told.live.map((diagram, k) => ({
    variables: diagram.order,
    totals: told.totals[k] as Totals,
  }));
  return { totals: combine(parts, questionAt(explorer, decided), answer), answer };
}

/**
 * How many designs keep what is decided, exactly; undefined where only search answers. One product
 * where the counts fit into doubles, else one exact sweep for each part where they do not.
 */
export function countOf({ explorer, decided, outcome, told }: Position): bigint | undefined {
  const { optionAt } = explorer.model.problem;
  if (told.kind === 'search') return undefined;
  if (outcome !== 'possible') return 0n;
  if (told.kind === 'circuit') {
    const { count, isExactCount } = told.totals;
    return isExactCount ? BigInt(count) : told.circuit.count(optionAt, decided);
  }
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
