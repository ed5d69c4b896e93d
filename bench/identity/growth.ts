import { createLinkageIndex, finish, trainLinkage } from '@keepsake/memory/linkage';
import { pairQuality } from '@keepsake/memory/testing';
import { progress } from '../support/bench.ts';
import { distributionOf, time } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import { invented, rowOf } from './quality.ts';

/** How resolving grows with the number of records. */
export function measureGrowth(sizes: readonly number[]): Table {
  return {
    title: 'Invented people, all at once: learning and resolving',
    columns: ['records', 'count', 'F1', 'precision', 'recall', 'to review', 'pairs compared', 'ms'],
    rows: sizes.map((size) => rowOf('as they come', invented(size, {}, []))),
    remarks: ['one thread'],
  };
}

/** What one record more costs, under a model learned from the first tenth. */
export function measureOneByOne(size: number): Table {
  const { records, personOf } = invented(size, {}, []);
  progress(`one by one: ${size} records`);
  const model = finish(trainLinkage(records.slice(0, Math.ceil(size / 10))));
  const index = createLinkageIndex(model);
  const samples = records.map((record) => time(() => index.add(record)).ms);
  const late = distributionOf(samples.slice(-Math.ceil(size / 10)));
  const { f1, precision } = pairQuality(index.resolved().clusters, personOf);
  return {
    title: 'Invented people, one by one: a record into the index of those before',
    columns: ['records', 'p50 ms', 'p99 ms', 'longest ms', 'F1', 'precision'],
    rows: [[size, late.p50, late.p99, late.max, f1.toFixed(4), precision.toFixed(4)]],
    remarks: [
      'times of the last tenth; the model was learned from the first tenth and then kept as it was',
    ],
  };
}
