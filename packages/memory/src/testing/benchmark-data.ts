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

/**
 * The text of a file of the public benchmark records: in `memory` in the folder that the
 * environment's KEEPSAKE_DATA names, or in `shared/data` beside the checkout. Undefined where it is
 * not there: tests that need it are then skipped.
 */
export function memoryBenchmark(name: string): string | undefined {
  // Tests run in Node; the engines' types do not know it.
  const { process } = globalThis as unknown as Host;
  const { env } = process;
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  const named = env['KEEPSAKE_DATA'];
  const beside = ['..', '../../..'].map((up) => `${process.cwd()}/${up}/shared/data`);
  const folders = named === undefined ? beside : [named];
  const found = folders.map((path) => `${path}/memory/${name}`).find((path) => existsSync(path));
  return found === undefined ? undefined : readFileSync(found, 'utf8');
}
