import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSignInFile, seedWhenEmpty } from '../../src/modules/operator/index.ts';
import { createPasswords } from '../../src/modules/staff/index.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import {
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaffAs,
  type TestServer,
} from '../support/test-server.ts';

const COMPANIES = ['harbour-roasters', 'lantern-hotels', 'polaris-cycles'];
let server: TestServer;
let ask: (verb: string, body?: object) => ReturnType<TestServer['call']>;

beforeAll(async () => {
  server = await openTestServer();
  const { token } = loadOperatorToken(server.home);
  ask = (verb, body = {}) =>
    server.call(`/api/operator/${verb}`, { body, headers: { authorization: `Bearer ${token}` } });
}, 120_000);
afterAll(() => server.close());

describe('seeding', () => {
  test('adds the demo companies with all that is theirs, once', async () => {
    const first = await ask('seed');
    expect(first.body).toEqual({ companies: COMPANIES, histories: [] });
    expect((await ask('seed')).body).toEqual({ companies: [], histories: [] });
    const { body } = await server.call('/api/companies');
    expect(body.items.map((each: { id: string }) => each.id)).toEqual(COMPANIES);
    const families = await server.call('/api/c/lantern-hotels/families');
    expect(families.body.items.map((each: { id: string }) => each.id)).toEqual(['hotel_room']);
    const ontology = await server.call('/api/c/lantern-hotels/ontology');
    expect(ontology.body.predicates.length).toBeGreaterThan(10);
  });

  test('a site keeps items under the names that its families give them', async () => {
    const rows = await server.deps.database.kysely
      .selectFrom('stock_items')
      .select(['item', 'name', 'unit'])
      .where('company', '=', 'polaris-cycles')
      .execute();
    expect(rows.length).toBeGreaterThan(100);
    const unnamed = rows.filter((row) => row.name.en === row.item);
    expect(unnamed).toEqual([]);
  });

  test('the demo staff sign in with the password in a file for its owner alone', async () => {
    const file = demoSignInFile(server.home);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const password = /^Password: (\S{12})$/m.exec(text)?.[1] ?? '';
    const emails = [...text.matchAll(/^ {2}(\S+@\S+)/gm)].map((match) => match[1] ?? '');
    expect(emails.length).toBe(20);
    const cookie = await signInStaffAs(server, 'desk@polaris.example', password);
    const { body } = await server.call('/api/c/polaris-cycles/session', { cookie });
    expect(body.staff).toMatchObject({ name: 'Miriam Aksoy', roles: ['clerk'] });
  });

  test('a first start seeds an empty installation, and no other', async () => {
    const other = await openTestServer();
    await addTestCompany(other, 'acme');
    const seeded = await seedWhenEmpty(other.deps, createPasswords(1));
    expect(seeded).toEqual({ companies: [], signIn: undefined });
    await other.close();
    expect((await ask('seed')).body).toEqual({ companies: COMPANIES, histories: [] });
  });
});

describe('one person', () => {
  const who = { company: 'lantern-hotels', email: 'Nora@guest.example' };

  test('is exported as JSON-LD', async () => {
    const { status, body } = await ask('export', who);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('Nora Whitfield');
    expect(body['@context']).toBeDefined();
  });

  test('is erased with their session, mails and kept replies', async () => {
    const cookie = await signInCustomer(server, who.company, who.email);
    const erased = await ask('erase', who);
    expect([erased.status, erased.body.rows > 3]).toEqual([200, true]);
    const { body } = await server.call(`/api/c/${who.company}/session`, { cookie });
    expect(body.customer).toBeNull();
    expect((await ask('erase', who)).body.type).toBe('guest/not-found');
    expect((await ask('export', who)).body.type).toBe('guest/not-found');
  });

  test('of a company that there is not is not found either', async () => {
    const answer = await ask('export', { ...who, company: 'nowhere' });
    expect(answer.body.type).toBe('company/not-found');
  });
});

test('a backup is a whole file, with the master key where it is asked for', async () => {
  const { token } = loadOperatorToken(server.home);
  const backup = async (body: object): Promise<string> => {
    const reply = await server.app.request('/api/operator/backup', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(reply.headers.get('content-type')).toBe('application/gzip');
    return gunzipSync(await reply.arrayBuffer()).toString('utf8');
  };
  const plain = await backup({});
  const head = JSON.parse(plain.slice(0, plain.indexOf('\n')));
  expect([head.format, head.masterKey]).toEqual(['keepsake-backup', undefined]);
  expect(plain.trimEnd().slice(plain.trimEnd().lastIndexOf('\n'))).toContain('"sha256"');
  const keyed = await backup({ withKey: true });
  expect(JSON.parse(keyed.slice(0, keyed.indexOf('\n'))).masterKey).toMatch(/^[\w+/]{43}=$/);
});
