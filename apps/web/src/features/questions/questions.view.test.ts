import type { AskCounts, QuestionReport } from '@keepsake/contract';
import { expect, test } from 'vitest';
import { answeredShare, spansOf } from './questions.view.ts';

const counts: AskCounts = {
  ...{ needs: 4, known: 1, confirm: 1, asked: 2, repeats: 1, declined: 0, later: 0 },
  repeatRate: 0.5,
};
const days = (count: number): QuestionReport['days'] =>
  Array.from({ length: count }, (_, index) => ({
    ...counts,
    date: `2026-03-${String(index + 1).padStart(2, '0')}`,
  }));

test('a month is drawn by day, a year by spans that end today and lose nothing', () => {
  expect(spansOf(days(30)).length).toBe(30);
  const year = spansOf(days(365));
  expect(year.length).toBeLessThanOrEqual(31);
  expect(year.reduce((sum, span) => sum + span.asked, 0)).toBe(730);
  expect(year.at(-1)?.to).toBe(days(365).at(-1)?.date);
  expect(spansOf([])).toEqual([]);
});

test('the share answered is unknown where nothing was needed', () => {
  expect(answeredShare(counts)).toBe(0.5);
  expect(answeredShare({ ...counts, needs: 0 })).toBeUndefined();
});
