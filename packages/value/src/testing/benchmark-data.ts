import { benchmarkText } from '@keepsake/kernel/testing';

/** A file of the public purchase histories and golden values; undefined where it is not there. */
export function valueBenchmark(name: string): string | undefined {
  return benchmarkText('value', name);
}
