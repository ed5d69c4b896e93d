import type { PurchaseHistory, PurchaseModel } from '../model.ts';
import { type Draws, logGamma } from '../numerics/index.ts';

/** How one customer buys and leaves, where it is known. */
export interface Traits {
  /** Purchases per unit of time. */
  readonly rate: number;
  /** The chance of leaving per unit of time. */
  readonly hazard: number;
  /** Whether customers leave right after a purchase, or at any time. */
  readonly leavesAtPurchase: boolean;
}

/**
 * Draws how a customer of this history buys, given that he is alive. Given life, rate and dropout are
 * independent and of the family of their priors, in all of these models. For the models in discrete
 * opportunities to buy, the rate is that of an Erlang or Bernoulli process in the long run.
 */
export function drawTraits(model: PurchaseModel, history: PurchaseHistory, draws: Draws): Traits {
  const of = (name: string): number => model.parameters[name] ?? 0;
  const { frequency: x, age } = history;
  const rate = (): number => draws.gamma(of('r') + x) / (of('alpha') + age);
  switch (model.name) {
    case 'nbd':
      return { rate: rate(), hazard: 0, leavesAtPurchase: false };
    case 'pareto-nbd': {
      const hazard = draws.gamma(of('s')) / (of('beta') + age);
      return { rate: rate(), hazard, leavesAtPurchase: false };
    }
    case 'bg-nbd':
      return leavingAt(rate(), draws.beta(of('a'), of('b') + x));
    case 'mbg-nbd':
      return leavingAt(rate(), draws.beta(of('a'), of('b') + x + 1));
    case 'mbg-cnbd-k':
      return leavingAt(
        drawRegularRate(model, history, draws) / of('k'),
        draws.beta(of('a'), of('b') + x + 1),
      );
    case 'bg-bb': {
      const buys = draws.beta(of('alpha') + x, of('beta') + age - x);
      const leaves = draws.beta(of('gamma'), of('delta') + age);
      return { rate: buys * (1 - leaves), hazard: -Math.log1p(-leaves), leavesAtPurchase: false };
    }
  }
}

function leavingAt(rate: number, dropout: number): Traits {
  return { rate, hazard: rate * dropout, leavesAtPurchase: true };
}

/**
 * The rate of an Erlang-k process after x full gaps and an open one of u: a gap longer than u is fewer
 * than k events in it, so that the posterior is a mixture of k gammas.
 */
function drawRegularRate(model: PurchaseModel, history: PurchaseHistory, draws: Draws): number {
  const of = (name: string): number => model.parameters[name] ?? 0;
  const k = of('k');
  const shape = of('r') + k * history.frequency;
  const total = of('alpha') + history.age;
  const open = Math.max(1e-12, history.age - history.recency);
  const logWeights: number[] = [];
  for (let j = 0; j < k; j++) {
    logWeights.push(j * Math.log(open / total) + logGamma(shape + j) - logGamma(j + 1));
  }
  const most = Math.max(...logWeights);
  const weights = logWeights.map((logWeight) => Math.exp(logWeight - most));
  let left = draws.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  let events = 0;
  while (events < k - 1) {
    left -= weights[events] ?? 0;
    if (left <= 0) break;
    events++;
  }
  return draws.gamma(shape + events) / total;
}
