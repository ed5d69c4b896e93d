import { describe, expect, test } from 'vitest';
import { horizonOf } from '../money/horizon.ts';
import { TIERS } from '../tiers/tier.ts';
import { simulateBase } from './base.ts';
import { regretOf, truthAt } from './base-decisions.ts';
import { PREMIUM_BASE } from './base-shape.data.ts';
import { BASE_COSTS } from './base-shape.ts';
import { type NearestSetting, prepareNearestTiers } from './nearest-tiers.ts';
import { rfmTiers } from './rfm.ts';

describe('tiers by the nearest customers whose losses are known', () => {
  const month = PREMIUM_BASE.joiningMonths + 6;
  const horizon = horizonOf(BASE_COSTS, { length: 24, unitsPerYear: 12 });
  const baseOf = (customers: number, seed: number) =>
    simulateBase(PREMIUM_BASE, { customers, months: month, seed });
  const base = baseOf(800, 3);
  const truth = truthAt(base, month, horizon);
  const regret = (how: Partial<NearestSetting>, known = base): number => {
    const setting = { month, horizon, neighbours: 1, withProfile: false, ...how };
    const tiers = prepareNearestTiers(known, setting)(base, base.customers.length);
    return regretOf(tiers, truth).ofTiers;
  };

  test('who is nearest to himself loses nothing', () => {
    expect(regret({})).toBeCloseTo(0, 9);
    expect(regret({ withProfile: true })).toBeCloseTo(0, 9);
  });

  test('where all are asked, all have the tier that loses least on the whole', () => {
    const constant = TIERS.map(
      (tier) =>
        regretOf(
          base.customers.map(() => tier),
          truth,
        ).ofTiers,
    );
    const all = { neighbours: base.customers.length };
    expect(regret(all)).toBeCloseTo(Math.min(...constant), 9);
  });

  test('others tell more than quintiles do, and with profiles more than without', () => {
    const known = baseOf(5_000, 4);
    const [without, withProfile] = [false, true].map((is) =>
      regret({ neighbours: 50, withProfile: is }, known),
    );
    const quintiles = regretOf(rfmTiers(base, month, 'maintain'), truth).ofTiers;
    expect(without).toBeLessThan(0.8 * quintiles);
    expect(withProfile).toBeLessThan(without ?? 0);
    expect(withProfile).toBeGreaterThan(0.2 * quintiles);
  });

  test('the first so many are decided as they are among all', () => {
    const decide = prepareNearestTiers(baseOf(500, 5), {
      ...{ month, horizon, neighbours: 20, withProfile: true },
    });
    expect(decide(base, 40)).toEqual(decide(base, 800).slice(0, 40));
  });
});
