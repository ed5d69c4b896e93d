import { describe, expect, test } from 'vitest';
import { inventPeople, memoryBenchmark, pairQuality } from '../testing/index.ts';
import { finish, type LinkageRecord, resolveRecords } from './index.ts';

function readTable(text: string, id: string): readonly LinkageRecord[] {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line) => {
    const values = line.split(',').map((value) => value.trim());
    const fields = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
    return { id: fields[id] ?? '', fields: { ...fields, [id]: '' } };
  });
}

const febrl = memoryBenchmark('febrl/dataset1.csv');
const fake = memoryBenchmark('splink/fake_1000.csv');
const absent = 'skipped: no benchmark data';

describe('records whose truth is known, resolved without it', () => {
  test.skipIf(febrl === undefined)(
    `persons with errors, without their number of social security${febrl === undefined ? ` (${absent})` : ''}`,
    () => {
      const records = readTable(febrl ?? '', 'rec_id').map(({ id, fields }) => {
        const { soc_sec_id: _, ...rest } = fields;
        return { id, fields: rest };
      });
      const truth = new Map(records.map(({ id }) => [id, id.split('-')[1] ?? '']));
      const { clusters } = finish(resolveRecords(records));
      expect(pairQuality(clusters, truth).f1).toBeGreaterThan(0.99);
    },
  );

  test.skipIf(fake === undefined)(
    `persons with few columns and many errors${fake === undefined ? ` (${absent})` : ''}`,
    () => {
      const records = readTable(fake ?? '', 'unique_id');
      const truth = new Map(records.map(({ id, fields }) => [id, fields['cluster'] ?? '']));
      const { clusters } = finish(resolveRecords(records));
      const { f1, precision } = pairQuality(clusters, truth);
      expect(f1).toBeGreaterThan(0.93);
      expect(precision).toBeGreaterThan(0.95);
    },
  );

  test.each([
    ['families and moves', {}, [], 0.97],
    ['many errors and gaps', { errors: 0.15, missing: 0.2 }, [], 0.94],
    ['traps: families with twins', { families: 0.8, twins: 0.4 }, [], 0.96],
    ['names and birth dates alone', {}, ['email', 'phone', 'street', 'city', 'postcode'], 0.92],
    ['no birth dates', {}, ['birth_date'], 0.9],
  ] as const)('MEM-121 invented people: %s', (_, options, hidden, expected) => {
    const { records, personOf } = inventPeople({ records: 1500, seed: 5, ...options });
    const shown = records.map(({ id, fields }) => ({
      id,
      fields: Object.fromEntries(
        Object.entries(fields).filter(([name]) => !hidden.some((each) => each === name)),
      ),
    }));
    const { f1, precision } = pairQuality(finish(resolveRecords(shown)).clusters, personOf);
    expect(f1).toBeGreaterThan(expected);
    expect(precision).toBeGreaterThan(0.93);
  });
});
