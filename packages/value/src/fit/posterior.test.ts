import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { createDraws } from '../numerics/index.ts';
import {
  type BuyingProcess,
  nbdProcess,
  paretoNbdProcess,
  type SimulatedCustomer,
  simulateCustomers,
} from '../simulate/index.ts';
import { groupSummaries } from '../summaries/purchase-totals.ts';
import { type FittedPurchases, fitPurchasesNow } from './fit-purchases.ts';
import { drawModels } from './laplace.ts';
import { predictPurchases } from './predict.ts';
import { type FittedModelName, MODEL_DEFINITIONS } from './purchase-models.ts';

const YOUNG = { ageMin: 10, ageMax: 40, horizon: 20 };
const LIFETIMES = paretoNbdProcess({ r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 });

function simulate(process: BuyingProcess, customers: number, seed: number): SimulatedCustomer[] {
  return [...simulateCustomers(process, { ...YOUNG, customers }, createDraws(seededRandom(seed)))];
}

function fitted(customers: readonly SimulatedCustomer[], name: FittedModelName): FittedPurchases {
  const fit = fitPurchasesNow(groupSummaries(customers), name);
  if (fit.verdict === 'too-little-data') throw new Error('there is enough');
  return fit;
}

describe('a weak prior', () => {
  test.each(['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const)(
    'VAL-132 has the gradient that its differences say: %s',
    (name) => {
      const { parameters, prior } = MODEL_DEFINITIONS[name];
      const draws = createDraws(seededRandom(3));
      for (let trial = 0; trial < 50; trial++) {
        const point = Float64Array.from(parameters, () => 4 * draws.normal());
        const { gradient } = prior(point, 30);
        point.forEach((value, i) => {
          const at = (moved: number): number => prior(point.with(i, value + moved), 30).value;
          expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
        });
      }
    },
  );
});

describe('draws of the parameters', () => {
  test('VAL-132 those of NBD are as the posterior is on a grid', () => {
    const customers = simulate(nbdProcess({ r: 0.385, alpha: 12.07 }), 150, 2);
    const fit = fitted(customers, 'nbd');
    const { posterior } = fit;
    if (posterior === undefined) throw new Error('the base is small');
    const rate = ([r = 0, alpha = 0]: Float64Array): number => r - alpha;
    const [r = 0, alpha = 0] = posterior.start;
    const peak = finish(posterior.objective(posterior.start)).value;
    let [whole, mean] = [0, 0];
    for (let i = -40; i <= 40; i++) {
      for (let j = -40; j <= 40; j++) {
        const point = Float64Array.of(r + i / 20, alpha + j / 20);
        const weight = Math.exp(finish(posterior.objective(point)).value - peak);
        whole += weight;
        mean += weight * rate(point);
      }
    }
    const models = finish(drawModels(fit, 200, createDraws(seededRandom(1))));
    const drawn = models.map(({ parameters }) =>
      Math.log((parameters['r'] ?? 0) / (parameters['alpha'] ?? 0)),
    );
    const own = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    expect(Math.abs(own - mean / whole)).toBeLessThan(0.04);
  });

  test('VAL-132 are the same for the same chance', () => {
    const fit = fitted(simulate(LIFETIMES, 200, 6), 'pareto-nbd');
    const draw = (seed: number) =>
      finish(drawModels(fit, 20, createDraws(seededRandom(seed)))).map((one) => one.parameters);
    expect(draw(8)).toEqual(draw(8));
    expect(draw(8)).not.toEqual(draw(9));
  });

  test('VAL-132 of a large base they are normal, whose likelihood is as good as normal', () => {
    const process = nbdProcess({ r: 0.385, alpha: 12.07 });
    expect(fitted(simulate(process, 1999, 1), 'nbd').posterior).toBeDefined();
    expect(fitted(simulate(process, 2000, 1), 'nbd').posterior).toBeUndefined();
  });

  test('VAL-132 most intervals hold what a small and young base buys, no fewer than normal ones', () => {
    let [held, heldByNormal] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const customers = simulate(LIFETIMES, 300, seed);
      const bought = customers.reduce((sum, one) => sum + one.heldOut, 0);
      const fit = fitted(customers, 'pareto-nbd');
      const isHeld = (by: FittedPurchases): boolean => {
        const random = seededRandom(seed + 1000);
        const options = { horizon: YOUNG.horizon, random, draws: 60 };
        const { interval } = finish(predictPurchases(by, customers, options));
        return bought >= interval.from && bought <= interval.to;
      };
      held += isHeld(fit) ? 1 : 0;
      heldByNormal += isHeld({ ...fit, posterior: undefined }) ? 1 : 0;
    }
    expect(held).toBeGreaterThanOrEqual(9);
    expect(held).toBeGreaterThanOrEqual(heldByNormal);
  });
});
