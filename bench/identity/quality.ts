import { finish, type LinkageRecord, resolveRecords } from '@keepsake/memory/linkage';
import { inventPeople, type PeopleOptions, pairQuality } from '@keepsake/memory/testing';
import { progress } from '../support/bench.ts';
import { time } from '../support/measure.ts';
import type { Cell, Table } from '../support/report.ts';
import { type Labelled, publishedPeople } from './published.ts';

const COLUMNS = [
  'records',
  'count',
  'F1',
  'precision',
  'recall',
  'to review',
  'pairs compared',
  'ms',
];

/** What was joined beside what is one person, without any label being read. */
export function measureQuality(count: number): readonly Table[] {
  const published = publishedPeople();
  const tables: Table[] = [
    {
      title: 'Invented people, by what is wrong with their records and which columns there are',
      columns: COLUMNS,
      rows: VARIATIONS.map(([name, options, hidden]) =>
        rowOf(name, invented(count, options, hidden ?? [])),
      ),
      remarks: ['families, twins, moves and exchanged names are always among them'],
    },
  ];
  if (published.length === 0) return tables;
  const rows = published.map(({ name, people }) => rowOf(name, people));
  return [{ title: 'Published records whose truth is known', columns: COLUMNS, rows }, ...tables];
}

type Variation = readonly [
  name: string,
  options: Omit<PeopleOptions, 'records' | 'seed'>,
  hidden?: readonly string[],
];

const ADDRESS: readonly string[] = ['street', 'city', 'postcode'];

const VARIATIONS: readonly Variation[] = [
  ['as they come', {}],
  ['few errors, few gaps', { errors: 0.02, missing: 0.02 }],
  ['an error in each fifth value, a gap in each fifth', { errors: 0.2, missing: 0.2 }],
  ['families, many with twins', { families: 0.8, twins: 0.4 }],
  ['without birth dates', {}, ['birth_date']],
  ['without e-mail and telephone', {}, ['email', 'phone']],
  ['without addresses', {}, ADDRESS],
  ['names and birth dates alone', {}, ['email', 'phone', ...ADDRESS]],
  ['names and addresses alone', {}, ['birth_date', 'email', 'phone']],
  ['without given names', {}, ['first_name']],
];

/** Invented people without some columns. */
export function invented(
  records: number,
  options: Omit<PeopleOptions, 'records' | 'seed'>,
  hidden: readonly string[],
): Labelled {
  const people = inventPeople({ records, seed: 3, ...options });
  const shown = people.records.map(({ id, fields }): LinkageRecord => {
    const left = Object.entries(fields).filter(([name]) => !hidden.includes(name));
    return { id, fields: Object.fromEntries(left) };
  });
  return { records: shown, personOf: people.personOf };
}

/** Resolves and compares with the truth. */
export function rowOf(name: string, { records, personOf }: Labelled): readonly Cell[] {
  progress(`${name}: ${records.length} records`);
  const { value, ms } = time(() => finish(resolveRecords(records)));
  const { f1, precision, recall } = pairQuality(value.clusters, personOf);
  const shares = [f1, precision, recall].map((share) => share.toFixed(4));
  return [name, records.length, ...shares, value.review.length, value.pairs, Math.round(ms)];
}
