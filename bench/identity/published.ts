import type { LinkageRecord } from '@keepsake/memory/linkage';
import { memoryBenchmark } from '@keepsake/memory/testing';

/** Records with the truth about them, which is not among their columns. */
export interface Labelled {
  readonly records: readonly LinkageRecord[];
  readonly personOf: ReadonlyMap<string, string>;
}

/** The published records that lie beside the checkout. */
export function publishedPeople(): readonly {
  readonly name: string;
  readonly people: Labelled;
}[] {
  const febrl = memoryBenchmark('febrl/dataset1.csv');
  const fake = memoryBenchmark('splink/fake_1000.csv');
  const personOfFebrl = (id: string): string => id.split('-')[1] ?? '';
  return [
    ...(febrl === undefined
      ? []
      : [
          { name: 'FEBRL 1', people: label(febrl, 'rec_id', personOfFebrl) },
          {
            name: 'FEBRL 1 without soc_sec_id',
            people: label(febrl, 'rec_id', personOfFebrl, 'soc_sec_id'),
          },
        ]),
    ...(fake === undefined
      ? []
      : [
          {
            name: 'fake_1000',
            people: label(fake, 'unique_id', (_, fields) => fields['cluster'] ?? '', 'cluster'),
          },
        ]),
  ];
}

function label(
  text: string,
  idColumn: string,
  personOf: (id: string, fields: Readonly<Record<string, string>>) => string,
  hidden?: string,
): Labelled {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',').map((name) => name.trim());
  const persons = new Map<string, string>();
  const records = lines.map((line): LinkageRecord => {
    const values = line.split(',').map((value) => value.trim());
    const fields = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
    const id = fields[idColumn] ?? '';
    persons.set(id, personOf(id, fields));
    const left = Object.entries(fields).filter(([name]) => name !== idColumn && name !== hidden);
    return { id, fields: Object.fromEntries(left) };
  });
  return { records, personOf: persons };
}
