import type { CustomerDraws } from '../tiers/tier.ts';
import { evidenceOf, type GrowthTerms, growthDraws } from './potential.ts';
import { type DrawTerms, prepareValueDraws } from './value-draws.ts';

/** What draws of tiers take beyond those of value. */
export interface TierDrawTerms extends DrawTerms {
  /** The potential of each customer. */
  readonly potential: Float64Array;
  readonly growth: GrowthTerms;
  /** Customers of whom nothing but one purchase was seen, for less than this, are new. */
  readonly newAge: number;
}

/** Draws for `decideTiers`, of one customer after another; nothing is kept. */
export function* tierDraws(terms: TierDrawTerms): Generator<CustomerDraws, void, void> {
  const { columns, model } = terms;
  const draw = prepareValueDraws(terms);
  for (let i = 0; i < columns.customer.length; i++) {
    const value = draw(i);
    const age = columns.age[i] ?? 0;
    const evidence = evidenceOf(model.parameters[0].purchase, age);
    const potential = terms.potential[i] ?? 0;
    yield {
      ...value,
      growth: growthDraws(value.actual, { potential, evidence }, terms.growth),
      isNew: (columns.frequency[i] ?? 0) === 0 && age < terms.newAge,
    };
  }
}

/** One draw of each customer's value: where the top of a base begins is read from it. */
export function oneDrawEach(terms: DrawTerms): Float64Array {
  const draw = prepareValueDraws({ ...terms, count: 1 });
  return Float64Array.from(terms.columns.customer, (_, i) => draw(i).actual[0] ?? 0);
}
