import { describe, expect, test } from 'vitest';
import { inventPeople } from '../testing/people.ts';
import { joinBonds } from './cluster.ts';
import { learnMixture } from './em.ts';
import {
  blockingKeys,
  chooseSchema,
  comparePair,
  finish,
  type LinkageModel,
  type LinkageRecord,
  resolveRecords,
  trainLinkage,
} from './index.ts';

function table(text: string): readonly LinkageRecord[] {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line, i) => {
    const values = line.split(',').map((value) => value.trim());
    return {
      id: `${i}`,
      fields: Object.fromEntries(names.map((name, n) => [name, values[n] ?? ''])),
    };
  });
}

function repeated(names: readonly string[], values: (i: number) => readonly string[]) {
  return Array.from({ length: 60 }, (_, i) => ({
    id: `${i}`,
    fields: Object.fromEntries(names.map((name, n) => [name, values(i)[n] ?? ''])),
  }));
}

function kindsOf(records: readonly LinkageRecord[]): Readonly<Record<string, string>> {
  return Object.fromEntries(chooseSchema(records).columns.map(({ name, kind }) => [name, kind]));
}

const people = inventPeople({ records: 600, seed: 11 });
const model = finish(trainLinkage(people.records));

describe('what columns hold', () => {
  test('MEM-111 is told by their names', () => {
    const names = ['Vorname', 'lastName', 'DOB', 'E-Mail', 'zip', 'address_1', 'street_number'];
    const records = repeated(names, (i) => [
      ...[`Name${i % 9}`, `Sur${i % 7}`, `${1 + (i % 28)}.${1 + (i % 12)}.19${40 + (i % 50)}`],
      ...[`a${i % 40}@b.example`, `${1000 + (i % 30)}`, `${i} High St`, `${i % 20}`],
    ]);
    expect(kindsOf(records)).toEqual({
      ...{ Vorname: 'given', lastName: 'surname', DOB: 'birth', 'E-Mail': 'email' },
      ...{ zip: 'postcode', address_1: 'street', street_number: 'houseNumber' },
    });
    expect(chooseSchema(records).columns[2]?.dateOrder).toBe('dmy');
  });

  test('MEM-111 a birth date may stand in three columns', () => {
    const records = repeated(['fname_c1', 'lname_c1', 'by', 'bm', 'bd'], (i) => [
      ...[`F${i % 9}`, `L${i % 8}`, `${1940 + (i % 50)}`, `${1 + (i % 12)}`, `${1 + (i % 28)}`],
    ]);
    const kinds = ['given', 'surname', 'birthYear', 'birthMonth', 'birthDay'];
    expect(Object.values(kindsOf(records))).toEqual(kinds);
    const trained = finish(trainLinkage(records));
    expect(trained.comparisons.find(({ kind }) => kind === 'birth')?.columns).toEqual([
      'by',
      'bm',
      'bd',
    ]);
  });

  test('MEM-100 answers, numbers of rows and what is the same everywhere are no evidence', () => {
    const names = [
      'surname',
      'cluster',
      'label',
      'group',
      'row_id',
      'remark',
      'empty',
      'shop_id',
      'tax_id',
    ];
    const records = repeated(names, (i) => [
      ...[`S${i % 9}`, `${i % 30}`, `${i % 30}`, `${i % 30}`, `${i}`, 'X', '', `${i % 3}`],
      `T${i % 40}`,
    ]);
    const [cluster, label, group, row_id, remark, empty] = Array(6).fill('ignored');
    expect(kindsOf(records)).toEqual({
      ...{ surname: 'surname', cluster, label, group, row_id, remark, empty },
      ...{ shop_id: 'category', tax_id: 'identifier' },
    });
  });

  test('MEM-100 answers that stand beside the records change nothing', () => {
    const told = people.records.map(({ id, fields }) => {
      const cluster = people.personOf.get(id) ?? '';
      return { id, fields: { ...fields, cluster, label: cluster, group: cluster } };
    });
    const { clusters } = finish(resolveRecords(told));
    expect(clusters).toEqual(finish(resolveRecords(people.records)).clusters);
  });
});

describe('learning', () => {
  test('MEM-109 no step of learning makes what was seen less likely', () => {
    const pattern = (...levels: readonly number[]): Uint8Array => Uint8Array.from(levels);
    const row = (...all: readonly number[]): Float64Array => Float64Array.from(all);
    const assumed = [row(0.8, 0.2), row(0.7, 0.3, 0.8, 0.2)];
    const u = [row(0.001, 0.999), row(0.1, 0.9, 0.5, 0.5)];
    const { likelihoods, m, matches } = finish(
      learnMixture(
        [
          { pattern: pattern(0, 2), count: 40 },
          { pattern: pattern(0, 3), count: 9 },
          { pattern: pattern(1, 0), count: 30 },
          { pattern: pattern(1, 1), count: 800 },
          { pattern: pattern(255, 0), count: 21 },
        ],
        { m: assumed, u, shares: [0, 0.6], same: 0.2, household: 0.1 },
        {
          ...{ excluded: new Set<number>(), levels: [2, 2], assumed, assumedPairs: 5 },
          ...{ assumedU: u, worstMax: [1, 1], others: 5000, isExplaining: true, stepsMax: 200 },
          ...{ assumedShares: [0, 0.6], isShareLearned: [false, true] },
        },
      ),
    );
    expect(likelihoods.length).toBeGreaterThan(4);
    likelihoods.slice(1).forEach((each, i) => {
      expect(each).toBeGreaterThanOrEqual((likelihoods[i] ?? 0) - 1e-9);
    });
    expect(matches).toBeGreaterThan(10);
    for (const levels of m) {
      expect((levels[0] ?? 0) + (levels[1] ?? 0)).toBeCloseTo(1, 9);
    }
  });

  test('MEM-110 a rare value that is equal says more than a frequent one', () => {
    const [often, seldom] = ['first_name', 'last_name'].map((name) => {
      const counts = Object.entries(model.frequencies[name]?.values ?? {});
      const sorted = [...counts].sort(([, a], [, b]) => b - a);
      return [sorted[0]?.[0] ?? '', sorted.at(-1)?.[0] ?? ''] as const;
    });
    const bits = (first: string, last: string): readonly number[] => {
      const both = { id: 'x', fields: { first_name: first, last_name: last } };
      const { waterfall } = comparePair(model, both, both);
      return waterfall.slice(1, 3).map((step) => step.bits);
    };
    const [given = 0, surname = 0] = bits(often?.[0] ?? '', seldom?.[0] ?? '');
    const [rareGiven = 0, rareSurname = 0] = bits(often?.[1] ?? '', seldom?.[1] ?? '');
    expect(rareGiven).toBeGreaterThan(given);
    expect(rareSurname).toBeGreaterThan(surname);
  });

  test('MEM-113 an agreement with errors never says more than an equal value', () => {
    for (const { kind, levels } of model.comparisons) {
      const [equal, ...others] = (levels[0] ?? []).map(({ m, u }) => m / u);
      const single = kind === 'given' ? others.slice(1) : others;
      for (const other of single) expect(other).toBeLessThanOrEqual((equal ?? 0) * (1 + 1e-9));
    }
  });

  test('a table in which nobody is twice is left as it is', () => {
    const given = ['Ana', 'Bert', 'Cleo', 'Dora', 'Emil', 'Finn', 'Gus', 'Hana', 'Ivo', 'Jo'];
    const records = Array.from({ length: 400 }, (_, i) => ({
      id: `${i}`,
      fields: {
        given: given[i % 10] ?? '',
        surname: 'Smith',
        dob: `${1940 + ((i * 7) % 61)}-${String(1 + ((i * 5) % 12)).padStart(2, '0')}-${String(1 + ((i * 11) % 28)).padStart(2, '0')}`,
      },
    }));
    const { clusters } = finish(resolveRecords(records));
    expect(clusters.length).toBeGreaterThan(396);
  });
});

describe('guards', () => {
  const chain = (bits: Readonly<Record<string, number>>) => ({
    score: (a: number, b: number): number => bits[[a, b].sort().join('')] ?? -10,
    isApart: () => false,
    sizeMax: 10,
    compare: (a: number, b: number) => a - b,
  });

  test('MEM-120 a record joins where all its pairs together speak for it, not one alone', () => {
    const bonds = [
      { a: 0, b: 1, bits: 9 },
      { a: 1, b: 2, bits: 5 },
    ];
    const doubtful = chain({ '01': 9, '12': 5, '02': -8 });
    expect(joinBonds([0, 1, 2], bonds, doubtful)).toEqual([[0, 1], [2]]);
    const likely = chain({ '01': 9, '12': 5, '02': -3 });
    expect(joinBonds([0, 1, 2], bonds, likely)).toEqual([[0, 1, 2]]);
  });

  test('MEM-114 two passports are two persons, though all else agrees', () => {
    const columns = [
      { name: 'name', kind: 'name' },
      { name: 'email', kind: 'email' },
      { name: 'passport', kind: 'identifier', isUnique: true },
    ] as const;
    const guarded: LinkageModel = { ...finish(trainLinkage([], { schema: { columns } })) };
    const records = table(`name,email,passport
      Ann Lee,ann@lee.example,X1234567
      Ann Lee,ann@lee.example,Y7654321
      Ann Lee,ann@lee.example,X1234567`);
    const { clusters, review } = finish(resolveRecords(records, { model: guarded }));
    expect(clusters).toEqual([['0', '2'], ['1']]);
    expect(review.length).toBeGreaterThan(0);
  });

  test('MEM-117 records that say exactly the same are one person where that is evidence enough', () => {
    const full = 'Ann,Lee,1980-01-02,ann@lee.example';
    const rows = [full, full, full, 'Bo,,,', 'Bo,,,'].join('\n');
    const { clusters } = finish(
      resolveRecords(table(`given,surname,dob,email\n${rows}`), {
        model: finish(
          trainLinkage(
            table(
              'given,surname,dob,email\nA,B,1980-01-01,a@b.example\nC,D,1981-02-02,c@d.example',
            ),
          ),
        ),
      }),
    );
    expect(clusters).toEqual([['0', '1', '2'], ['3'], ['4']]);
  });
});

describe('blocks', () => {
  test('MEM-116 what thousands have in common is not compared', () => {
    const records = Array.from({ length: 3000 }, (_, i) => ({
      id: `${i}`,
      fields: { surname: 'Smith', given: `${String.fromCharCode(97 + (i % 26))}${i % 7}` },
    }));
    const { pairs, clusters } = finish(resolveRecords(records));
    expect(clusters.flat()).toHaveLength(3000);
    expect(pairs).toBeLessThan(3000 * 200);
  });

  test('MEM-119 only records with a key in common are compared', () => {
    const keys = new Map(
      people.records.map((each) => [each.id, new Set(blockingKeys(model, each))]),
    );
    const { edges, review } = finish(resolveRecords(people.records, { model }));
    expect(edges.length).toBeGreaterThan(100);
    const within = edges.filter(
      ({ a, b }) => ![...(keys.get(a) ?? [])].some((key) => keys.get(b)?.has(key)),
    );
    expect(within).toEqual([]);
    expect(
      review.every(({ a, b }) => [...(keys.get(a) ?? [])].some((key) => keys.get(b)?.has(key))),
    ).toBe(true);
    expect(blockingKeys(model, { id: 'x', fields: {} })).toEqual([]);
  });

  test('an id that is there twice is refused', () => {
    const [first] = people.records;
    const twice = first === undefined ? [] : [first, first];
    expect(() => finish(resolveRecords(twice))).toThrow("two records have the id 'r");
  });
});
