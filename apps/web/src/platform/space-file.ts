import type { Family } from '@keepsake/configurator';
import { SPACE_FORMAT } from '@keepsake/configurator/worker';
import { client } from './client.ts';
import { startSpaceThread } from './space-thread.ts';

/** Which published version is meant. */
export interface SpaceFileKey {
  readonly company: string;
  readonly family: string;
  readonly modelHash: string;
}

/**
 * The compiled space of a version as the server keeps it; undefined where it has none yet, or cannot
 * be reached: then the reader compiles it.
 */
export async function loadSpaceFile(key: SpaceFileKey): Promise<Uint8Array | undefined> {
  try {
    const blob = await client.families.space({ ...key, format: SPACE_FORMAT });
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** The space file of a family, compiled in a thread; undefined where no diagram fits the budget. */
export async function compileSpaceFile(family: Family): Promise<Uint8Array | undefined> {
  const line = startSpaceThread();
  try {
    await line.ask('open', { family });
    return (await line.ask('write', {})).file;
  } finally {
    line.end('the file is written');
  }
}
