import { finish, type Work } from '@keepsake/kernel';
import type { CustomerDraws } from '../tiers/tier.ts';
import { evidenceOf, type GrowthTerms, growthDraws } from './potential.ts';
import { type DrawTerms, prepareValueDraws, type ValueDraws } from './value-draws.ts';

/** What draws of tiers take beyond those of value. */
export interface TierDrawTerms extends DrawTerms {
  /** The potential of each customer, in purchases. */
  readonly potentialPurchases: Float64Array;
  readonly growth: GrowthTerms;
  /** Customers of whom nothing but one purchase was seen, for less than this, are new. */
  readonly newAge: number;
}

/** Customers drawn between two pauses. */
const SLICE = 256;

/** Draws for `decideTier`, of any one customer; they are those of value, with growth. */
export function prepareTierDraws(
  terms: TierDrawTerms,
): (index: number) => ValueDraws & CustomerDraws {
  const { columns, model } = terms;
  const draw = prepareValueDraws(terms);
  return (i) => {
    const value = draw(i);
    const age = columns.age[i] ?? 0;
    const evidence = evidenceOf(model.parameters[0].purchase, age);
    const potentialPurchases = terms.potentialPurchases[i] ?? 0;
    return {
      ...value,
      growth: growthDraws(value, { potentialPurchases, evidence }, terms.growth),
      isNew: (columns.frequency[i] ?? 0) === 0 && age < terms.newAge,
    };
  };
}

/** Draws for `decideTiers`, of one customer after another; nothing is kept. */
export function* tierDraws(terms: TierDrawTerms): Generator<CustomerDraws, void, void> {
  const draw = prepareTierDraws(terms);
  for (let i = 0; i < terms.columns.customer.length; i++) yield draw(i);
}

/** One draw of each customer, in units of the currency and in purchases. */
export interface OneDrawEach {
  readonly actual: Float64Array;
  readonly purchases: Float64Array;
}

/** One draw of each customer: where the top of a base begins, and lookalikes, are read from these. */
export function* drawOnceEach(terms: DrawTerms): Work<OneDrawEach> {
  const draw = prepareValueDraws({ ...terms, count: 1 });
  const size = terms.columns.customer.length;
  const actual = new Float64Array(size);
  const purchases = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (i % SLICE === 0) yield { done: i, of: size };
    const value = draw(i);
    actual[i] = value.actual[0] ?? 0;
    purchases[i] = value.purchases[0] ?? 0;
  }
  return { actual, purchases };
}

/** `drawOnceEach` without a pause. */
export function oneDrawEach(terms: DrawTerms): OneDrawEach {
  return finish(drawOnceEach(terms));
}
