import { type AliveCustomer, expectedBeforeDropout, expectedSurvival } from './bg-nbd-future.ts';

/** A customer who is alive, as of BG/NBD, whose purchases take k ticks, of which `stage` have passed. */
export interface StagedCustomer extends AliveCustomer {
  readonly k: number;
  readonly stage: number;
}

/** Longer sums of ticks are replaced by what chance would do at a k-th of the pace. */
const TERMS_MAX = 20_000;
const RESCALE = 1e200;

/**
 * Purchases within the time. Of K ticks, negative binomial, come ⌊(K + stage) / k⌋ chances to buy, of
 * which the customer makes Σ E(1 − p)ⁱ. All terms are positive. Beyond `TERMS_MAX` ticks, which takes
 * a horizon of hundreds of times the customer's age, it is of a relative error below 2e-3.
 */
export function expectedFromStage(customer: StagedCustomer): number {
  const { time, a, b, k, stage } = customer;
  if (time <= 0) return 0;
  if (k === 1) return expectedBeforeDropout(customer);
  if (!(termsOf(customer) < TERMS_MAX)) {
    return expectedBeforeDropout({ ...customer, time: time / k });
  }
  let made = 0;
  let stay = 1;
  let next = 0;
  return tickMean(customer, customer.shape, (ticks) => {
    if (ticks > 0 && (ticks + stage) % k === 0) {
      made += stay;
      stay *= (b + next) / (a + b + next);
      next += 1;
    }
    return made;
  });
}

/** Purchases per unit of the scale at the time; beyond `TERMS_MAX` ticks as above. */
export function rateFromStage(customer: StagedCustomer): number {
  const { shape, a, b, k, stage } = customer;
  if (!(termsOf(customer) < TERMS_MAX)) {
    return (shape / k) * expectedSurvival({ ...customer, time: customer.time / k });
  }
  let stay = 1;
  let next = 0;
  // Weighing by the rate makes it one shape more; the next tick is a purchase at the last stage only.
  const mean = tickMean(customer, shape + 1, (ticks) => {
    if (ticks > 0 && (ticks + stage) % k === 0) {
      stay *= (b + next) / (a + b + next);
      next += 1;
    }
    return (ticks + stage) % k === k - 1 ? stay : 0;
  });
  return mean * shape;
}

/** About how many terms the sum has: the mean, eight deviations and the geometric tail. */
function termsOf({ shape, time }: StagedCustomer): number {
  return shape * time + 8 * Math.sqrt(shape * time * (1 + time)) + 40 * (1 + time);
}

/** The mean of a function of the ticks, called for 0, 1, 2, … in turn and growing at most like them. */
function tickMean(
  { time, k }: StagedCustomer,
  shape: number,
  f: (ticks: number) => number,
): number {
  const z = time / (1 + time);
  let probability = 1;
  let total = 1;
  let sum = f(0);
  for (let ticks = 1; ; ticks++) {
    const ratio = (z * (shape + ticks - 1)) / ticks;
    probability *= ratio;
    const term = probability * f(ticks);
    sum += term;
    total += probability;
    // What is still to come is at most a geometric tail of terms that grow by one a tick. A sum that
    // is nothing beside the total counts as nothing: probabilities never quite reach zero.
    const rest = probability * (ticks + k);
    const negligible = 1e-17 * sum + 1e-280 * total;
    if (ratio < 1 && rest <= negligible * (1 - ratio) * (1 - ratio)) break;
    if (total > RESCALE) {
      probability /= RESCALE;
      total /= RESCALE;
      sum /= RESCALE;
    }
  }
  return sum / total;
}
