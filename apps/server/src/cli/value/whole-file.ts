import {
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InputError, reasonOf } from '../space/input.ts';

/** Text is written in pieces of about this size. */
const PIECE_CHARS = 1 << 18;

/** Hears text, piece by piece. */
type Fill = (write: (text: string) => void) => void;

/**
 * Writes a file that is there whole or not at all: beside it first, and put in its place at the end.
 * Where `fill` fails, what was there before stays as it was. What a link leads to is replaced, and the
 * link stays; a pipe or a device cannot be replaced, and is written to. Throws `InputError` where it
 * cannot be.
 */
export function writeWhole(file: string, fill: Fill): void {
  const there = attempt(file, () => statSync(file, { throwIfNoEntry: false }));
  if (there !== undefined && !there.isFile()) {
    writePieces(file, { to: file, flags: 'w' }, fill);
    return;
  }
  const target = there === undefined ? file : realpathSync(file);
  const draft = `${target}.${process.pid}.part`;
  let isPlaced = false;
  try {
    writePieces(file, { to: draft, flags: 'wx' }, fill);
    attempt(file, () => renameSync(draft, target));
    isPlaced = true;
  } finally {
    if (!isPlaced) rmSync(draft, { force: true });
  }
}

function writePieces(
  file: string,
  { to, flags }: { readonly to: string; readonly flags: string },
  fill: Fill,
): void {
  const descriptor = attempt(file, () => openSync(to, flags));
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
  } finally {
    closeSync(descriptor);
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

/**
 * The file to write, which must not be the one that is read, by whatever path; its folder is looked
 * for before long work rather than after it.
 */
export function outBeside(file: string, out = ''): string {
  if (out === '' || out === '-') throw new InputError(`--out: '${out}' is no file; give its path`);
  const isSame = existsSync(out) && existsSync(file) && realpathSync(out) === realpathSync(file);
  if (isSame) throw new InputError('--out: is the file that is read; give another');
  const folder = dirname(out);
  const what = attempt(out, () => statSync(folder, { throwIfNoEntry: false }));
  if (what?.isDirectory() !== true) {
    throw new InputError(`${out}: cannot be written: there is no folder ${folder}`);
  }
  return out;
}
