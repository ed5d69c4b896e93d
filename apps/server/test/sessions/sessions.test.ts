import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSessions } from '../../src/modules/sessions/index.ts';
import {
  addTestCompany,
  cookiesOf,
  openTestServer,
  readLink,
  signInCustomer,
  type TestServer,
} from '../support/test-server.ts';

const EMAIL = 'Somebody@Example.com';
const DAY_MS = 86_400_000;
let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
});
afterEach(() => server.close());

const ask = (body: object, company = 'acme', headers = {}) =>
  server.call(`/api/c/${company}/sign-in`, { body, headers });
const redeem = (token: string, company = 'acme') =>
  server.call(`/api/c/${company}/sign-in/redeem`, { body: { token } });
const sessionOf = async (cookie: string, company = 'acme') =>
  (await server.call(`/api/c/${company}/session`, { cookie })).body;

describe('a sign-in link', () => {
  test('signs in, sets a cookie that pages cannot read, and leads back', async () => {
    expect((await ask({ email: EMAIL, returnTo: '/c/acme/x?y=1' })).body).toEqual({ sent: true });
    const answer = await redeem(await readLink(server, EMAIL));
    expect(answer.body.returnTo).toBe('/c/acme/x?y=1');
    expect(answer.body.session.customer.email).toBe('somebody@example.com');
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^keepsake_customer=[\w-]{43}; Path=\/api\/c\/acme; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    expect((await sessionOf(cookiesOf(answer))).customer).toEqual(answer.body.session.customer);
  });

  test('works once', async () => {
    await ask({ email: EMAIL });
    const token = await readLink(server, EMAIL);
    expect((await redeem(token)).status).toBe(200);
    const again = await redeem(token);
    expect([again.status, again.body.type]).toEqual([410, 'session/link-invalid']);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test('works for 15 minutes', async () => {
    await ask({ email: EMAIL });
    const token = await readLink(server, EMAIL);
    server.clock.advance(15 * 60_000);
    expect((await redeem(token)).status).toBe(410);
  });

  test('works at its own company alone', async () => {
    await ask({ email: EMAIL });
    const token = await readLink(server, EMAIL);
    expect((await redeem(token, 'other')).status).toBe(410);
    expect((await redeem(token)).status).toBe(200);
  });

  test('takes the other links of its address with it, and their mails', async () => {
    await ask({ email: EMAIL });
    const first = await readLink(server, EMAIL);
    await ask({ email: EMAIL });
    expect((await redeem(await readLink(server, EMAIL))).status).toBe(200);
    expect((await redeem(first)).status).toBe(410);
    expect((await server.call('/api/mailbox')).body.items).toEqual([]);
  });

  test('is asked for alike by those who are known and those who are not', async () => {
    await signInCustomer(server, 'acme', EMAIL);
    const known = await ask({ email: EMAIL });
    const unknown = await ask({ email: 'new@example.com' });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
  });

  test('finds the same customer again, however the address is spelt', async () => {
    const first = await sessionOf(await signInCustomer(server, 'acme', EMAIL));
    const second = await sessionOf(
      await signInCustomer(server, 'acme', 'SOMEBODY@example.com '.trim()),
    );
    expect(second.customer.guest).toBe(first.customer.guest);
    const elsewhere = await sessionOf(await signInCustomer(server, 'other', EMAIL), 'other');
    expect(elsewhere.customer.guest).not.toBe(first.customer.guest);
  });

  test.each(['//evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'does not lead to %s',
    async (returnTo) => {
      expect((await ask({ email: EMAIL, returnTo })).body.type).toBe('request/invalid');
    },
  );

  test('is not sent more than five times in a quarter of an hour', async () => {
    for (let i = 0; i < 5; i++) expect((await ask({ email: EMAIL })).status).toBe(202);
    const answer = await ask({ email: EMAIL.toLowerCase() });
    expect([answer.status, answer.body.type]).toEqual([429, 'request/too-many']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask({ email: 'another@example.com' })).status).toBe(202);
  });

  test('comes in the language of the browser', async () => {
    await ask({ email: EMAIL }, 'acme', { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' });
    const { body } = await server.call('/api/mailbox');
    expect(body.items[0].subject).toBe('Anmelden bei The acme');
  });

  test('leaves neither token nor address in plain', async () => {
    await ask({ email: EMAIL });
    const token = await readLink(server, EMAIL);
    const db = server.deps.database.kysely;
    const links = await db.selectFrom('sign_in_links').selectAll().execute();
    const mails = await db.selectFrom('mails').selectAll().execute();
    const bytes = [links[0]?.email_sealed, mails[0]?.sealed].map((each) =>
      Buffer.from(each ?? []).toString('latin1'),
    );
    const text = JSON.stringify([links, mails]) + bytes.join('');
    expect(bytes.every((each) => each.length > 0)).toBe(true);
    expect(text).not.toContain(token);
    expect(text.toLowerCase()).not.toContain('somebody');
  });
});

describe('a session', () => {
  test('is nothing at another company, and a made-up token is nobody', async () => {
    const cookie = await signInCustomer(server, 'acme', EMAIL);
    expect((await sessionOf(cookie, 'other')).customer).toBeNull();
    expect((await sessionOf(`keepsake_customer=${'x'.repeat(43)}`)).customer).toBeNull();
  });

  test('lasts for 30 days after it was last used', async () => {
    const cookie = await signInCustomer(server, 'acme', EMAIL);
    server.clock.advance(29 * DAY_MS);
    const used = await server.call('/api/c/acme/session', { cookie });
    expect(used.headers.getSetCookie()).toHaveLength(1);
    server.clock.advance(29 * DAY_MS);
    expect((await sessionOf(cookie)).customer).not.toBeNull();
    server.clock.advance(30 * DAY_MS);
    expect((await sessionOf(cookie)).customer).toBeNull();
  });

  test('ends with signing out', async () => {
    const cookie = await signInCustomer(server, 'acme', EMAIL);
    const out = await server.call('/api/c/acme/sign-out', { method: 'POST', cookie });
    expect(out.body).toEqual({ signedOut: true });
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await sessionOf(cookie)).customer).toBeNull();
  });

  test('ends with erasure, and so do the links of the same person', async () => {
    const cookie = await signInCustomer(server, 'acme', EMAIL);
    await ask({ email: EMAIL });
    const { guest } = (await sessionOf(cookie)).customer;
    const rows = await server.deps.database.transaction((tx) => eraseSessions(tx, 'acme', guest));
    expect(rows).toBe(2);
    expect((await sessionOf(cookie)).customer).toBeNull();
  });

  test('is asked for in vain at a company that there is not', async () => {
    const answer = await server.call('/api/c/nowhere/session');
    expect([answer.status, answer.body.type]).toEqual([404, 'company/not-found']);
  });
});

test('with a mail server there is no mailbox', async () => {
  const other = await openTestServer({
    database: server.deps.database,
    environment: { SMTP_URL: 'smtp://127.0.0.1:9' },
  });
  const answer = await other.call('/api/mailbox');
  expect([answer.status, answer.body.type]).toEqual([404, 'route/not-found']);
  expect((await other.call('/api/c/acme/session')).body.mailbox).toBe(false);
  await other.close();
});
