import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK_BYTES = 1 << 18;
const STANDARD_INPUT = 0;

/** Copies of what can be read only once, by the name that was given. */
const copies = new Map<string, string>();

/**
 * The path to read a file by, as often as needed. What comes through a pipe, and standard input, which
 * is called `-`, is copied into a folder of its own first, which is gone when the process ends. Throws
 * what reading and writing throw.
 */
export function readablePath(file: string): string {
  const there = file === '-' ? undefined : statSync(file, { throwIfNoEntry: false });
  const isPlain = file !== '-' && (there === undefined || there.isFile() || there.isDirectory());
  if (isPlain) return file;
  const known = copies.get(file);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-input-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, 'input');
  copyPipe(file === '-' ? STANDARD_INPUT : openSync(file, 'r'), copy);
  copies.set(file, copy);
  return copy;
}

function copyPipe(from: number, to: string): void {
  const out = openSync(to, 'wx', 0o600);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const length = readWaiting(from, chunk);
      if (length === 0) return;
      for (let done = 0; done < length; ) done += writeSync(out, chunk, done, length - done);
    }
  } finally {
    closeSync(out);
    if (from !== STANDARD_INPUT) closeSync(from);
  }
}

/** A pipe that has nothing yet may say so rather than wait. */
function readWaiting(from: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(from, chunk);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

const PAUSE_MS = 5;
