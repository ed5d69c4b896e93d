import { benchmarkText } from '@keepsake/kernel/testing';

/** A file of the public benchmark records; undefined where it is not there. */
export function memoryBenchmark(name: string): string | undefined {
  return benchmarkText('memory', name);
}
