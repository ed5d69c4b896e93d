import { expect, test } from 'vitest';
import { createClient, problemOf } from './index.ts';

const body = {
  type: 'company/not-found',
  title: 'There is no such company',
  status: 404,
  advice: 'Check the address.',
};

test('a problem reaches the caller whole, and what is none is told apart', async () => {
  const seen: Request[] = [];
  const client = createClient({
    baseUrl: 'http://keepsake.test',
    newKey: () => 'key-0001',
    fetch: async (request) => {
      seen.push(request);
      const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
      return new Response(JSON.stringify(body), { status: 404, headers });
    },
  });
  const error = await client.companies.get({ company: 'nobody' }).catch((thrown) => thrown);
  expect(problemOf(error)).toEqual(body);
  expect(problemOf(new TypeError('fetch failed'))).toBeUndefined();
  expect(seen[0]?.url).toBe('http://keepsake.test/api/c/nobody');
});

test('every write carries an idempotency key: its own, a new one, or none where none is wanted', async () => {
  const keys: (string | null)[] = [];
  let made = 0;
  const client = createClient({
    baseUrl: 'http://keepsake.test',
    newKey: () => `made-${++made}-key`,
    fetch: async (request) => {
      keys.push(request.headers.get('idempotency-key'));
      return Response.json({ sent: true }, { status: 202 });
    },
  });
  const input = { company: 'acme', email: 'somebody@customer.example' };
  await client.session.requestLink(input);
  await client.session.requestLink(input, { context: { idempotencyKey: 'given-key' } });
  await client.session.requestLink(input, { context: { idempotencyKey: null } });
  expect(keys).toEqual(['made-1-key', 'given-key', null]);
});
