import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inventPeople } from '../testing/people.ts';
import {
  comparePair,
  createLinkageIndex,
  defaultModel,
  finish,
  type LinkageModel,
  type LinkageRecord,
  type Resolved,
  resolveRecords,
  trainLinkage,
} from './index.ts';

const people = inventPeople({ records: 160, seed: 7, errors: 0.15, families: 0.7, twins: 0.3 });
const learned = finish(trainLinkage(people.records));
/** Small blocks and clusters, so that records close and open them and guards have work. */
const narrow: LinkageModel = { ...learned, blockMax: 2, clusterMax: 4 };
/** So little is asked of a pair that chains of doubtful ones arise. */
const lax: LinkageModel = { ...learned, zones: { same: 0.05, review: 0.01 }, blockMax: 8 };

const models = fc.constantFrom(learned, narrow, lax);
/** Whole households, whose records meet in most blocks. */
const households = groupsOf(
  people.records,
  ({ id }) => people.personOf.get(id)?.split('.')[0] ?? '',
);
const crowded = households.filter(({ length }) => length > 3);
const subsets = fc
  .shuffledSubarray([...crowded], { minLength: 1, maxLength: 5 })
  .chain((chosen) => fc.shuffledSubarray(chosen.flat(), { minLength: 1 }));
/** Some are there again: the same, and with something left out. */
const withCopies = subsets.map((records) => [
  ...records,
  ...records.slice(0, 4).flatMap(({ id, fields }) => [
    { id: `a${id}`, fields },
    { id: `b${id}`, fields: { ...fields, phone: '' } },
    { id: `c${id}`, fields: { ...fields, city: '' } },
    { id: `d${id}`, fields: { ...fields, email: '' } },
  ]),
]);

function groupsOf<T>(all: readonly T[], keyOf: (each: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return [...groups.values()];
}

function answerOf({ clusters, review, edges }: Resolved): string {
  return JSON.stringify({ clusters, review, edges });
}

function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed);
  return [...all]
    .map((each) => ({ each, at: random.next() }))
    .sort((x, y) => x.at - y.at)
    .map(({ each }) => each);
}

describe('under a model that does not change', () => {
  test('MEM-105 records one by one, in any order, come to the answer of all at once', () => {
    fc.assert(
      fc.property(withCopies, models, fc.nat(), (records, model, seed) => {
        const batch = answerOf(finish(resolveRecords(records, { model })));
        expect(answerOf(finish(resolveRecords(shuffled(records, seed), { model })))).toBe(batch);
        const index = createLinkageIndex(model);
        for (const record of shuffled(records, seed + 1)) index.add(record);
        expect(answerOf(index.resolved())).toBe(batch);
      }),
      { numRuns: 25 },
    );
  });

  test('MEM-106 a record taken out leaves nothing behind', () => {
    fc.assert(
      fc.property(withCopies, models, fc.nat(), (records, model, seed) => {
        const index = createLinkageIndex(model);
        for (const record of records) index.add(record);
        const gone = shuffled(records, seed).slice(0, Math.ceil(records.length / 2));
        for (const { id } of gone) index.remove(id);
        const rest = records.filter((record) => !gone.includes(record));
        expect(answerOf(index.resolved())).toBe(answerOf(finish(resolveRecords(rest, { model }))));
      }),
      { numRuns: 25 },
    );
  });

  test('MEM-107 what an index says of each change adds up to its persons', () => {
    fc.assert(
      fc.property(withCopies, models, (records, model) => {
        const index = createLinkageIndex(model);
        const persons = new Set<string>();
        const follow = (record: LinkageRecord, isIn: boolean): void => {
          const { before, after } = isIn ? index.add(record) : index.remove(record.id);
          for (const ids of before) expect(persons.delete(JSON.stringify(ids))).toBe(true);
          for (const ids of after) persons.add(JSON.stringify(ids));
        };
        for (const record of records) follow(record, true);
        for (const record of records.slice(0, 10)) follow(record, false);
        const now = index.resolved().clusters.map((ids) => JSON.stringify(ids));
        expect([...persons].sort()).toEqual([...now].sort());
      }),
      { numRuns: 30 },
    );
  });
});

test('MEM-108 a model learned from records in any order is the same, byte for byte', () => {
  fc.assert(
    fc.property(subsets, fc.nat(), (records, seed) => {
      const model = JSON.stringify(finish(trainLinkage(records)));
      expect(JSON.stringify(finish(trainLinkage(shuffled(records, seed))))).toBe(model);
    }),
    { numRuns: 20 },
  );
});

test('MEM-103 every record is in exactly one cluster', () => {
  fc.assert(
    fc.property(withCopies, (records) => {
      const { clusters } = finish(resolveRecords(records));
      expect(clusters.flat().sort()).toEqual(records.map(({ id }) => id).sort());
    }),
    { numRuns: 20 },
  );
});

test('MEM-101 a score is the sum of its waterfall, in bits, and the same from both sides', () => {
  const record = fc.constantFrom(...people.records);
  fc.assert(
    fc.property(record, record, fc.constantFrom(learned, defaultModel()), (a, b, model) => {
      const score = comparePair(model, a, b);
      const sum = score.waterfall.reduce((bits, step) => bits + step.bits, 0);
      expect(sum).toBeCloseTo(score.bits, 9);
      expect(score.probability).toBeCloseTo(2 ** score.bits / (1 + 2 ** score.bits), 9);
      expect(comparePair(model, b, a)).toEqual(score);
    }),
  );
});

test('MEM-104 records told apart are never one person, and no person outgrows the limit', () => {
  fc.assert(
    fc.property(withCopies, models, fc.nat(), (records, model, seed) => {
      const all = finish(resolveRecords(records, { model }));
      const joined = all.clusters.flatMap((ids) =>
        ids.slice(1).map((id) => [ids[0] ?? '', id] as const),
      );
      const notSame = shuffled(joined, seed).slice(0, 3);
      const { clusters } = finish(resolveRecords(records, { model, notSame }));
      for (const [a, b] of notSame) {
        expect(clusters.some((ids) => ids.includes(a) && ids.includes(b))).toBe(false);
      }
      // Records that say the same count once.
      for (const ids of clusters) expect(ids.length).toBeLessThanOrEqual(2 * model.clusterMax);
      const index = createLinkageIndex(model, { notSame });
      for (const record of shuffled(records, seed)) index.add(record);
      expect(index.resolved().clusters).toEqual(clusters);
    }),
    { numRuns: 25 },
  );
});
