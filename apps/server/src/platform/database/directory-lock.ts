import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The right of one process to use a directory. */
export interface DirectoryLock {
  /** Gives the right back. Calling it again does nothing. */
  release(): void;
}

/** Who holds a directory: `startedAt` tells a process from a later one of the same id. */
export interface LockOwner {
  readonly pid: number;
  readonly startedAt: string | undefined;
  readonly host: string;
}

/** Thrown when a living process holds the directory; the message names it and says what to do. */
export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';
  readonly code = 'database/locked';
  readonly owner: LockOwner;

  constructor(folder: string, owner: LockOwner) {
    super(
      `The store in ${folder} is in use by process ${owner.pid} on ${owner.host}. ` +
        'Stop that process, use its HTTP address instead, or set KEEPSAKE_HOME to another folder.',
    );
    this.owner = owner;
  }
}

const RELEASED = 'released\n';
const BEAT_MS = 5_000;
/** Another host cannot be asked for its processes; it is gone when it has not beaten for so long. */
const FOREIGN_SILENCE_MS = 60_000;

/**
 * Takes the right to use `folder`, which is recorded in `folder/lock/`. A right is a file with the
 * next higher number, made exclusively; the highest number rules, so two that find the same dead
 * owner cannot both follow it, and a living owner is never displaced. The files are not inside the
 * data directory, which the engine owns.
 */
export function lockDirectory(folder: string): DirectoryLock {
  const lockFolder = join(folder, 'lock');
  mkdirSync(lockFolder, { recursive: true });
  for (;;) {
    const ruling = numbersIn(lockFolder).at(-1) ?? 0;
    const owner = ruling === 0 ? undefined : livingOwner(fileOf(lockFolder, ruling));
    if (owner !== undefined) throw new DirectoryLockedError(folder, owner);
    const lock = take(lockFolder, ruling + 1);
    if (lock !== undefined) return lock;
  }
}

function numbersIn(lockFolder: string): readonly number[] {
  const names = readdirSync(lockFolder).filter((name) => /^\d+$/.test(name));
  return names.map(Number).sort((a, b) => a - b);
}

function fileOf(lockFolder: string, number: number): string {
  return join(lockFolder, String(number).padStart(9, '0'));
}

function take(lockFolder: string, number: number): DirectoryLock | undefined {
  const file = fileOf(lockFolder, number);
  const me: LockOwner = { pid: process.pid, startedAt: startOf(process.pid), host: hostname() };
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, `${JSON.stringify(me)}\n`);
    closeSync(handle);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
  const numbers = numbersIn(lockFolder);
  if (numbers.at(-1) !== number) {
    rmSync(file, { force: true });
    return undefined;
  }
  for (const older of numbers.slice(0, -1)) rmSync(fileOf(lockFolder, older), { force: true });
  return hold(file);
}

function hold(file: string): DirectoryLock {
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // The folder is gone, and so is what the lock protected.
    }
  }, BEAT_MS);
  beat.unref();
  let isHeld = true;
  return {
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      clearInterval(beat);
      try {
        writeFileSync(file, RELEASED, { flag: 'r+' });
        writeFileSync(file, RELEASED);
      } catch {
        // As above.
      }
    },
  };
}

/** The owner that a lock file names, where it may still be alive. */
function livingOwner(file: string): LockOwner | undefined {
  const owner = readOwner(file);
  if (owner === undefined) return undefined;
  if (owner.host !== hostname()) {
    return ageMs(file) < FOREIGN_SILENCE_MS ? owner : undefined;
  }
  if (!isAlive(owner.pid)) return undefined;
  const startedAt = startOf(owner.pid);
  const isReused =
    startedAt !== undefined && owner.startedAt !== undefined && startedAt !== owner.startedAt;
  return isReused ? undefined : owner;
}

/** A file that stays unreadable was left by a process that died between making and filling it. */
function readOwner(file: string): LockOwner | undefined {
  for (;;) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
    if (text.startsWith(RELEASED)) return undefined;
    const owner = parseOwner(text);
    if (owner !== undefined) return owner;
    if (ageMs(file) > 2_000) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function parseOwner(text: string): LockOwner | undefined {
  if (!text.endsWith('\n')) return undefined;
  try {
    const { pid, startedAt, host } = JSON.parse(text);
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { pid, startedAt: typeof startedAt === 'string' ? startedAt : undefined, host };
  } catch {
    return undefined;
  }
}

function ageMs(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process started, in the words of its system; undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // Field 22 of proc(5) stat, counted after the name, which may itself hold spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    if (process.platform === 'win32') return undefined;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
