import { randomBytes } from 'node:crypto';
import type { Random } from '@keepsake/kernel';

/** The secure source of the operating system. */
export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
