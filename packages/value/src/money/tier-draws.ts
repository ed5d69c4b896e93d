import type { CustomerDraws } from '../tiers/tier.ts';
import { evidenceOf, type GrowthTerms, growthDraws } from './potential.ts';
import { type DrawTerms, prepareValueDraws } from './value-draws.ts';

/** What draws of tiers take beyond those of value. */
export interface TierDrawTerms extends DrawTerms {
  /** The potential of each customer, in purchases. */
  readonly potentialPurchases: Float64Array;
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
    const potentialPurchases = terms.potentialPurchases[i] ?? 0;
    yield {
      ...value,
      growth: growthDraws(value, { potentialPurchases, evidence }, terms.growth),
      isNew: (columns.frequency[i] ?? 0) === 0 && age < terms.newAge,
    };
  }
}

/** One draw of each customer: where the top of a base begins, and lookalikes, are read from these. */
export function oneDrawEach(terms: DrawTerms): {
  readonly actual: Float64Array;
  readonly purchases: Float64Array;
} {
  const draw = prepareValueDraws({ ...terms, count: 1 });
  const size = terms.columns.customer.length;
  const actual = new Float64Array(size);
  const purchases = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const value = draw(i);
    actual[i] = value.actual[0] ?? 0;
    purchases[i] = value.purchases[0] ?? 0;
  }
  return { actual, purchases };
}
