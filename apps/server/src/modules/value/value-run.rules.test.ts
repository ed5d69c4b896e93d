import { DAY_MS } from '@keepsake/kernel';
import { DEFAULT_TIER_POLICY, type TierDecision } from '@keepsake/value';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StandingTier } from './kept-tiers.store.ts';
import {
  MODEL_KEPT_MS,
  monthOf,
  monthsToDecide,
  needsFit,
  nextOf,
  progressOf,
  seedOf,
  stateOf,
  testCut,
  tierRowOf,
} from './value-run.rules.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

describe('a base is fitted', () => {
  const model = { costs: 'one', fitted_at: new Date(NOW - MODEL_KEPT_MS) };
  const run = { wantsFit: false, costs: 'one', now: NOW };

  test('when somebody asks, the costs are others, the fit is old, or there is none', () => {
    expect(needsFit(run, model)).toBe(false);
    expect(needsFit({ ...run, wantsFit: true }, model)).toBe(true);
    expect(needsFit({ ...run, costs: 'two' }, model)).toBe(true);
    expect(needsFit({ ...run, now: NOW + 1 }, model)).toBe(true);
    expect(needsFit(run, undefined)).toBe(true);
  });
});

describe('months that have passed', () => {
  test('are told by their first day, their last one and their last moment, the oldest first', () => {
    expect(monthsToDecide(NOW, 2, [])).toEqual([
      {
        ...{ month: '2026-01-01', until: '2026-01-31', isFitted: true },
        at: Date.parse('2026-01-31T23:59:59.999Z'),
      },
      {
        ...{ month: '2026-02-01', until: '2026-02-28', isFitted: false },
        at: Date.parse('2026-02-28T23:59:59.999Z'),
      },
    ]);
  });

  test('go over the turn of the year, and leap days are there', () => {
    const months = monthsToDecide(Date.parse('2024-03-31T23:59:59Z'), 4, []);
    expect(months.map(({ month, until }) => [month, until])).toEqual([
      ['2023-11-01', '2023-11-30'],
      ['2023-12-01', '2023-12-31'],
      ['2024-01-01', '2024-01-31'],
      ['2024-02-01', '2024-02-29'],
    ]);
  });

  test('are left out where they are decided, and every third of the others is fitted', () => {
    const months = monthsToDecide(NOW, 6, ['2025-10-01', '2026-03-01']);
    expect(months.map(({ month, isFitted }) => [month, isFitted])).toEqual([
      ['2025-09-01', true],
      ['2025-11-01', false],
      ['2025-12-01', false],
      ['2026-01-01', true],
      ['2026-02-01', false],
    ]);
    expect(monthsToDecide(NOW, 0, [])).toEqual([]);
  });

  test('the month at hand is never among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 42 }), fc.nat(24), (now, count) => {
        const months = monthsToDecide(now, count, []);
        expect(months.length).toBe(count);
        for (const [i, { month, at }] of months.entries()) {
          expect(at).toBeLessThan(now);
          expect(monthOf(at)).toBe(month);
          expect(monthOf(at + 1)).toBe(months[i + 1]?.month ?? monthOf(now));
        }
      }),
    );
  });
});

describe('a model is tested', () => {
  test.each([
    ['2020-01-01', '2025-09-01', 182],
    ['2024-03-02', '2025-09-01', 182],
    // A quarter of a year.
    ['2025-03-02', '2025-12-01', 91],
    ['2025-09-01', '2026-01-16', 45],
  ])('by what came in the last half a year, or quarter of the history: %s', (first, cut, days) => {
    expect(testCut(first, '2026-03-02')).toBe(cut);
    expect((Date.parse('2026-03-02') - Date.parse(cut)) / DAY_MS).toBe(days);
  });

  test('not where there is less than half a year', () => {
    expect(testCut('2025-09-02', '2026-03-02')).toBeUndefined();
    expect(testCut('2026-03-02', '2026-03-02')).toBeUndefined();
  });
});

describe('progress', () => {
  const steps = ['adding-up', 'fitting', 'testing', 'scoring', 'keeping'] as const;

  test.each([0, 1, 12])('never goes back, from nothing to all, with %d months', (months) => {
    const places = Array.from({ length: months + 1 }, (_, month) =>
      steps.flatMap((step) => [0, 0.5, 1].map((share) => ({ month, months, step, share }))),
    );
    const seen = places.flat().map(progressOf);
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBeCloseTo(1, 12);
    for (const [i, value] of seen.entries()) {
      expect(value).toBeGreaterThanOrEqual((seen[i - 1] ?? 0) - 1e-12);
    }
  });

  test('is a share, whatever a step says of itself', () => {
    const place = { month: 0, months: 0, step: 'scoring' } as const;
    expect(progressOf({ ...place, share: 7 })).toBe(progressOf({ ...place, share: 1 }));
    expect(progressOf({ ...place, share: -1 })).toBe(progressOf({ ...place, share: 0 }));
  });
});

describe('a tier', () => {
  const instant = fc.integer({ min: 0, max: 2 ** 42 }).map((at) => new Date(at));
  const tier = fc.constantFrom('keep', 'grow', 'maintain', 'below-zero', 'undecided');

  test('is stored as it is, but for the words of an objection', () => {
    const candidate = fc.option(fc.record({ tier, runs: fc.integer({ min: 1, max: 9 }) }));
    const row = fc.record({
      ...{
        person: fc.uuid(),
        tier,
        since: instant,
        expires: instant,
        last_run: instant,
        candidate,
      },
      contested_at: fc.option(instant),
    });
    fc.assert(
      fc.property(row, ({ candidate: other, contested_at, ...rest }) => {
        const runs = { candidate: other?.tier ?? null, candidate_runs: other?.runs ?? null };
        const state = stateOf({ ...rest, ...runs, contested_at });
        expect(tierRowOf(state)).toEqual({ ...rest, ...runs });
        expect(state.contest?.at).toBe(contested_at?.getTime());
      }),
    );
  });
});

describe('what a run gives', () => {
  const now = Date.UTC(2026, 2, 1);
  const person = '00000000-0000-7000-8000-000000000001';
  const earlier = new Date(now - DAY_MS);
  const standing: StandingTier = {
    ...{ person, tier: 'maintain', since: earlier, expires: new Date(now + DAY_MS) },
    ...{ last_run: earlier, candidate: null, candidate_runs: null, contested_at: null, stood: '7' },
  };
  const decision: TierDecision = {
    ...{ customer: person, tier: 'keep', why: 'least-loss', probability: 1, atStake: 0 },
    probabilities: { top: 1, growable: 0, ordinary: 0, 'below-zero': 0 },
    expected: { actual: 9, growth: 0, saving: 0 },
    interval: { low: 8, high: 10 },
    losses: { keep: 0, grow: 1, maintain: 1, 'below-zero': 1, undecided: 1 },
    ...{ remedies: [], isCurable: false },
  };
  const by = { decision, policy: DEFAULT_TIER_POLICY, now };

  test('follows from the tier that stands, and says from which version of it', () => {
    expect(nextOf({ stood: standing, past: undefined }, by)).toMatchObject({
      ...{ next_tier: 'keep', next_since: new Date(now), next_candidate: null, stood: '7' },
    });
  });

  test('is a first tier where none stands, and goes on from past months', () => {
    const first = nextOf({ stood: undefined, past: undefined }, by);
    expect(first).toMatchObject({ next_tier: 'keep', stood: null });
    const past = stateOf({ ...standing, tier: 'keep' });
    const next = nextOf({ stood: undefined, past }, by);
    expect(next).toMatchObject({ next_tier: 'keep', next_since: earlier, stood: null });
  });

  test('is nothing while an objection stands', () => {
    const contested = { ...standing, contested_at: earlier };
    expect(nextOf({ stood: contested, past: undefined }, by)).toEqual({});
  });
});

test('a company has a seed of its own, the same each time', () => {
  expect(seedOf('acme')).toBe(seedOf('acme'));
  expect(seedOf('acme')).not.toBe(seedOf('acmf'));
  fc.assert(
    fc.property(fc.string(), (company) => {
      expect(seedOf(company)).toBeGreaterThanOrEqual(0);
      expect(Number.isInteger(seedOf(company))).toBe(true);
    }),
  );
});
