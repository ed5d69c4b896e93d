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

/** Tests run in Node; the engines' types do not know it. */
function host(): Host {
  return globalThis as unknown as Host;
}

/**
 * The folder of public benchmark data of one engine: in the folder that the environment's
 * KEEPSAKE_DATA names, or in `shared/data` beside the checkout. Undefined where there is none: tests
 * that need it are then skipped.
 */
export function benchmarkFolder(engine: string): string | undefined {
  const { process } = host();
  const { env } = process;
  const { existsSync } = process.getBuiltinModule('node:fs');
  const named = env['KEEPSAKE_DATA'];
  const beside = ['..', '../../..'].map((up) => `${process.cwd()}/${up}/shared/data`);
  const folders = named === undefined ? beside : [named];
  return folders.map((path) => `${path}/${engine}`).find((path) => existsSync(path));
}

/** The text of a file of an engine's benchmark folder; undefined where it is not there. */
export function benchmarkText(engine: string, name: string): string | undefined {
  const folder = benchmarkFolder(engine);
  const { existsSync, readFileSync } = host().process.getBuiltinModule('node:fs');
  const path = `${folder ?? ''}/${name}`;
  return folder !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
