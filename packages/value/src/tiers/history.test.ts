import { DAY_MS } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_TIER_POLICY } from './default-policy.data.ts';
import { contestTier, effectiveTier, nextTierState, setTier, type TierState } from './history.ts';
import { TIERS, type Tier, type TierDecision } from './tier.ts';

const policy = DEFAULT_TIER_POLICY;
const MONTH = 30 * DAY_MS;

function decision(tier: Tier, probability = 0.85): TierDecision {
  return {
    customer: 'anna',
    tier,
    why: 'least-loss',
    probability,
    probabilities: { top: 0, growable: 0, ordinary: 0, 'below-zero': 0 },
    expected: { actual: 0, growth: 0, saving: 0 },
    interval: { low: 0, high: 0 },
    losses: { keep: 9, grow: 9, maintain: 9, 'below-zero': 9, undecided: 9, [tier]: 0 },
    atStake: 0,
    remedies: [],
    isCurable: false,
  };
}

/** The state after monthly runs that said these tiers. */
function after(runs: readonly (readonly [Tier, number])[]): TierState {
  let state: TierState | undefined;
  for (const [i, [tier, probability]] of runs.entries()) {
    state = nextTierState(state, decision(tier, probability), policy, i * MONTH);
  }
  if (state === undefined) throw new Error('no run');
  return state;
}

test('VAL-95 a tier changes with the second run in a row that says the same', () => {
  expect(
    after([
      ['maintain', 0.8],
      ['grow', 0.7],
    ]).tier,
  ).toBe('maintain');
  expect(
    after([
      ['maintain', 0.8],
      ['grow', 0.7],
      ['grow', 0.7],
    ]).tier,
  ).toBe('grow');
});

test('VAL-95 a run between begins the row anew', () => {
  expect(
    after([
      ['keep', 0.9],
      ['grow', 0.7],
      ['keep', 0.9],
      ['grow', 0.7],
    ]).tier,
  ).toBe('keep');
  expect(
    after([
      ['keep', 0.9],
      ['grow', 0.7],
      ['maintain', 0.7],
    ]).tier,
  ).toBe('keep');
});

test('VAL-95 a run that is certain changes it at once', () => {
  expect(
    after([
      ['maintain', 0.8],
      ['keep', 0.95],
    ]).tier,
  ).toBe('keep');
  expect(
    after([
      ['maintain', 0.8],
      ['keep', 0.949],
    ]).tier,
  ).toBe('maintain');
});

test('VAL-95 one run that is not certain puts nobody below zero, not even the first', () => {
  expect(after([['below-zero', 0.92]]).tier).toBe('undecided');
  expect(
    after([
      ['below-zero', 0.92],
      ['below-zero', 0.92],
    ]).tier,
  ).toBe('below-zero');
  expect(after([['below-zero', 0.97]]).tier).toBe('below-zero');
});

/** A wide run: it says undecided, though that loses 1 more than the tier that stands. */
function wide(standing: Tier, probabilities: Partial<TierDecision['probabilities']>): TierDecision {
  const run = decision('undecided', 0);
  const losses = { ...run.losses, undecided: 3, [standing]: 2 };
  return { ...run, why: 'wide', losses, probabilities: { ...run.probabilities, ...probabilities } };
}

/** The state after this run was said so many months in a row to who had a tier for certain. */
function afterMonthsOf(tier: Tier, run: TierDecision, months: number): TierState {
  let state = after([[tier, 1]]);
  for (let i = 1; i <= months; i++) state = nextTierState(state, run, policy, i * MONTH);
  return state;
}

test('VAL-95 a tier is held while it nearly passes its gate and no other loses less', () => {
  const held: readonly (readonly [Tier, TierDecision])[] = [
    ['keep', wide('keep', { top: 0.71 })],
    ['grow', wide('grow', { growable: 0.51 })],
    ['maintain', wide('maintain', {})],
  ];
  for (const [tier, run] of held) {
    const state = afterMonthsOf(tier, run, 12);
    expect(state).toMatchObject({ tier, since: 0, candidate: undefined });
    // A run that holds renews: the tier does not grow old.
    expect(effectiveTier(state, 13 * MONTH)).toBe(tier);
  }
});

test('VAL-95 a tier whose evidence is gone is given up with the second run', () => {
  const gone: readonly (readonly [Tier, TierDecision])[] = [
    ['keep', wide('keep', { top: 0.69 })],
    ['grow', wide('grow', { growable: 0.49 })],
    ['below-zero', wide('below-zero', { 'below-zero': 0.89 })],
    ['keep', decision('maintain')],
    ['maintain', decision('undecided', 0)],
    ['maintain', { ...wide('maintain', {}), why: 'new' }],
  ];
  for (const [tier, run] of gone) {
    expect(afterMonthsOf(tier, run, 1).tier).toBe(tier);
    expect(afterMonthsOf(tier, run, 2).tier).toBe(run.tier);
  }
});

test('VAL-95 a certain run moves what would be held', () => {
  const losses = { keep: 1, grow: 9, maintain: 1, 'below-zero': 9, undecided: 9 };
  const top = { top: 0.9, growable: 0, ordinary: 0.1, 'below-zero': 0 };
  const run = (probability: number): TierDecision => {
    return { ...decision('maintain', probability), losses, probabilities: top };
  };
  expect(afterMonthsOf('keep', run(0.94), 6).tier).toBe('keep');
  expect(afterMonthsOf('keep', run(0.95), 1).tier).toBe('maintain');
});

test('VAL-95 the same run taken twice counts once', () => {
  const first = after([
    ['maintain', 0.8],
    ['grow', 0.7],
  ]);
  expect(nextTierState(first, decision('grow', 0.7), policy, MONTH)).toEqual(first);
});

test('VAL-95 along any runs, a tier moves only on certainty, two alike, or after it expired', () => {
  const run = fc.tuple(fc.constantFrom(...TIERS), fc.constantFrom(0, 0.7, 0.94, 0.95, 1));
  fc.assert(
    fc.property(fc.array(run, { minLength: 2, maxLength: 12 }), (runs) => {
      let state: TierState | undefined;
      for (const [i, [tier, probability]] of runs.entries()) {
        const now = i * MONTH;
        const next = nextTierState(state, decision(tier, probability), policy, now);
        if (state !== undefined && next.tier !== state.tier && now < state.expires) {
          const isSecond = i > 0 && runs[i - 1]?.[0] === tier;
          expect(probability >= policy.certain || isSecond).toBe(true);
          expect(next.tier).toBe(tier);
        }
        state = next;
      }
    }),
    { numRuns: 1000 },
  );
});

test('VAL-95 waiting for a second run halves the changes of who stands at the border', () => {
  // Runs that say either tier like tossed coins: a change a run without waiting at one in two.
  let seed = 12345;
  const toss = (): boolean => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed > 1073741824;
  };
  let [state, changes, naive]: [TierState | undefined, number, number] = [undefined, 0, 0];
  let last: Tier | undefined;
  for (let i = 0; i < 2000; i++) {
    const tier: Tier = toss() ? 'keep' : 'maintain';
    const next = nextTierState(state, decision(tier, 0.8), policy, i * MONTH);
    if (state !== undefined && next.tier !== state.tier) changes++;
    if (last !== undefined && last !== tier) naive++;
    [state, last] = [next, tier];
  }
  expect(naive).toBeGreaterThan(900);
  // Of coins, the wait for two alike takes away a third of the time, twice: about one run in three.
  expect(changes).toBeLessThan(naive * 0.75);
});

test('VAL-96 a tier that no run renews is gone when it expires', () => {
  const state = after([['keep', 0.9]]);
  expect(effectiveTier(state, policy.validDays * DAY_MS - 1)).toBe('keep');
  expect(effectiveTier(state, policy.validDays * DAY_MS)).toBe('undecided');
  expect(effectiveTier(undefined, 0)).toBe('undecided');
  const renewed = nextTierState(state, decision('keep'), policy, MONTH);
  expect(effectiveTier(renewed, policy.validDays * DAY_MS)).toBe('keep');
  expect(renewed.since).toBe(0);
});

test('VAL-96 after a tier expired the next run decides anew, as if it were the first', () => {
  const runs = [
    ['keep', 0.9],
    ['grow', 0.7],
    ['maintain', 0.7],
    ['grow', 0.7],
  ] as const;
  expect(after(runs).tier).toBe('keep');
  expect(after([...runs, ['maintain', 0.7]]).tier).toBe('maintain');
  expect(after([...runs, ['below-zero', 0.92]]).tier).toBe('undecided');
});

test('VAL-96 a contested tier has no effect, and no run moves it, until a person has decided', () => {
  const contested = contestTier(after([['below-zero', 0.99]]), {
    at: 1,
    words: 'The returns were your mistakes.',
  });
  expect(effectiveTier(contested, 2)).toBe('undecided');
  for (const tier of TIERS) {
    expect(nextTierState(contested, decision(tier, 1), policy, MONTH)).toEqual(contested);
  }
  const again = contestTier(contested, { at: 5, words: 'Hello?' });
  expect(again.contest?.at).toBe(1);
  const settled = setTier(contested, { tier: 'maintain', by: 'staff-7', at: MONTH }, policy);
  expect(effectiveTier(settled, MONTH)).toBe('maintain');
  expect(settled.contest).toBeUndefined();
  expect(() => setTier(contested, { tier: 'maintain', by: '', at: MONTH }, policy)).toThrow();
});
