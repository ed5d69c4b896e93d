import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a home keeps how the demo staff sign in. */
export function demoSignInFile(home: string): string {
  return join(home, 'demo-sign-in.txt');
}

const PASSWORD = /^Password: (\S+)$/m;

/**
 * The one password of all demo staff of a home: a random one, made when it is first asked for and
 * kept in a file that only the owner of the home can read, until somebody deletes it.
 */
export function demoPassword(home: string): string {
  const file = demoSignInFile(home);
  const known = existsSync(file) ? PASSWORD.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return known ?? randomBytes(9).toString('base64url');
}

/** Somebody of the demo staff. */
export interface DemoPerson {
  readonly company: string;
  readonly role: string;
  readonly email: string;
}

/** Writes down how the demo staff sign in, and answers the text. */
export function writeDemoSignIn(
  home: string,
  publicUrl: string,
  password: string,
  people: readonly DemoPerson[],
): string {
  const text = describeSignIn(publicUrl, password, people);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(demoSignInFile(home), text, { mode: 0o600 });
  return text;
}

function describeSignIn(
  publicUrl: string,
  password: string,
  people: readonly DemoPerson[],
): string {
  const wide = Math.max(...people.map((each) => each.email.length));
  const lines = people.map(
    (each) => `  ${each.email.padEnd(wide)}  ${each.role} of ${each.company}`,
  );
  return [
    `The demo staff sign in at ${publicUrl}/staff/sign-in`,
    '',
    ...lines,
    '',
    `Password: ${password}`,
    '',
    `Customers sign in by a link; without a mail server it is in ${publicUrl}/mailbox`,
    '',
  ].join('\n');
}
