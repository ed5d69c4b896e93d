import { expect, test } from 'vitest';
import { shownPolicy } from './policy.view.ts';

test('a policy is shown row by row, and what loses nothing has no parts', () => {
  const policy = shownPolicy({
    version: 'p-1',
    top: { of: 'value', share: 0.5 },
    gates: { keep: 0.8, grow: 0.6, belowZero: 0.9 },
    losses: { keep: { ordinary: { fixed: 15, ofValue: 0, ofGrowth: 0.5 } } },
    remedies: [{ id: 'fee', words: { de: 'Gebühr' }, cuts: { returns: 0.5 }, cost: 8 }],
  });
  expect(policy.top).toEqual({ of: 'value', share: 0.5 });
  expect(policy.losses[0]).toEqual({
    tier: 'keep',
    cells: [
      [],
      [],
      [
        { part: 'fixed', size: 15 },
        { part: 'ofGrowth', size: 0.5 },
      ],
      [],
    ],
  });
  expect(policy.losses).toHaveLength(5);
  expect(policy.remedies[0]).toEqual({
    id: 'fee',
    words: { en: 'fee', de: 'Gebühr' },
    cuts: [{ kind: 'returns', share: 0.5 }],
    cost: 8,
  });
});

test('what is no policy breaks nothing', () => {
  expect(shownPolicy({})).toMatchObject({ version: '', top: undefined, remedies: [] });
});
