import { randomFillSync } from 'node:crypto';
import type { Random } from '@keepsake/kernel';

const POOL_BYTES = 8_192;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Bytes from the secure source of the operating system, each given out once. They are drawn many at
 * a time, as asking the system costs more than the bytes: for ids and nonces, not for keys.
 */
export function drawBytes(count: number): Uint8Array<ArrayBuffer> {
  if (count > POOL_BYTES / 8) return randomFillSync(new Uint8Array(count));
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + count);
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

/** The secure source of the operating system. */
export const systemRandom: Random = { bytes: drawBytes };
