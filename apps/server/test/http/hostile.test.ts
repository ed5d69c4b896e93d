import { LIMITS, PROBLEMS, Problem } from '@keepsake/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addTestCompany,
  type Call,
  openTestServer,
  type TestServer,
} from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
});
afterAll(() => server.close());

const SIGN_IN = '/api/c/acme/sign-in';

/** Asks, and checks that what comes back is a whole problem of the catalogue. */
async function refused(path: string, how: Call): Promise<string> {
  const answer = await server.call(path, how);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const problem = Problem.parse(answer.body);
  const known = PROBLEMS[problem.type as keyof typeof PROBLEMS];
  expect(problem).toMatchObject({
    status: answer.status,
    title: known.title,
    advice: known.advice,
  });
  expect(problem.instance).toBe(answer.headers.get('x-request-id'));
  return problem.type;
}

describe('a body', () => {
  test.each([
    ['half of JSON', '{"email":'],
    ['no JSON at all', 'email=a@example.com'],
    ['broken UTF-8 in JSON', '{"email":"\ud800"}'],
    ['a list', '[]'],
    ['a number', '1'],
    ['null', 'null'],
    ['a very deep list', '['.repeat(50_000) + ']'.repeat(50_000)],
  ])('that is %s is refused', async (_, body) => {
    expect(await refused(SIGN_IN, { body })).toMatch(/^request\/(malformed|invalid)$/);
  });

  test('of another type is refused, as a form of another site could send it', async () => {
    const body = '{"email":"a@example.com"}';
    const headers = { 'content-type': 'text/plain' };
    expect(await refused(SIGN_IN, { body, headers })).toBe('request/malformed');
  });

  test('with a field too many names it', async () => {
    const answer = await server.call(SIGN_IN, { body: { email: 'a@example.com', admin: true } });
    expect(answer.body).toMatchObject({ type: 'request/invalid', status: 400 });
    expect(JSON.stringify(answer.body.issues)).toContain('admin');
  });

  test('that reaches for prototypes does nothing', async () => {
    const body =
      '{"email":"a@example.com","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    expect(await refused(SIGN_IN, { body })).toBe('request/invalid');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('larger than the limit is refused, declared or not', async () => {
    const body = JSON.stringify({ email: 'x'.repeat(LIMITS.bodyBytesMax) });
    expect(await refused(SIGN_IN, { body })).toBe('request/too-large');
    const headers = { 'content-length': '10' };
    expect(await refused(SIGN_IN, { body, headers })).toBe('request/too-large');
  });

  test('up to the limit is read', async () => {
    const rest = JSON.stringify({ email: '' }).length;
    const body = JSON.stringify({ email: 'x'.repeat(LIMITS.bodyBytesMax - rest) });
    expect(await refused(SIGN_IN, { body })).toBe('request/invalid');
  });
});

describe('an address', () => {
  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/c/acme/nothing',
    '/api/c/acme/../../operator/seed',
    '/api/c/acme/families/x/y/z',
  ])('%s leads nowhere', async (path) => {
    expect(await refused(path, {})).toBe('route/not-found');
  });

  test.each(['', 'ACME', 'a b', '%00', "';drop table companies;--", 'a'.repeat(65), '..%2f..'])(
    'with the company %s is refused',
    async (company) => {
      const path = `/api/c/${company.includes('%') ? company : encodeURIComponent(company)}/session`;
      expect(await refused(path, {})).toMatch(
        /^(request\/invalid|request\/malformed|route\/not-found)$/,
      );
    },
  );

  test('takes no other method', async () => {
    expect(await refused(SIGN_IN, { method: 'DELETE' })).toBe('route/not-found');
    expect(await refused('/api/companies', { body: {} })).toBe('route/not-found');
  });
});

describe('an idempotency key', () => {
  test.each(['short', 'x'.repeat(101), 'with a space in it', 'ümlaut-in-a-key'])(
    '%s is refused',
    async (key) => {
      const how = { body: { email: 'a@example.com' }, headers: { 'idempotency-key': key } };
      expect(await refused(SIGN_IN, how)).toBe('request/invalid');
    },
  );

  test('gives the first answer again', async () => {
    const how = { body: { email: 'k@example.com' }, headers: { 'idempotency-key': 'key-12345' } };
    const first = await server.call(SIGN_IN, how);
    const second = await server.call(SIGN_IN, how);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(second.headers.get('idempotent-replay')).toBe('true');
    const { body } = await server.call('/api/mailbox?to=k@example.com');
    expect(body.items).toHaveLength(1);
  });
});

describe('another site', () => {
  const body = { email: 'a@example.com' };
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost.evil.example' },
  ])('is refused to change anything: %o', async (headers) => {
    expect(await refused(SIGN_IN, { body, headers: headers as Record<string, string> })).toBe(
      'session/forbidden',
    );
  });

  test.each([
    { origin: 'http://localhost' },
    { origin: 'http://localhost:4600' },
    { 'sec-fetch-site': 'same-origin' },
  ])('is told apart from our own: %o', async (headers) => {
    const answer = await server.call(SIGN_IN, { body, headers: headers as Record<string, string> });
    expect([202, 429]).toContain(answer.status);
  });

  test('may not read either: no answer allows it', async () => {
    const answer = await server.call('/api/companies', {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('whoever asks too often has to wait', async () => {
  const own = await openTestServer({ database: server.deps.database });
  const statuses = new Map<number, number>();
  for (let i = 0; i < 1_210; i++) {
    const { status } = await own.call('/api/nothing');
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses]).toEqual([
    [404, 1_200],
    [429, 10],
  ]);
  await own.close();
});
