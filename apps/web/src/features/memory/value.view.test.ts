import { describe, expect, test } from 'vitest';
import { mainReasons, stateOf } from './value.view.ts';

describe('how a customer is differentiated', () => {
  const contest = { at: '2026-11-01T00:00:00Z', words: 'I moved house.' };

  test('holds, is suspended by an objection, or has grown old', () => {
    expect(stateOf({ contest: null, tier: 'grow', given: 'grow' })).toBe('holds');
    expect(stateOf({ contest, tier: 'undecided', given: 'grow' })).toBe('suspended');
    expect(stateOf({ contest, tier: 'undecided', given: 'undecided' })).toBe('suspended');
    expect(stateOf({ contest: null, tier: 'undecided', given: 'grow' })).toBe('old');
  });

  test('rests on what weighs most, either way', () => {
    const reason = (driver: 'spend' | 'alive' | 'lines', amount: number) => ({
      ...{ driver, amount, customer: 1, cohort: 1 },
    });
    const reasons = [reason('lines', 3), reason('alive', 60), reason('spend', -200)];
    expect(mainReasons({ reasons }).map(({ driver }) => driver)).toEqual(['spend', 'alive']);
    expect(mainReasons({ reasons: [reason('lines', 0)] })).toEqual([]);
    expect(mainReasons({ reasons: [] })).toEqual([]);
  });
});
