import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { FittedModelName } from '../fit/purchase-models.ts';
import { columnsOf } from '../money/accounts.ts';
import { driversOf } from '../money/drivers.ts';
import { horizonOf } from '../money/horizon.ts';
import { oneDrawEach, type TierDrawTerms, tierDraws } from '../money/tier-draws.ts';
import { prepareValueDraws } from '../money/value-draws.ts';
import { fitValueModel, type PlacedValueModel, type ValueModel } from '../money/value-model.ts';
import { accountsAt, simulateBase } from '../testing/base.ts';
import { BASE_POLICY } from '../testing/base-policy.data.ts';
import { FLEETING_BASE } from '../testing/base-shape.data.ts';
import { decideTiers, startTierRun } from '../tiers/decide.ts';
import { type OpenedValueModel, openValueModel, placeCustomers } from './open-model.ts';
import { saveValueModel } from './saved-model.ts';

const MONTH = 24;
const base = simulateBase(FLEETING_BASE, { customers: 400, months: MONTH + 3, seed: 21 });
const { table } = base;
const accounts = accountsAt(base, MONTH);
const columns = columnsOf(accounts);
const horizon = horizonOf(table, { length: 12, residual: 12, unitsPerYear: 12 });
const model = fitOf('pareto-nbd');

function fitOf(name: FittedModelName): ValueModel {
  const fitted = finish(
    fitValueModel(columns, table, { models: [name], parameterDraws: 4, seed: 3 }),
  );
  if (fitted.kind !== 'fitted') throw new Error(fitted.of);
  return fitted;
}

function reopened(fitted: ValueModel): OpenedValueModel {
  const opened = openValueModel(JSON.parse(JSON.stringify(saveValueModel(fitted))));
  if (opened.kind === 'refused') throw new Error(opened.error.path);
  return opened.value;
}

function drawTermsOf(placed: PlacedValueModel): TierDrawTerms {
  const terms = { columns, model: placed, table, horizon, count: 12, seed: 8 };
  const drawing = { ...terms, kind: 'expected' as const };
  const potentialPurchases = oneDrawEach(drawing).purchases.map((one) => one + 1);
  return { ...drawing, potentialPurchases, growth: { reach: 0.3, cost: 5 }, newAge: 1 };
}

/** All that is said of a base by a model: drivers, draws of both kinds and decisions. */
function answersOf(placed: PlacedValueModel) {
  const terms = drawTermsOf(placed);
  const run = startTierRun(BASE_POLICY, oneDrawEach(terms).actual);
  const realised = prepareValueDraws({ ...terms, kind: 'realised' });
  return {
    drivers: driversOf(columns, placed, { table, horizon }),
    draws: [...tierDraws(terms)],
    realised: accounts.slice(0, 50).map((_, i) => realised(i)),
    decisions: finish(decideTiers(tierDraws(terms), accounts.length, run)),
  };
}

describe('a saved model', () => {
  test('VAL-200 after a trip through JSON it answers with the very numbers of the fit', () => {
    expect(answersOf(placeCustomers(reopened(model), columns, table))).toEqual(answersOf(model));
  });

  test.each(['nbd', 'bg-nbd', 'mbg-nbd'] as const)(
    'VAL-200 so it does with %s',
    (name: FittedModelName) => {
      const fitted = fitOf(name);
      expect(answersOf(placeCustomers(reopened(fitted), columns, table))).toEqual(
        answersOf(fitted),
      );
    },
  );

  test('VAL-200 saving what was opened and saved again changes nothing, and says what was found', () => {
    const saved = saveValueModel(model);
    expect(JSON.parse(JSON.stringify(saved))).toEqual(saved);
    expect(saved.found).toEqual({
      customers: accounts.length,
      purchases: model.purchaseFit.verdict,
      spend: model.spendFit.verdict,
    });
    expect(reopened(model).found).toEqual(saved.found);
  });

  test('VAL-200 a model is as small for many customers as for few', () => {
    const half = columnsOf(accounts.slice(0, accounts.length / 2));
    const options = { models: ['pareto-nbd'], parameterDraws: 4, seed: 3 } as const;
    const small = finish(fitValueModel(half, table, options));
    if (small.kind !== 'fitted') throw new Error(small.of);
    const sizeOf = (one: ValueModel): number => JSON.stringify(saveValueModel(one)).length;
    expect(sizeOf(model) / sizeOf(small)).toBeLessThan(1.1);
    expect(sizeOf(model)).toBeLessThan(8_000);
  });
});

describe('placing customers', () => {
  test('VAL-201 the columns of the fit come out as the fit has them', () => {
    const placed = placeCustomers(model, columns, table);
    expect(placed.service).toEqual(model.service);
    expect(placed.parameters).toBe(model.parameters);
  });

  test('VAL-201 one customer alone is valued as among all the others', () => {
    const drawing = drawTermsOf(model);
    const whole = prepareValueDraws(drawing);
    const opened = reopened(model);
    for (const i of [0, 5, 77, 321]) {
      const own = columnsOf(accounts.slice(i, i + 1));
      const alone = placeCustomers(opened, own, table);
      const terms = { ...drawing, columns: own, model: alone };
      expect(prepareValueDraws(terms)(0)).toEqual(whole(i));
    }
  });

  test('VAL-201 who joined since is placed by the same scale, and nobody moves for it', () => {
    const later = columnsOf(accountsAt(base, MONTH + 3));
    const { levels } = placeCustomers(model, later, table).service;
    expect(levels.of.length).toBe(later.customer.length);
    expect(levels.logs).toEqual(model.service.levels.logs);
    later.customer.forEach((_, i) => {
      const log = Math.log(
        ((later.frequency[i] ?? 0) + 1) / ((later.age[i] ?? 0) + levels.typicalAge),
      );
      expect(levels.of[i]).toBe(levels.edges.filter((edge) => log >= edge).length);
    });
  });

  test('VAL-201 margins are those of the table of the day', () => {
    const dear = { ...table, marginBasisPoints: 100, marginBasisPointsByCategory: {} };
    const { ownMargins } = placeCustomers(model, columns, dear).service;
    for (const mean of ownMargins.mean) expect(mean).toBeCloseTo(0.01, 12);
  });
});

describe('data that is no saved model', () => {
  const saved = saveValueModel(model);
  const [first] = saved.parameters;
  if (first === undefined) throw new Error('the fit itself is always there');
  const levels = saved.levels;

  test.each([
    [undefined, ''],
    [[], ''],
    [{ ...saved, more: 1 }, 'more'],
    [{ ...saved, returns: undefined }, 'returns'],
    [{ ...saved, emptied: 1.5 }, 'emptied'],
    [{ ...saved, emptied: Number.NaN }, 'emptied'],
    [{ ...saved, parameters: [] }, 'parameters'],
    [{ ...saved, parameters: [{ ...first, purchase: 'other' }] }, 'parameters[0].purchase'],
    [{ ...saved, parameters: [{ ...first, values: { r: 1 } }] }, 'parameters[0].values.alpha'],
    [{ ...saved, parameters: [first, { ...first, spendSlope: '1' }] }, 'parameters[1].spendSlope'],
    [{ ...saved, channels: undefined }, 'channels'],
    [{ ...saved, contacts: [] }, 'contacts'],
    [{ ...saved, levels: { ...levels, logs: [0] } }, 'levels.logs'],
    [{ ...saved, levels: { ...levels, edges: [...levels.edges].reverse() } }, 'levels.edges'],
    [{ ...saved, extraLines: { ...saved.extraLines, point: [1, null, 0] } }, 'extraLines.point[1]'],
    [{ ...saved, margin: { ...saved.margin, within: -1 } }, 'margin.within'],
  ])('VAL-202 is refused with the place that is wrong (%#)', (data, path) => {
    const opened = openValueModel(data);
    expect(opened.kind === 'refused' && opened.error).toMatchObject({ code: 'broken', path });
  });

  test.each([
    { ...saved, format: 2 },
    { ...saved, format: '1' },
    { ...saved, format: undefined },
    {},
  ])('VAL-202 another format is called so (%#)', (data) => {
    const opened = openValueModel(data);
    expect(opened).toEqual({ kind: 'refused', error: { code: 'other-format', path: 'format' } });
  });

  test('VAL-202 whatever one part is exchanged for, the answer is a refusal or a model', () => {
    for (const key of Object.keys(saved)) {
      for (const junk of [null, 0, -1, 'x', [], {}, [null], { length: 3 }, true]) {
        expect(() => openValueModel({ ...saved, [key]: junk })).not.toThrow();
      }
    }
  });
});
