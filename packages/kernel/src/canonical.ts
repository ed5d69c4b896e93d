import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toHex } from './random.ts';
import { invariant } from './result.ts';

/** Data that has one canonical text: no undefined, no functions, no cycles. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * The one text of a piece of data, in the manner of RFC 8785: keys sorted by UTF-16 code units, no
 * white space, numbers as ECMAScript prints them. Cost is linear in the size, but for the sorting.
 */
export function canonicalText(data: Json): string {
  if (typeof data === 'number') {
    invariant(Number.isFinite(data), 'canonical numbers are finite');
    return JSON.stringify(data);
  }
  if (data === null || typeof data !== 'object') return JSON.stringify(data);
  if (Array.isArray(data)) return `[${data.map((item: Json) => canonicalText(item)).join(',')}]`;
  const entries = Object.entries(data as { readonly [key: string]: Json });
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${canonicalText(value)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 over the canonical text, as 64 hexadecimal digits. */
export function canonicalHash(data: Json): string {
  return toHex(sha256(utf8ToBytes(canonicalText(data))));
}
