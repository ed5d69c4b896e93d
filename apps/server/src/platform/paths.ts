import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '@keepsake/kernel';

/** The folder of the server (`apps/server`): where migrations and the launcher are. */
export const serverFolder: string = findUp('migrations');

/** The checkout: where `package-lock.json`, `apps` and `.cache` are. */
export const checkoutFolder: string = join(serverFolder, '..', '..');

/** The nearest folder above this file that holds `entry`; the same from source and from `dist`. */
function findUp(entry: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, entry))) {
    invariant(folder !== dirname(folder), `some folder above the program holds ${entry}`);
    folder = dirname(folder);
  }
  return folder;
}
