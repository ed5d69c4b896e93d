import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import { systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { backupTo } from '../platform/database/backup.ts';
import { openDatabase } from '../platform/database/database.ts';
import { createKeys } from '../platform/keys.ts';
import { loadMasterKey, masterKeyFile } from '../platform/master-key.ts';
import { findRunningServer, type RunningServer } from '../platform/running-server.ts';
import { askServer } from './operator-client.ts';

interface BackupFlags {
  readonly withKey?: true;
}

/** `keepsake backup FILE`: the whole store as one file. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write the whole store into one file, also while the server runs')
    .argument('<file>', 'where to write it, for example keepsake-backup.gz')
    .option(
      '--with-key',
      'put the master key into the file: it alone is then enough to read it all',
    )
    .action(async (name: string, flags: BackupFlags) => {
      const config = readConfig();
      const file = resolve(name);
      const server = await findRunningServer(config.home);
      if (server === undefined) await backupHere(config, file, flags);
      else await backupThere(server, { config, file, flags });
      console.log(`Wrote ${file}`);
      console.log(
        flags.withKey === true
          ? 'It holds the master key: keep it as safe as the key itself.'
          : `It does not hold the master key: keep a copy of ${masterKeyFile(config.home)} elsewhere.`,
      );
    });
}

async function backupHere(config: Config, file: string, flags: BackupFlags): Promise<void> {
  const masterKey = config.masterKey ?? loadMasterKey(config.home);
  const { fingerprint } = createKeys(masterKey, systemClock);
  const database = await openDatabase({ source: config.database });
  try {
    await backupTo(database, file, {
      now: systemClock.now(),
      keyFingerprint: fingerprint,
      ...(flags.withKey === true ? { masterKey } : {}),
    });
  } finally {
    await database.close();
  }
}

async function backupThere(
  server: RunningServer,
  { config, file, flags }: { config: Config; file: string; flags: BackupFlags },
): Promise<void> {
  const body = flags.withKey === true ? { withKey: true } : {};
  const { home } = config;
  const reply = await askServer({ server, home, path: '/api/operator/backup', body });
  const partial = `${file}.partial`;
  try {
    // An answer to a backup has a body, and Node's stream is the one that fetch gives.
    const from = Readable.fromWeb(reply.body as ReadableStream<Uint8Array>);
    await pipeline(from, createWriteStream(partial, { mode: 0o600, flush: true }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
