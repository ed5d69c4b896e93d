import type { Family } from '@keepsake/configurator';
import { compileSpaceFile, loadSpaceFile } from '../../platform/space-file.ts';
import type { Scene } from './design-messages.ts';
import type { DesignLine } from './design-thread.ts';

/** Which published version of a family, and where it is from. */
export interface SpaceOrigin {
  readonly company: string;
  readonly family: Family;
  readonly modelHash: string;
}

/**
 * Lets a design be answered by diagrams as soon as there are any: the server's, else those that
 * another thread compiles. Until then, and where both fail, search answers the same, but counts no
 * designs. The scene as it is from then on; undefined where there are no diagrams.
 */
export async function prepareByFile(
  line: DesignLine,
  { company, family, modelHash }: SpaceOrigin,
): Promise<Scene | undefined> {
  const loaded = await loadSpaceFile({ company, family: family.id, modelHash });
  if (loaded !== undefined) {
    const { scene } = await line.ask('adopt', loaded);
    if (scene !== undefined) return scene;
  }
  const compiled = await compileSpaceFile(family);
  return compiled && (await line.ask('adopt', compiled)).scene;
}
