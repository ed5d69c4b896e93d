import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Instant } from '@keepsake/kernel';
import { parseMasterKey } from './config.ts';
import type { Database } from './database/database.ts';
import { findAnyWrappedKey } from './keys.store.ts';
import type { Keys } from './keys.ts';

/** Thrown when the master key is missing, malformed or another; the message says what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
  readonly code = 'keys/master';
}

/** Where a home keeps its master key. */
export function masterKeyFile(home: string): string {
  return join(home, 'master.key');
}

/**
 * The master key of a home: 32 bytes in base64 in `master.key`, readable by its owner alone. It is
 * made on the first start. Without it nothing personal can be read again: keep a copy elsewhere.
 */
export function loadMasterKey(home: string): Uint8Array {
  const file = masterKeyFile(home);
  if (!existsSync(file)) writeNewKey(file, randomBytes(32));
  const key = parseMasterKey(readFileSync(file, 'utf8'));
  if (key === undefined) throw new MasterKeyError(`${file} does not hold 32 bytes in base64.`);
  return key;
}

/** Puts another key in place of the home's own; the old one is kept beside it. */
export function replaceMasterKey(home: string, key: Uint8Array, now: Instant): void {
  const file = masterKeyFile(home);
  if (existsSync(file)) renameSync(file, `${file}.until-${now}`);
  writeNewKey(file, key);
}

/** Made exclusively: of two processes that start at once, the second reads the first one's key. */
function writeNewKey(file: string, key: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${Buffer.from(key).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Throws `MasterKeyError` unless the keys open what the database holds already. */
export async function assertKeysFit(database: Database, keys: Keys): Promise<void> {
  const row = await findAnyWrappedKey(database.kysely);
  if (row === undefined) return;
  try {
    await keys.findSubjectKey(database.kysely, row.company, row.subject);
  } catch (error) {
    throw new MasterKeyError(
      'The master key does not belong to this database. Put the right one into master.key of ' +
        'KEEPSAKE_HOME, or into KEEPSAKE_MASTER_KEY.',
      { cause: error },
    );
  }
}
