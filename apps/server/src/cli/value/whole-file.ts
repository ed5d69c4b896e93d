import {
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { InputError, reasonOf } from '../space/input.ts';

/** Text is written in pieces of about this size. */
const PIECE_CHARS = 1 << 18;

/**
 * Writes a file that is there whole or not at all: beside it first, and put in its place at the end.
 * Where `fill` fails, what was there before stays as it was. Throws `InputError` where it cannot be.
 */
export function writeWhole(file: string, fill: (write: (text: string) => void) => void): void {
  const draft = `${file}.${process.pid}.part`;
  const descriptor = attempt(file, () => openSync(draft, 'wx'));
  let isWhole = false;
  try {
    let pending = '';
    fill((text) => {
      pending += text;
      if (pending.length < PIECE_CHARS) return;
      const piece = pending;
      pending = '';
      attempt(file, () => writeAll(descriptor, piece));
    });
    attempt(file, () => writeAll(descriptor, pending));
    isWhole = true;
  } finally {
    closeSync(descriptor);
    if (!isWhole) rmSync(draft, { force: true });
  }
  try {
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new InputError(`${file}: cannot be written: ${reasonOf(error)}`);
  }
}

/** A disk that is nearly full takes less than it is given. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

function attempt<T>(file: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new InputError(`${file}: cannot be written: ${reasonOf(error)}`);
  }
}

/** The file to write, which must not be the one that is read, by whatever path. */
export function outBeside(file: string, out = ''): string {
  const isSame = existsSync(out) && existsSync(file) && realpathSync(out) === realpathSync(file);
  if (isSame) throw new InputError('--out: is the file that is read; give another');
  return out;
}
