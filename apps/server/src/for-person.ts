import { ConfigError } from './platform/config.ts';
import { BackupError } from './platform/database/backup-format.ts';
import { DirectoryLockedError } from './platform/database/directory-lock.ts';
import { MigrationError } from './platform/database/migrations.ts';
import { MasterKeyError } from './platform/master-key.ts';

/** Errors that the person at the terminal can mend: the message says how, the stack adds nothing. */
export function isForPerson(error: unknown): error is Error {
  return (
    error instanceof BackupError ||
    error instanceof ConfigError ||
    error instanceof DirectoryLockedError ||
    error instanceof MasterKeyError ||
    error instanceof MigrationError
  );
}
