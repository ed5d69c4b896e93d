import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@keepsake/contract';
import { parseInstant } from '@keepsake/kernel';
import { type CompanyRecord, insertCompany } from '../../src/modules/companies/index.ts';
import { addMember, createPasswords } from '../../src/modules/staff/index.ts';
import { type SettableClock, settableClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { createLog, type Log } from '../../src/platform/log.ts';
import { type BuiltServer, buildServer } from '../../src/server.ts';
import { openTestDatabase } from './test-database.ts';

/** Where tests stand in time unless they move the clock: a Monday morning in spring. */
export const TEST_NOW = '2026-03-02T09:00:00.000Z';
/** The password of every member of staff that a test adds. */
export const TEST_PASSWORD = 'a password for tests';

/** One master key for all, so that a second server can read the same database. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** A request of a test: JSON in, JSON out. */
export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer to a test. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // A test looks at the fields it expects; what they are is the contract's matter.
  // biome-ignore lint/suspicious/noExplicitAny: the body of any endpoint
  readonly body: any;
}

/** A server without a socket, on the database of the running project, with a clock that stands. */
export interface TestServer extends BuiltServer {
  readonly clock: SettableClock;
  readonly home: string;
  call(path: string, how?: Call): Promise<Answer>;
}

/** What a test wants different. */
export interface TestServerOptions {
  readonly now?: string;
  /** Without it, the shared database of the worker, emptied. */
  readonly database?: Database;
  readonly environment?: Readonly<Record<string, string>>;
  /** Without it, nothing is logged. */
  readonly log?: Log;
}

/** Builds a server for a test; `close` also removes its home. */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'keepsake-test-'));
  const clock = settableClock(parseInstant(options.now ?? TEST_NOW) ?? 0);
  const database = options.database ?? (await openTestDatabase());
  const config = readConfig({
    KEEPSAKE_HOME: home,
    KEEPSAKE_MASTER_KEY: MASTER_KEY,
    ...options.environment,
  });
  const log = options.log ?? createLog('silent');
  const built = await buildServer(config, { database, clock, log });
  return {
    ...built,
    clock,
    home,
    call: (path, how) => call(built, path, how),
    close: async () => {
      await built.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function call(server: BuiltServer, path: string, how: Call = {}): Promise<Answer> {
  const method = how.method ?? (how.body === undefined ? 'GET' : 'POST');
  const headers = new Headers(how.headers);
  if (how.cookie !== undefined) headers.set('cookie', how.cookie);
  const init: RequestInit = { method, headers };
  if (how.body !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    init.body = typeof how.body === 'string' ? how.body : JSON.stringify(how.body);
  }
  const response = await server.app.request(path, init);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

/** A small company that sells goods, with one site and nothing in it. */
export function testCompany(id: string, changes: Partial<CompanyRecord> = {}): CompanyRecord {
  return {
    id,
    name: `The ${id}`,
    legalName: `${id} Ltd`,
    invoiceAddress: ['1 Test Street', 'Testham'],
    taxNumber: 'T 1',
    summary: { en: 'A company for tests' },
    accent: '#336699',
    locale: 'en',
    currency: 'EUR',
    taxIncluded: true,
    kind: 'goods',
    mailSender: `The ${id}`,
    sites: [
      {
        id: 'main',
        name: { en: 'Workshop' },
        place: 'Berlin',
        timeZone: 'Europe/Berlin',
        plant: { workCentres: [], stock: [] },
      },
    ],
    deliveries: [],
    taxes: [],
    families: [],
    ...changes,
  };
}

/** Adds a company to the database of a server. */
export async function addTestCompany(
  server: Pick<BuiltServer, 'deps'>,
  id: string,
  changes: Partial<CompanyRecord> = {},
): Promise<CompanyRecord> {
  const record = testCompany(id, changes);
  const createdAt = new Date(server.deps.clock.now());
  await server.deps.database.transaction(async (tx) => {
    await insertCompany(tx, record, { position: 0, createdAt });
  });
  return record;
}

const passwords = createPasswords(1);
let passwordHash: Promise<string> | undefined;

/** Adds a member of staff and signs them in; answers their cookie. */
export async function signInStaff(
  server: TestServer,
  company: string,
  ...roles: readonly Role[]
): Promise<string> {
  const email = await addTestStaff(server, company, roles);
  return await signInStaffAs(server, email, TEST_PASSWORD);
}

/** Adds a member of staff with `TEST_PASSWORD`; answers their address. */
export async function addTestStaff(
  server: TestServer,
  company: string,
  roles: readonly Role[],
): Promise<string> {
  passwordHash ??= passwords.hash(TEST_PASSWORD);
  const hash = await passwordHash;
  const email = `${roles.join('-') || 'nobody'}@${company}.example`;
  const person = { name: `The ${roles.join(' and ')}`, email, passwordHash: hash };
  await server.deps.database.transaction((tx) =>
    addMember(tx, server.deps, { company, roles, person }),
  );
  return email;
}

/** Signs a member of staff in by password, as the page does; answers their cookie. */
export async function signInStaffAs(
  server: TestServer,
  email: string,
  password: string,
): Promise<string> {
  const answer = await server.call('/auth/sign-in/email', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`${email} was not signed in: ${answer.status}`);
  return cookiesOf(answer);
}

/** Signs a customer in by the link in their mail, as they do; answers their cookie. */
export async function signInCustomer(
  server: TestServer,
  company: string,
  email: string,
): Promise<string> {
  const asked = await server.call(`/api/c/${company}/sign-in`, { body: { email } });
  if (asked.status !== 202) throw new Error(`no link was sent: ${asked.status}`);
  const token = await readLink(server, email);
  const redeemed = await server.call(`/api/c/${company}/sign-in/redeem`, { body: { token } });
  if (redeemed.status !== 200) throw new Error(`the link does not work: ${redeemed.status}`);
  return cookiesOf(redeemed);
}

/** The token in the newest mail to an address that has one. */
export async function readLink(server: TestServer, email: string): Promise<string> {
  const mailbox = await server.call(`/api/mailbox?to=${encodeURIComponent(email)}`);
  const texts = mailbox.body.items.map(({ text }: { text: string }) => text).join('\n');
  const token = /[?&]token=([\w-]+)/.exec(texts)?.[1];
  if (token === undefined) throw new Error(`there is no link in a mail to ${email}`);
  return token;
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
