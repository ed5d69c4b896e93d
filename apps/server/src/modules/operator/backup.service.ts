import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE_MS } from '@keepsake/kernel';
import { backupTo } from '../../platform/database/backup.ts';
import type { Deps } from '../../platform/deps.ts';
import { loadMasterKey } from '../../platform/master-key.ts';

/** Long enough to send any backup over the loop-back. */
const KEPT_MS = 30 * MINUTE_MS;

/** Where backups wait until they are sent. */
function waitingFolder(home: string): string {
  return join(home, 'backups');
}

/**
 * A backup of the whole store, as a file that is read while it is sent. The file itself is removed
 * after half an hour, or by `clearBackups`.
 */
export async function makeBackup(
  deps: Pick<Deps, 'database' | 'config' | 'clock' | 'keys' | 'log'>,
  withKey: boolean,
): Promise<Blob> {
  const { home } = deps.config;
  const file = join(waitingFolder(home), `${randomUUID()}.gz`);
  await mkdir(waitingFolder(home), { recursive: true, mode: 0o700 });
  await backupTo(deps.database, file, {
    now: deps.clock.now(),
    keyFingerprint: deps.keys.fingerprint,
    ...(withKey ? { masterKey: deps.config.masterKey ?? loadMasterKey(home) } : {}),
  });
  const timer = setTimeout(() => {
    rm(file, { force: true }).catch((error: unknown) => {
      deps.log.warn({ error }, 'a backup that was sent is still there');
    });
  }, KEPT_MS);
  timer.unref();
  return await openAsBlob(file, { type: 'application/gzip' });
}

/** Removes the backups that an earlier process left waiting. */
export async function clearBackups(home: string): Promise<void> {
  await rm(waitingFolder(home), { recursive: true, force: true });
}
