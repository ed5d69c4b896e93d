/** What is used of Node, which engines compile without. */
interface Host {
  readonly process: {
    readonly env: Readonly<Record<string, string | undefined>>;
    cwd(): string;
    getBuiltinModule(name: 'node:fs'): {
      existsSync(path: string): boolean;
      readFileSync(path: string, encoding: 'utf8'): string;
    };
  };
}

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

/** Tests run in Node; the engines' types do not know it. */
function host(): Host {
  return globalThis as unknown as Host;
}

/**
 * The folder of public benchmark models: `configurator` in the folder that the environment's
 * KEEPSAKE_DATA names, or in `shared/data` beside the checkout. Undefined where there is none: tests
 * that need it are then skipped.
 */
export function benchmarkFolder(): string | undefined {
  const { process } = host();
  const { env } = process;
  const { existsSync } = process.getBuiltinModule('node:fs');
  const named = env['KEEPSAKE_DATA'];
  const beside = ['..', '../../..'].map((up) => `${process.cwd()}/${up}/shared/data`);
  const folders = named === undefined ? beside : [named];
  return folders.map((path) => `${path}/configurator`).find((path) => existsSync(path));
}

/** The text of a file of the benchmark folder; an error where it is not there. */
export function readBenchmark(name: string): string {
  const { readFileSync } = host().process.getBuiltinModule('node:fs');
  return readFileSync(`${benchmarkFolder() ?? ''}/${name}`, 'utf8');
}
