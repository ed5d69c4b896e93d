import type { Space } from '@keepsake/configurator';
import { adoptSpaceFile } from '@keepsake/configurator/worker';
import { compileSpaceFile, loadSpaceFile } from '../../platform/space-file.ts';

/**
 * Lets a space answer by diagrams as soon as there are any: the server's, else those that a thread
 * compiles. Until then, and where both fail, search answers the same.
 */
export async function prepareByFile(space: Space, company: string): Promise<void> {
  const { family, modelHash } = space;
  const loaded = await loadSpaceFile({ company, family: family.id, modelHash });
  if (loaded !== undefined && adoptSpaceFile(space, loaded)) return;
  const compiled = await compileSpaceFile(family);
  if (compiled !== undefined) adoptSpaceFile(space, compiled);
}
