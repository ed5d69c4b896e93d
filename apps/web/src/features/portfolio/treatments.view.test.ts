import type { Disparity } from '@keepsake/contract';
import { expect, test } from 'vitest';
import {
  effectScale,
  fourFifthsRate,
  groupName,
  rateScale,
  waitingFor,
} from './treatments.view.ts';

const arm = (counted: number) => ({ assigned: 200, counted, mean: counted === 0 ? null : 1 });

test('a treatment waits until an answer has been counted', () => {
  const report = { verdict: 'running', treated: arm(90), control: arm(10), needed: 640 } as const;
  expect(waitingFor(report)).toEqual({ kind: 'counting', counted: 100, needed: 640 });
  expect(waitingFor({ ...report, needed: 40 })).toMatchObject({ needed: 100 });
  expect(waitingFor({ ...report, needed: 18_282 })).toMatchObject({ needed: 18_000 });
  expect(waitingFor({ ...report, needed: null })).toEqual({ kind: 'unknown', counted: 100 });
  expect(waitingFor({ ...report, treated: arm(0), control: arm(0) })).toEqual({ kind: 'nobody' });
  expect(waitingFor({ ...report, verdict: 'works' })).toEqual({ kind: 'answered' });
});

test('all effects are drawn on one scale, with zero on it', () => {
  const effect = { difference: 9, low: -6, high: 24 };
  expect(
    effectScale([
      { effect, worth: 5 },
      { effect: null, worth: 900 },
    ]),
  ).toEqual({
    from: -10,
    to: 30,
  });
});

const report = (reference: string | null): Disparity => ({
  ...{ by: 'joined', reference, smallGroups: 0 },
  groups: [
    ['2024', 0.1],
    ['2025', 0.06],
  ].map(([group, rate]) => ({
    ...{ group: String(group), count: 100, rate: Number(rate), low: 0.02, high: 1.2 },
    ...{ ratio: null, ratioLow: null, ratioHigh: null, fourFifths: 'not-known' as const },
  })),
});

test('the line is four fifths of who is compared with', () => {
  expect(fourFifthsRate(report('2024'))).toBeCloseTo(0.08, 9);
  expect(fourFifthsRate(report(null))).toBeUndefined();
  expect(rateScale(report('2024')).to).toBe(1);
});

test('a country is called by its name, and whatever is none as it is', () => {
  expect(['DE', 'US', 'BERLIN', ''].map((group) => groupName('country', group, 'en'))).toEqual([
    ...['Germany', 'United States', 'BERLIN', ''],
  ]);
  expect(groupName('country', 'US', 'de')).toBe('Vereinigte Staaten');
  expect(groupName('source', 'DE', 'en')).toBe('DE');
});
