import type { Instant } from './time.ts';

/** Where chance comes from: bytes, so that a secure source and a seeded one look alike. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/**
 * A deterministic source for tests, demos and simulators (xorshift128, Marsaglia 2003).
 * Never for secrets.
 */
export function seededRandom(seed: number): Random & { next(): number; below(n: number): number } {
  const state = new Uint32Array([seed >>> 0 || 1, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
  const step = (): number => {
    const t = (state[3] ?? 0) ^ ((state[3] ?? 0) << 11);
    state[3] = state[2] ?? 0;
    state[2] = state[1] ?? 0;
    state[1] = state[0] ?? 0;
    state[0] = (state[0] ?? 0) ^ ((state[0] ?? 0) >>> 19) ^ t ^ (t >>> 8);
    return state[0] ?? 0;
  };
  for (let i = 0; i < 16; i++) step();
  return {
    next: () => step() / 2 ** 32,
    below: (n) => Math.floor((step() / 2 ** 32) * n),
    bytes: (count) => Uint8Array.from({ length: count }, () => step() & 0xff),
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits, so that ids sort
 * by the time they were made.
 */
export function newId(now: Instant, random: Random): string {
  const bytes = random.bytes(16);
  let rest = now;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
