import { finish, seededRandom } from '@keepsake/kernel';
import { expect, test } from 'vitest';
import { assignTreatments } from './assign.ts';
import { type ArmMoments, addOutcome, EMPTY_ARM } from './effect.ts';
import { findSubjectsNeeded, judgeRuleOf, judgeTreatment } from './judge.ts';
import { parseTreatments } from './parse-treatments.ts';

/** One treatment from its file over its lots to its verdict; `gain` is what it truly does. */
function verdictAfter(gain: number): string {
  const parsed = parseTreatments({
    version: '1',
    treatments: [
      {
        id: 'card',
        words: 'A card by hand',
        kind: 'offer',
        tiers: ['keep'],
        from: '2026-01-01',
        until: '2027-01-01',
        controlShare: 0.3,
        worth: 4,
      },
    ],
  });
  const treatment = parsed.kind === 'ok' ? parsed.value.treatments[0] : undefined;
  if (parsed.kind !== 'ok' || treatment === undefined) throw new Error('a plan that is right');
  const rule = judgeRuleOf(treatment);
  // What a customer brings: exponential of mean 20, so of variance 400.
  const needed = findSubjectsNeeded(400, rule) ?? 0;
  const { assignments } = finish(
    assignTreatments({
      plan: parsed.value,
      subjects: Array.from({ length: needed }, (_, i) => ({
        subject: `s${i}`,
        tier: 'keep' as const,
        grounds: [],
        isReviewed: false,
        isContested: false,
      })),
      held: [],
      key: 'a key that nobody guesses',
      now: Date.UTC(2026, 5, 1),
    }),
  );
  const random = seededRandom(3);
  const arms: Record<'treated' | 'control', ArmMoments> = {
    treated: EMPTY_ARM,
    control: EMPTY_ARM,
  };
  for (const { arm } of assignments) {
    const outcome = -20 * Math.log(1 - random.next()) + (arm === 'treated' ? gain : 0);
    arms[arm] = addOutcome(arms[arm], outcome);
  }
  return judgeTreatment(arms, rule).verdict;
}

test('VAL-123 from the file over the lots to the verdict', () => {
  expect(verdictAfter(8)).toBe('works');
  expect(verdictAfter(0)).toBe('no-effect-worth');
  expect(verdictAfter(-8)).toBe('harms');
});
