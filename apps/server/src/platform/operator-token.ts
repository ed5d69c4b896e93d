import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The right to operate a server: whoever can read its home may seed, back up, export and erase. */
export interface OperatorToken {
  readonly token: string;
  /** Whether a request carries it, as `Authorization: Bearer …`. */
  isGivenBy(headers: Headers): boolean;
}

/** Where a home keeps the token. */
export function operatorTokenFile(home: string): string {
  return join(home, 'admin.token');
}

/** The token of a home, made where there is none; only the owner of the home can read the file. */
export function loadOperatorToken(home: string): OperatorToken {
  const file = operatorTokenFile(home);
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  const token = readFileSync(file, 'utf8').trim();
  const expected = Buffer.from(`Bearer ${token}`);
  return {
    token,
    isGivenBy: (headers) => {
      const given = Buffer.from(headers.get('authorization') ?? '');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
