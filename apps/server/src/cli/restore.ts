import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../platform/clock.ts';
import { type Config, parseMasterKey, readConfig } from '../platform/config.ts';
import { BackupError, type BackupHead, checkBackup } from '../platform/database/backup-format.ts';
import { openDatabase } from '../platform/database/database.ts';
import { restoreFrom } from '../platform/database/restore.ts';
import { createKeys } from '../platform/keys.ts';
import {
  loadMasterKey,
  MasterKeyError,
  masterKeyFile,
  replaceMasterKey,
} from '../platform/master-key.ts';
import { findRunningServer } from '../platform/running-server.ts';

/** `keepsake restore FILE`: the store as a backup has it. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('put the store into the state of a backup; the server must be stopped')
    .argument('<file>', 'a file that keepsake backup wrote')
    .option('--force', 'replace everything that the store holds now')
    .action(async (name: string, flags: { readonly force?: true }) => {
      const config = readConfig();
      const server = await findRunningServer(config.home);
      if (server !== undefined) {
        throw new BackupError(`Stop the server first (process ${server.pid}, ${server.url}).`);
      }
      const file = resolve(name);
      const { head, foot } = await checkBackup(file);
      const newKey = keyToAdopt(config, head);
      const database = await openDatabase({ source: config.database, statementLimitMs: 600_000 });
      try {
        await restoreFrom(database, file, { isForced: flags.force === true });
        if (newKey !== undefined) replaceMasterKey(config.home, newKey, systemClock.now());
      } finally {
        await database.close();
      }
      const rows = foot.rows.reduce((sum, count) => sum + count, 0);
      console.log(`Restored ${rows} rows as of ${head.madeAt}.`);
    });
}

/**
 * The master key that the backup brings and this home does not have yet. Throws where the rows
 * would be restored without the key that opens them.
 */
function keyToAdopt(config: Config, head: BackupHead): Uint8Array | undefined {
  const ours = keyAtHand(config);
  const isOurs = ours !== undefined && fingerprintOf(ours) === head.keyFingerprint;
  if (isOurs) return undefined;
  const brought = parseMasterKey(head.masterKey ?? '');
  if (brought === undefined) {
    throw new MasterKeyError(
      `The backup was made with another master key, and does not hold it. Put that key into ` +
        `${masterKeyFile(config.home)} first.`,
    );
  }
  if (config.masterKey !== undefined) {
    throw new MasterKeyError(
      'The backup brings a master key other than KEEPSAKE_MASTER_KEY. Set that to the key of the ' +
        'backup, or take it away.',
    );
  }
  return brought;
}

/** The key of this home, without making one. */
function keyAtHand(config: Config): Uint8Array | undefined {
  if (config.masterKey !== undefined) return config.masterKey;
  return existsSync(masterKeyFile(config.home)) ? loadMasterKey(config.home) : undefined;
}

function fingerprintOf(masterKey: Uint8Array): string {
  return createKeys(masterKey, systemClock).fingerprint;
}
