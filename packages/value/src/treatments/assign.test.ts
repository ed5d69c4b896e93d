import { finish } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIERS, type Tier } from '../tiers/tier.ts';
import {
  type Assignment,
  type AssignmentOutcome,
  assignTreatments,
  lotOf,
  type TreatmentSubject,
} from './assign.ts';
import type { Treatment } from './treatment.ts';

const KEY = 'a key that nobody guesses';

function treatment(id: string, changes: Partial<Treatment> = {}): Treatment {
  return {
    id,
    words: { en: id },
    kind: 'offer',
    tiers: TIERS,
    priority: 0,
    excludes: [],
    from: 0,
    until: 1000,
    budget: undefined,
    controlShare: 0.2,
    worth: 1,
    grounds: [],
    act: undefined,
    ...changes,
  };
}

function subject(id: string, changes: Partial<TreatmentSubject> = {}): TreatmentSubject {
  return {
    subject: id,
    tier: 'maintain',
    grounds: [],
    isReviewed: false,
    isContested: false,
    ...changes,
  };
}

function assign(
  treatments: readonly Treatment[],
  subjects: readonly TreatmentSubject[],
  held: readonly Assignment[] = [],
  now = 10,
): AssignmentOutcome {
  const plan = { version: '1', grounds: [], treatments };
  return finish(assignTreatments({ plan, subjects, held, key: KEY, now }));
}

const crowd = (count: number): readonly TreatmentSubject[] =>
  Array.from({ length: count }, (_, i) => subject(`s${i}`));

const sorted = (outcome: AssignmentOutcome): readonly string[] =>
  outcome.assignments.map((one) => `${one.subject} ${one.treatment} ${one.arm}`).sort();

test('VAL-113 a lot depends on key, treatment and subject, and on nobody else', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 20 }),
      fc.nat(),
      (ids, cut) => {
        const all = [treatment('a'), treatment('b')];
        const subjects = ids.map((id) => subject(id));
        const outcome = assign(all, subjects);
        expect(sorted(assign(all.toReversed(), subjects.toReversed()))).toEqual(sorted(outcome));
        const some = subjects.slice(0, 1 + (cut % subjects.length));
        const kept = new Set(some.map((one) => one.subject));
        expect(sorted(assign(all, some))).toEqual(
          sorted({
            ...outcome,
            assignments: outcome.assignments.filter((one) => kept.has(one.subject)),
          }),
        );
      },
    ),
  );
  expect(lotOf(KEY, 'a', 's1')).toEqual(lotOf(KEY, 'a', 's1'));
  expect(lotOf(`${KEY}!`, 'a', 's1')).not.toEqual(lotOf(KEY, 'a', 's1'));
  expect(() => lotOf('short', 'a', 's1')).toThrow();
});

test('VAL-114 control groups have the share that was said, alike in whatever is looked at', () => {
  const count = 20_000;
  const subjects = crowd(count);
  for (const controlShare of [0.05, 0.2, 0.5]) {
    const { assignments } = assign([treatment('a', { controlShare })], subjects);
    const control = assignments.filter((one) => one.arm === 'control');
    expect(assignments).toHaveLength(count);
    const spread = Math.sqrt(count * controlShare * (1 - controlShare));
    expect(Math.abs(control.length - count * controlShare)).toBeLessThan(4 * spread);
    // Balance: the mean of a figure that each subject has for good, 0 to 1, in the control group.
    const figures = control.map((one) => Number(one.subject.slice(1)) / count);
    const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * figures.length));
  }
});

test('VAL-114 the lots of two treatments, and arm and place of one, tell nothing of each other', () => {
  const count = 10_000;
  const lots = Array.from({ length: count }, (_, i) => {
    const [a, b] = [lotOf(KEY, 'a', `s${i}`), lotOf(KEY, 'b', `s${i}`)];
    return [a.arm, a.place, b.arm] as const;
  });
  const correlation = (x: 0 | 1 | 2, y: 0 | 1 | 2): number =>
    (lots.reduce((sum, lot) => sum + (lot[x] - 0.5) * (lot[y] - 0.5), 0) / count) * 12;
  for (const [x, y] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    expect(Math.abs(correlation(x, y))).toBeLessThan(4 / Math.sqrt(count));
  }
  expect(correlation(0, 0)).toBeCloseTo(1, 1);
});

test('VAL-115 of treatments that exclude each other the first takes the subject, in both arms', () => {
  const first = treatment('first', { priority: 2, excludes: ['second'], controlShare: 0.5 });
  const second = treatment('second', { priority: 1, excludes: ['first'] });
  const beside = treatment('beside');
  const { assignments } = assign([second, beside, first], crowd(200));
  const of = (id: string) => assignments.filter((one) => one.treatment === id);
  expect(of('first')).toHaveLength(200);
  expect(of('first').some((one) => one.arm === 'control')).toBe(true);
  expect(of('second')).toEqual([]);
  expect(of('beside')).toHaveLength(200);
  // Whom the first is not for has the second.
  const others = crowd(50).map((one) => ({ ...one, tier: 'grow' as const }));
  const split = assign([{ ...first, tiers: ['maintain'] }, second], others).assignments;
  expect(split.every((one) => one.treatment === 'second')).toBe(true);
  expect(split).toHaveLength(50);
});

test('VAL-115 no subject ever has two treatments that exclude each other', () => {
  const plan = fc.array(
    fc.record({ priority: fc.nat(3), excludes: fc.subarray(['t0', 't1', 't2', 't3']) }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(plan, (parts) => {
      const mine = (i: number) => parts[i]?.excludes ?? [];
      const all = parts.map((part, i) =>
        treatment(`t${i}`, {
          priority: part.priority,
          excludes: parts.flatMap((_, j) =>
            j !== i && (mine(i).includes(`t${j}`) || mine(j).includes(`t${i}`)) ? [`t${j}`] : [],
          ),
        }),
      );
      const { assignments } = assign(all, crowd(12));
      for (const one of assignments) {
        const excludes = all.find(({ id }) => id === one.treatment)?.excludes ?? [];
        const other = assignments.find(
          (two) => two.subject === one.subject && excludes.includes(two.treatment),
        );
        expect(other).toBeUndefined();
      }
    }),
  );
});

test('VAL-116 a budget ends both arms at one place of the queue', () => {
  const limited = treatment('a', { budget: { each: 10, total: 305 }, controlShare: 0.5 });
  const { assignments, overBudget } = assign([limited], crowd(500));
  expect(assignments.filter((one) => one.arm === 'treated')).toHaveLength(30);
  // Half of who is drawn until thirty are treated: a negative binomial of mean 30.
  const control = assignments.filter((one) => one.arm === 'control').length;
  expect(Math.abs(control - 30)).toBeLessThan(4 * Math.sqrt(60));
  const place = (id: string): number => lotOf(KEY, 'a', id).place;
  const last = Math.max(...assignments.map((one) => place(one.subject)));
  const within = crowd(500).filter((one) => place(one.subject) <= last);
  expect(assignments.map((one) => one.subject).sort()).toEqual(
    within.map((one) => one.subject).sort(),
  );
  expect(overBudget).toEqual({ a: 500 - assignments.length });
});

test('VAL-116 who was left over by the budget is free for what it excluded', () => {
  const limited = treatment('a', {
    priority: 1,
    budget: { each: 1, total: 5 },
    excludes: ['b'],
  });
  const { assignments } = assign([limited, treatment('b', { excludes: ['a'] })], crowd(100));
  expect(assignments).toHaveLength(100);
});

test('VAL-117 below zero nothing is done that no person has looked at', () => {
  const below = { tier: 'below-zero' as const };
  const { assignments, awaitingReview } = assign(
    [treatment('a')],
    [subject('x', below), subject('y', { ...below, isReviewed: true })],
  );
  expect(assignments.map((one) => one.subject)).toEqual(['y']);
  expect(awaitingReview).toEqual([{ subject: 'x', treatment: 'a' }]);
});

test('VAL-117 an objection suspends every treatment, also one that was begun', () => {
  const contested = subject('x', { isContested: true });
  const held: readonly Assignment[] = [{ subject: 'x', treatment: 'a', arm: 'treated' }];
  expect(assign([treatment('a'), treatment('b')], [contested], held).assignments).toEqual([]);
});

test('VAL-118 who was drawn stays in the arm while the treatment runs, whatever the tier', () => {
  const only = treatment('a', { tiers: ['keep'] });
  const before = assign(
    [only],
    crowd(40).map((one) => ({ ...one, tier: 'keep' as Tier })),
  );
  const moved = crowd(40).map((one) => ({ ...one, tier: 'grow' as Tier }));
  expect(assign([only], moved, before.assignments).assignments).toEqual(before.assignments);
  expect(assign([only], moved).assignments).toEqual([]);
  expect(assign([only], moved, before.assignments, 1000).assignments).toEqual([]);
  expect(
    assign(
      [only],
      crowd(40).map((one) => ({ ...one, tier: 'keep' as Tier })),
      [],
      -1,
    ).assignments,
  ).toEqual([]);
});

test('VAL-112 a price fence holds for whom all its grounds hold', () => {
  const fence = treatment('early', { kind: 'price-fence', grounds: ['lead-time', 'quantity'] });
  const { assignments } = assign(
    [fence],
    [
      subject('x', { grounds: ['lead-time'] }),
      subject('y', { grounds: ['quantity', 'lead-time'], tier: 'below-zero' }),
    ],
  );
  expect(assignments.map((one) => one.subject)).toEqual(['y']);
});
