import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addTestCompany,
  addTestStaff,
  cookiesOf,
  openTestServer,
  readLink,
  signInStaff,
  signInStaffAs,
  TEST_PASSWORD,
  type TestServer,
} from '../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
});
afterEach(() => server.close());

const staffOf = (company: string, cookie?: string) =>
  server.call(`/api/c/${company}/staff`, cookie === undefined ? {} : { cookie });

describe('signing in', () => {
  test('a member of staff signs in by password and is who they are', async () => {
    const cookie = await signInStaff(server, 'acme', 'clerk');
    const { body } = await server.call('/api/c/acme/session', { cookie });
    expect(body.staff).toMatchObject({ email: 'clerk@acme.example', roles: ['clerk'] });
    expect(body.customer).toBeNull();
  });

  test('a wrong password and an unknown address are refused alike', async () => {
    const email = await addTestStaff(server, 'acme', ['clerk']);
    const wrong = { email, password: 'not the password' };
    const unknown = { email: 'nobody@acme.example', password: TEST_PASSWORD };
    const first = await server.call('/auth/sign-in/email', { body: wrong });
    const second = await server.call('/auth/sign-in/email', { body: unknown });
    expect(first.status).toBe(401);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
  });

  test('after ten wrong guesses the account has to wait, also with the right password', async () => {
    const email = await addTestStaff(server, 'acme', ['clerk']);
    const guess = (password: string) =>
      server.call('/auth/sign-in/email', { body: { email, password } });
    for (let i = 0; i < 10; i++) expect((await guess(`guess number ${i}`)).status).toBe(401);
    const last = await guess(TEST_PASSWORD);
    expect(last.status).toBe(429);
    expect(last.body.type).toBe('request/too-many');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('nobody signs up, and what else the library offers is not there', async () => {
    const body = { email: 'new@acme.example', password: TEST_PASSWORD, name: 'New' };
    expect((await server.call('/auth/sign-up/email', { body })).status).toBe(404);
    expect((await server.call('/auth/update-user', { body: { name: 'x' } })).status).toBe(404);
    expect((await server.call('/auth/ok')).status).toBe(404);
  });

  test('signing out ends the session', async () => {
    const cookie = await signInStaff(server, 'acme', 'owner');
    expect((await staffOf('acme', cookie)).status).toBe(200);
    const out = await server.call('/auth/sign-out', { body: {}, cookie });
    expect(out.status).toBe(200);
    const left = await server.deps.database.kysely
      .selectFrom('staff_sessions')
      .select('id')
      .execute();
    expect(left).toEqual([]);
  });

  test('the password is kept as argon2id, and where staff sign in from is not kept', async () => {
    await signInStaff(server, 'acme', 'clerk');
    const db = server.deps.database.kysely;
    const [credential] = await db.selectFrom('staff_credentials').select('password').execute();
    expect(credential?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const sessions = await db.selectFrom('staff_sessions').selectAll().execute();
    expect(sessions).toMatchObject([{ ip_address: null, user_agent: null }]);
  });

  test('another site cannot sign somebody in', async () => {
    const email = await addTestStaff(server, 'acme', ['clerk']);
    const answer = await server.call('/auth/sign-in/email', {
      body: { email, password: TEST_PASSWORD },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('roles', () => {
  test('who works at one company is a stranger at another', async () => {
    const cookie = await signInStaff(server, 'acme', 'owner');
    expect((await staffOf('acme', cookie)).status).toBe(200);
    expect((await staffOf('other', cookie)).status).toBe(401);
  });

  test('only an owner sees the staff', async () => {
    const cookie = await signInStaff(server, 'acme', 'clerk');
    const answer = await staffOf('acme', cookie);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ type: 'session/forbidden', roles: ['owner'] });
  });

  test('roles change at once, and none at all shuts the door', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    const clerk = await signInStaff(server, 'acme', 'clerk');
    const { body } = await staffOf('acme', owner);
    const member = body.items.find((each: { email: string }) => each.email.startsWith('clerk'));
    const path = `/api/c/acme/staff/${member.id}/roles`;
    const put = (roles: readonly string[]) =>
      server.call(path, { method: 'PUT', body: { roles }, cookie: owner });
    expect((await put(['owner', 'maker'])).body.roles).toEqual(['owner', 'maker']);
    expect((await staffOf('acme', clerk)).status).toBe(200);
    expect((await put([])).status).toBe(200);
    expect((await staffOf('acme', clerk)).status).toBe(401);
  });

  test('the last owner stays', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    const { body } = await staffOf('acme', owner);
    const path = `/api/c/acme/staff/${body.items[0].id}/roles`;
    const answer = await server.call(path, {
      method: 'PUT',
      body: { roles: ['clerk'] },
      cookie: owner,
    });
    expect([answer.status, answer.body.type]).toEqual([409, 'staff/last-owner']);
  });

  test('a member of another company is not found', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    const foreign = await signInStaff(server, 'other', 'owner');
    const { body } = await staffOf('other', foreign);
    const answer = await server.call(`/api/c/acme/staff/${body.items[0].id}/roles`, {
      method: 'PUT',
      body: { roles: ['clerk'] },
      cookie: owner,
    });
    expect([answer.status, answer.body.type]).toEqual([404, 'staff/not-found']);
  });
});

describe('invitations', () => {
  const invite = (cookie: string, email = 'New@Acme.example') =>
    server.call('/api/c/acme/staff/invitations', { body: { email, roles: ['maker'] }, cookie });
  const accept = (token: string, company = 'acme') =>
    server.call(`/api/c/${company}/staff/invitations/accept`, {
      body: { token, name: 'New Hand', password: 'another password' },
    });

  test('the mail leads to an account, once', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    expect((await invite(owner)).body.email).toBe('new@acme.example');
    expect((await staffOf('acme', owner)).body.invited).toMatchObject([{ roles: ['maker'] }]);
    const token = await readLink(server, 'new@acme.example');
    const accepted = await accept(token);
    expect([accepted.status, accepted.body.roles]).toEqual([201, ['maker']]);
    expect((await accept(token)).body.type).toBe('session/link-invalid');
    expect((await staffOf('acme', owner)).body.invited).toEqual([]);
    const cookie = await signInStaffAs(server, 'new@acme.example', 'another password');
    const { body } = await server.call('/api/c/acme/session', { cookie });
    expect(body.staff.roles).toEqual(['maker']);
  });

  test('an invitation holds at its own company, for seven days, and until the next one', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    await invite(owner);
    const first = await readLink(server, 'new@acme.example');
    expect((await accept(first, 'other')).status).toBe(410);
    await invite(owner);
    expect((await accept(first)).status).toBe(410);
    const second = await readLink(server, 'new@acme.example');
    server.clock.advance(7 * 24 * 3_600_000);
    expect((await accept(second)).status).toBe(410);
  });

  test('neither the token nor the address of an invitation is kept in plain', async () => {
    const owner = await signInStaff(server, 'acme', 'owner');
    await invite(owner);
    const token = await readLink(server, 'new@acme.example');
    const rows = await server.deps.database.kysely
      .selectFrom('staff_invitations')
      .selectAll()
      .execute();
    const text = JSON.stringify(rows) + Buffer.from(rows[0]?.email_sealed ?? []).toString('latin1');
    expect(text).not.toContain(token);
    expect(text.toLowerCase()).not.toContain('new@acme');
  });
});

describe('a forgotten password', () => {
  test('is chosen anew by a link in a mail, which ends every session', async () => {
    const email = await addTestStaff(server, 'acme', ['owner']);
    await signInStaffAs(server, email, TEST_PASSWORD);
    const asked = await server.call('/auth/request-password-reset', {
      body: { email, redirectTo: 'http://localhost/staff/reset' },
      headers: { origin: 'http://localhost' },
    });
    expect(asked.status).toBe(200);
    const token = await readLink(server, email);
    const body = { token, newPassword: 'a quite new password' };
    expect((await server.call('/auth/reset-password', { body })).status).toBe(200);
    expect((await server.call('/auth/reset-password', { body })).status).toBe(400);
    const left = await server.deps.database.kysely
      .selectFrom('staff_sessions')
      .select('id')
      .execute();
    expect(left).toEqual([]);
    await signInStaffAs(server, email, 'a quite new password');
  });

  test('asking for an unknown address answers alike and sends nothing', async () => {
    const body = { email: 'nobody@acme.example' };
    expect((await server.call('/auth/request-password-reset', { body })).status).toBe(200);
    expect((await server.call('/api/mailbox')).body.items).toEqual([]);
  });

  test('a refreshed cookie comes with the answer', async () => {
    const email = await addTestStaff(server, 'acme', ['owner']);
    const answer = await server.call('/auth/sign-in/email', {
      body: { email, password: TEST_PASSWORD },
    });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookiesOf(answer)).toContain('keepsake-staff.session_token=');
  });
});
