import { decidedOf, type Moment } from '../session.ts';
import type { Space } from '../space.ts';
import { readSpaceFile } from './compiled-space.ts';
import { openReader } from './space-reader.ts';

/**
 * How many designs keep the choices and texts of a moment, exactly at any size. It remembers the last
 * moment: a question costs one sweep of each diagram in which something changed.
 */
export type DesignCounter = (moment: Moment) => bigint;

/**
 * Counts the designs of a space by the diagrams of its file; undefined where the file is of another
 * version, or broken. Linear in the file.
 */
export function openDesignCounter(space: Space, file: Uint8Array): DesignCounter | undefined {
  const compiled = readSpaceFile(space, file);
  if (compiled === undefined) return undefined;
  const reader = openReader(compiled);
  return (moment) => reader.read(decidedOf(space, moment)).designs();
}
