import { seededRandom, type Work } from '@keepsake/kernel';
import type { PurchaseModel } from '../model.ts';
import { quantileOf } from '../numerics/index.ts';
import { indexPoints, type PointColumns } from './nearest.ts';
import type { ValueDraws } from './value-draws.ts';

/** How potential is estimated. */
export interface PotentialOptions {
  /** Which of the values of lookalikes counts as within reach: 0.8 to 0.9. */
  readonly quantile: number;
  /** How many lookalikes are asked. */
  readonly neighbours: number;
  /** Of a larger base so many customers, drawn by chance, stand for all as lookalikes. */
  readonly lookalikesMax: number;
  readonly seed: number;
}

/** The 85 % quantile of 100 lookalikes out of at most 20,000. */
export const DEFAULT_POTENTIAL: PotentialOptions = {
  quantile: 0.85,
  neighbours: 100,
  lookalikesMax: 20_000,
  seed: 1,
};

/** What growing a customer is supposed to do, in units of the currency; data of the company. */
export interface GrowthTerms {
  /** The part of the way to the potential that the effort goes, 0 to 1. */
  readonly reach: number;
  /** What the effort costs. */
  readonly cost: number;
}

/** Customers between two pauses. */
const SLICE = 256;

/**
 * The potential of each customer: a high quantile of a quantity among those of the most similar
 * profiles, himself left out ("realistic wallet" by quantile nearest neighbours: Perlich, Rosset,
 * Lawrence and Zadrozny 2007). Of actual value it says what such customers are worth at their best; of
 * purchases, what this one could buy (`growthDraws`). It is an estimate: nobody observes what customers
 * buy elsewhere. The quantity is best one draw of each customer (`oneDrawEach`), for means are drawn
 * together and their quantiles too low; who has exactly 0, for he no longer buys, is nobody's lookalike.
 * `profile` has one column for each thing that is known besides purchases; each is scaled to
 * deviation 1, and one in which all are alike is left out. Without profile all are alike. Costs some
 * 20 µs a customer.
 */
export function* potentialOf(
  profile: PointColumns,
  quantity: Float64Array,
  options: PotentialOptions = DEFAULT_POTENTIAL,
): Work<Float64Array> {
  const size = quantity.length;
  const scaled = standardise(profile);
  const sample = sampleOf(quantity, options);
  const placeOf = new Map(Array.from(sample, (i, place) => [i, place]));
  const find = indexPoints(
    scaled.length > 0
      ? scaled.map((column) => Float64Array.from(sample, (i) => column[i] ?? 0))
      : [new Float64Array(sample.length)],
  );
  const potential = new Float64Array(size);
  const point = new Float64Array(Math.max(1, scaled.length));
  for (let i = 0; i < size; i++) {
    if (i % SLICE === 0) yield { done: i, of: size };
    scaled.forEach((column, k) => {
      point[k] = column[i] ?? 0;
    });
    const found = find(point, options.neighbours, placeOf.get(i) ?? -1);
    const values = Float64Array.from(found, (place) => quantity[sample[place] ?? 0] ?? 0);
    // Alone in the world, the best that is known is oneself.
    potential[i] =
      values.length > 0 ? quantileOf(values.sort(), options.quantile) : (quantity[i] ?? 0);
  }
  return potential;
}

/**
 * Draws of what growing a customer would add, after its cost: purchases like those there are, for a
 * part of the way from those of each draw to the potential, weighed by the evidence. That is nothing
 * for who no longer buys (a draw of exactly 0), and nothing where each purchase loses money.
 */
export function growthDraws(
  draws: Pick<ValueDraws, 'actual' | 'purchases'>,
  customer: { readonly potentialPurchases: number; readonly evidence: number },
  terms: GrowthTerms,
): Float64Array {
  const weight = terms.reach * customer.evidence;
  return draws.actual.map((value, d) => {
    const purchases = draws.purchases[d] ?? 0;
    const missing = Math.max(0, customer.potentialPurchases - purchases);
    const added = value > 0 && purchases > 0 ? (value / purchases) * missing : 0;
    return weight * added - terms.cost;
  });
}

/**
 * How much of what is believed of a customer's rate is his own doing, from 0 for who has just come to
 * 1: the credibility of Bühlmann (1967) under the model's prior, T / (α + T).
 */
export function evidenceOf(model: PurchaseModel, age: number): number {
  const of = (name: string): number => model.parameters[name] ?? 0;
  const prior = model.name === 'bg-bb' ? of('alpha') + of('beta') : of('alpha');
  return age > 0 ? age / (prior + age) : 0;
}

/**
 * Share of customer, from 0 to 1: what is had of what could be. An estimate, never observed. Undefined
 * where there is no potential above zero.
 */
export function findShareOfCustomer(actual: number, potential: number): number | undefined {
  if (!(potential > 0)) return undefined;
  return Math.min(1, Math.max(0, actual / potential));
}

/**
 * Mean pinball loss of estimates of a quantile (Koenker and Bassett 1978), in units of the currency:
 * least, on average, where each estimate is the conditional quantile. What to compare methods by.
 */
export function pinballLoss(
  actual: Float64Array,
  estimates: Float64Array,
  quantile: number,
): number {
  let total = 0;
  actual.forEach((value, i) => {
    const miss = value - (estimates[i] ?? 0);
    total += miss >= 0 ? quantile * miss : (quantile - 1) * miss;
  });
  return actual.length > 0 ? total / actual.length : 0;
}

function standardise(profile: PointColumns): PointColumns {
  const scaled: Float64Array[] = [];
  for (const column of profile) {
    const mean = column.reduce((sum, value) => sum + value, 0) / Math.max(1, column.length);
    const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(square / Math.max(1, column.length));
    if (deviation > 1e-12 * Math.abs(mean)) {
      scaled.push(column.map((value) => (value - mean) / deviation));
    }
  }
  return scaled;
}

/** All who still buy, or as many as stand for them, by chance but always the same. */
function sampleOf(actual: Float64Array, options: PotentialOptions): Uint32Array {
  const all = Uint32Array.from(actual, (_, i) => i).filter((i) => actual[i] !== 0);
  if (all.length <= options.lookalikesMax) return all;
  const random = seededRandom(options.seed);
  for (let place = 0; place < options.lookalikesMax; place++) {
    const other = place + random.below(all.length - place);
    const kept = all[place] ?? 0;
    all[place] = all[other] ?? 0;
    all[other] = kept;
  }
  return all.slice(0, options.lookalikesMax).sort();
}
