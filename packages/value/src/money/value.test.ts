import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { discountedResidualPurchases } from '../models/discounted.ts';
import { createMbgNbd, createNbd, createParetoNbd } from '../models/index.ts';
import { accountsAt, simulateBase } from '../testing/base.ts';
import { FLEETING_BASE } from '../testing/base-shape.data.ts';
import { columnsOf } from './accounts.ts';
import { contributionOf, driversAt, driversOf, valueOfDrivers } from './drivers.ts';
import { discountedPurchases, horizonOf, purchasesOfRate } from './horizon.ts';
import { ratesOf } from './service.ts';
import { type DrawTerms, prepareValueDraws } from './value-draws.ts';
import { fitValueModel, type ValueModel } from './value-model.ts';

const MONTH = 30;
const base = simulateBase(FLEETING_BASE, { customers: 1_500, months: MONTH, seed: 11 });
const accounts = accountsAt(base, MONTH);
const columns = columnsOf(accounts);
const horizon = horizonOf(base.table, { length: 12, residual: 24, unitsPerYear: 12 });
const fitted = finish(
  fitValueModel(columns, base.table, { models: ['mbg-nbd'], parameterDraws: 1, seed: 1 }),
);
const terms = { table: base.table, horizon };

function modelOf(): ValueModel {
  if (fitted.kind !== 'fitted') throw new Error(fitted.of);
  return fitted;
}

const drawTerms = (kind: DrawTerms['kind'], count: number): DrawTerms => ({
  columns,
  model: modelOf(),
  ...terms,
  count,
  seed: 5,
  kind,
});

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the horizon', () => {
  test.each([
    createParetoNbd({ r: 0.6, alpha: 3, s: 0.6, beta: 8 }),
    createMbgNbd({ r: 0.5, alpha: 2, a: 0.9, b: 1.6 }),
    createNbd({ r: 0.5, alpha: 2 }),
  ])('VAL-68 discounted purchases of $name agree with sums over short steps', (model) => {
    const history = { frequency: 4, recency: 20, age: 26 };
    const long = { length: 24, residual: 36, discount: 0.03 };
    const found = discountedPurchases(model, history, long);
    const sums = [0, 0];
    const step = 0.01;
    for (let k = 0; k < 6_000; k++) {
      const gain =
        model.expectedPurchases(4, 20, 26, (k + 1) * step) -
        (k === 0 ? 0 : model.expectedPurchases(4, 20, 26, k * step));
      const part = k < 2_400 ? 0 : 1;
      sums[part] = (sums[part] ?? 0) + Math.exp(-0.03 * (k + 0.5) * step) * gain;
    }
    expect(found.within).toBeCloseTo(sums[0] ?? 0, 4);
    expect(found.residual).toBeCloseTo(sums[1] ?? 0, 4);
    const plain = discountedPurchases(model, history, { length: 24, residual: 0, discount: 0 });
    expect(plain.within).toBe(model.expectedPurchases(4, 20, 26, 24));
  });

  test('VAL-68 they are the integral of the rate, over long horizons and at high interest too', () => {
    const model = createParetoNbd({ r: 0.6, alpha: 3, s: 0.6, beta: 8 });
    const history = { frequency: 4, recency: 20, age: 26 };
    for (const discount of [0.001, 0.01, 0.1]) {
      for (const length of [12, 52, 520]) {
        const { within } = discountedPurchases(model, history, { length, residual: 0, discount });
        const whole = discountedResidualPurchases(model, history, {
          rate: discount,
          horizon: length,
        });
        expect(Math.abs(within / whole - 1)).toBeLessThan(1e-4);
      }
    }
  });

  test('VAL-68 purchases of a known rate: none in no time, all where nobody leaves', () => {
    expect(purchasesOfRate({ rate: 2, hazard: 0.5 }, 0, 0.1)).toBe(0);
    expect(purchasesOfRate({ rate: 2, hazard: 0 }, 3, 0)).toBe(6);
    expect(purchasesOfRate({ rate: 2, hazard: 0.5 }, 1e9, 0)).toBeCloseTo(4, 9);
  });
});

describe('value', () => {
  const drivers = driversOf(columns, modelOf(), terms);
  const rates = ratesOf(base.table, modelOf().service);

  test('VAL-69 each driver is what its own model says, and value is what they make', () => {
    const { purchase, service, spend } = modelOf();
    for (const i of [0, 7, 400, 1_499]) {
      const { frequency, recency, age } = accounts[i] ?? { frequency: 0, recency: 0, age: 0 };
      const own = driversAt(drivers, i);
      const alive = purchase.probabilityAlive(frequency, recency, age);
      const expected = discountedPurchases(purchase, { frequency, recency, age }, horizon);
      expect(own.alive).toBe(alive);
      expect(own.alive * own.purchases).toBeCloseTo(expected.within, 10);
      expect(own.alive * (drivers.residual[i] ?? 0)).toBeCloseTo(expected.residual, 10);
      const prior = service.returns.priors[service.levels.of[i] ?? 0] ?? { a: 0, b: 0 };
      const share = (prior.a + (accounts[i]?.returns ?? 0)) / (prior.a + prior.b + frequency + 1);
      expect(own.returnRate).toBeCloseTo(share, 12);
      expect(own.spend).toBeGreaterThan(0);
      expect(spend.model.parameters.q).toBeGreaterThan(1);
      expect(valueOfDrivers(own, rates)).toBeCloseTo(
        expected.within * contributionOf(own, rates),
        9,
      );
    }
  });

  test('VAL-69 a purchase brings its margin on what is kept, less what serving it costs', () => {
    const contribution = contributionOf(
      { spend: 100, margin: 0.4, returnRate: 0.2, lines: 2, contactCost: 3 },
      { perOrder: 4, perLine: 0.5, perReturn: 10, payment: 0.02, emptied: 0.5 },
    );
    expect(contribution).toBeCloseTo(100 * 0.9 * 0.38 - 4 - 1 - 2 - 3, 12);
  });

  test('VAL-70 draws of value have the point value for their mean', () => {
    const draw = prepareValueDraws(drawTerms('expected', 400));
    let [point, drawn] = [0, 0];
    for (let i = 0; i < 300; i++) {
      point += valueOfDrivers(driversAt(drivers, i), rates);
      drawn += meanOf(draw(i).actual);
    }
    expect(Math.abs(drawn / point - 1)).toBeLessThan(0.03);
  });

  test('VAL-70 what happens has the mean of what is expected, and strays further', () => {
    const calm = prepareValueDraws({
      ...drawTerms('expected', 400),
      horizon: { ...horizon, discount: 0 },
    });
    const wild = prepareValueDraws(drawTerms('realised', 400));
    let [expected, happened, calm2, wild2] = [0, 0, 0, 0];
    for (let i = 0; i < 300; i++) {
      const [a, b] = [calm(i).actual, wild(i).actual];
      expected += meanOf(a);
      happened += meanOf(b);
      calm2 += meanOf(a.map((value) => value * value));
      wild2 += meanOf(b.map((value) => value * value));
    }
    expect(Math.abs(happened / expected - 1)).toBeLessThan(0.04);
    expect(wild2).toBeGreaterThan(1.05 * calm2);
  });

  test('VAL-70 value and costs of a draw are margin together: none of either without purchases', () => {
    const draw = prepareValueDraws(drawTerms('expected', 200));
    for (let i = 0; i < 50; i++) {
      const { actual, purchases, costs } = draw(i);
      actual.forEach((value, d) => {
        const orders = costs.orders[d] ?? 0;
        expect(orders).toBeCloseTo((purchases[d] ?? 0) * rates.perOrder, 9);
        if (purchases[d] === 0) expect(value).toBe(0);
      });
    }
  });

  test('VAL-71 a customer has the same draws whoever else is in the base', () => {
    const all = prepareValueDraws(drawTerms('expected', 50));
    const again = prepareValueDraws(drawTerms('expected', 50));
    again(3);
    again(900);
    expect(again(17)).toEqual(all(17));
    expect(all(18).actual).not.toEqual(all(17).actual);
    const other = prepareValueDraws({ ...drawTerms('expected', 50), seed: 6 });
    expect(other(17).actual).not.toEqual(all(17).actual);
  });

  test('VAL-72 a base that says too little has no model of value', () => {
    const few = finish(fitValueModel(columnsOf(accounts.slice(0, 5)), base.table));
    expect(few).toEqual({ kind: 'too-little-data', of: 'purchases' });
    const unspent = accounts.map((account) => ({ ...account, spendCount: 0, meanSpend: 0 }));
    const free = finish(
      fitValueModel(columnsOf(unspent), base.table, {
        models: ['mbg-nbd'],
        parameterDraws: 1,
        seed: 1,
      }),
    );
    expect(free).toEqual({ kind: 'too-little-data', of: 'spend' });
  });
});
