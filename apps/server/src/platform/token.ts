import { createHash, randomBytes } from 'node:crypto';

/** A secret to hand out, and the hash to keep of it. */
export interface Token {
  readonly token: string;
  readonly hash: string;
}

/** A new secret of 32 random bytes, from the system's source and never from a seeded one. */
export function newToken(): Token {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** What is kept of a token. It has 256 random bits, so that a plain hash cannot be guessed back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
