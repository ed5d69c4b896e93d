import { benchmarkText, benchmarkFolder as folderOf } from '@keepsake/kernel/testing';

/** The feature models of the folder, each as clauses (`.dimacs`) and as a tree (`.uvl`). */
export const FEATURE_MODELS: readonly string[] = [
  'FRSCS',
  'bank',
  'berkeleydb',
  'busybox-1.18.0',
  'decisional',
  'e_shop',
  'financial-2018-05-09',
  'pc-richmond',
  'printer',
  'routefinding',
  'tankwar',
  'xtext',
];

/** The folder of public benchmark models; undefined where there is none. */
export function benchmarkFolder(): string | undefined {
  return folderOf('configurator');
}

/** The text of a file of the benchmark folder; an error where it is not there. */
export function readBenchmark(name: string): string {
  const text = benchmarkText('configurator', name);
  if (text === undefined) throw new Error(`There is no benchmark model ${name}.`);
  return text;
}
