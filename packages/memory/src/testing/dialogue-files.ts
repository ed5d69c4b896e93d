import type { Dialogue } from './dialogues.ts';

/** What is used of Node, which engines compile without. */
interface Host {
  readonly process: {
    readonly env: Readonly<Record<string, string | undefined>>;
    cwd(): string;
    getBuiltinModule(name: 'node:fs'): {
      existsSync(path: string): boolean;
      readFileSync(path: string): Uint8Array;
    };
    getBuiltinModule(name: 'node:zlib'): { gunzipSync(bytes: Uint8Array): Uint8Array };
  };
  readonly TextDecoder: new () => { decode(bytes: Uint8Array): string };
}

/** Published dialogues with their schema. */
export interface DialogueFiles {
  readonly dialogues: readonly Dialogue[];
  readonly schema: unknown;
  /** Asks that the annotation calls repeats. */
  readonly annotatedRepeats: number;
}

/**
 * The dialogues in `memory/sgd` of the folder that the environment's KEEPSAKE_DATA names, or of
 * `shared/data` beside the checkout. Undefined where there are none: tests that need them are skipped.
 */
export function dialogueFiles(): DialogueFiles | undefined {
  const { process, TextDecoder } = globalThis as unknown as Host;
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  const { env } = process;
  const named = env['KEEPSAKE_DATA'];
  const beside = ['..', '../../..'].map((up) => `${process.cwd()}/${up}/shared/data`);
  const folder = (named === undefined ? beside : [named])
    .map((path) => `${path}/memory/sgd`)
    .find((path) => existsSync(path));
  if (folder === undefined) return undefined;
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const zipped = readFileSync(`${folder}/sgd_dev_multiservice.jsonl.gz`);
  const lines = text(process.getBuiltinModule('node:zlib').gunzipSync(zipped)).trim().split('\n');
  // The files are as their folder describes them.
  const dialogues = lines.map((line) => JSON.parse(line) as Dialogue);
  const schema: unknown = JSON.parse(text(readFileSync(`${folder}/schema_dev.json`)));
  const annotatedRepeats = dialogues.reduce((sum, { repeat_asks }) => sum + repeat_asks.length, 0);
  return { dialogues, schema, annotatedRepeats };
}
