import { type Access, contract, type EndpointMeta, type Role } from '@keepsake/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import {
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const ROLES: readonly Role[] = [
  'owner',
  'product-manager',
  'clerk',
  'maker',
  'privacy-officer',
  'marketing',
];
type Who = 'anonymous' | 'customer' | 'operator' | Role;
const CALLERS: readonly Who[] = ['anonymous', 'customer', ...ROLES, 'operator'];

interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: Access;
}

/** Every endpoint of the contract; `{…}` in the path filled with something well-formed. */
const endpoints: readonly Endpoint[] = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs).map(([verb, procedure]) => {
    const { meta, route } = (
      procedure as unknown as {
        '~orpc': { meta: EndpointMeta; route: { method: string; path: string } };
      }
    )['~orpc'];
    const path = route.path
      .replace('{company}', 'acme')
      .replace(/\{(order|design|guest|operation|share)\}/g, '0190c0de-0000-7000-8000-000000000000')
      .replace(/\{\w+\}/g, 'something');
    return { name: `${noun}.${verb}`, method: route.method, path, access: meta.access };
  }),
);

/** What the contract says, worked out here a second time: a status, or `null` for let in. */
function expected(access: Access, who: Who): 401 | 403 | null {
  const isStaff = ROLES.includes(who as Role);
  switch (access.kind) {
    case 'anyone':
      return null;
    case 'operator':
      return who === 'operator' ? null : 401;
    case 'customer':
      return who === 'customer' ? null : 401;
    default: {
      if (access.kind === `${who}-or-staff`) return null;
      if (!isStaff) return 401;
      return who === 'owner' || access.roles.includes(who as Role) ? null : 403;
    }
  }
}

let server: TestServer;
const credentials = new Map<Who, { cookie?: string; headers?: Record<string, string> }>();

beforeAll(async () => {
  // Nobody is held back who sits at the machine itself.
  server = await openTestServer({ environment: { KEEPSAKE_BEHIND_PROXY: 'yes' } });
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
  credentials.set('anonymous', {});
  credentials.set('customer', { cookie: await signInCustomer(server, 'acme', 'c@example.com') });
  for (const role of ROLES) {
    credentials.set(role, { cookie: await signInStaff(server, 'acme', role) });
  }
  const { token } = loadOperatorToken(server.home);
  credentials.set('operator', { headers: { authorization: `Bearer ${token}` } });
});
afterAll(() => server.close());

/** A body that no endpoint takes: whoever is let in is told so, and nothing is done. */
const REFUSED_BODY = { 'no such field': true };

async function statusOf(endpoint: Endpoint, who: Who, path = endpoint.path): Promise<number> {
  const { method } = endpoint;
  const { cookie, headers } = credentials.get(who) ?? {};
  const near = { 'x-forwarded-for': '127.0.0.1', ...headers };
  const how = { method, headers: near, ...(cookie === undefined ? {} : { cookie }) };
  const answer =
    method === 'GET'
      ? await server.call(`${path}?no_such_field=1`, how)
      : await server.call(path, { ...how, body: REFUSED_BODY });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return answer.status;
}

test('the matrix is whole', () => {
  expect(endpoints.length).toBeGreaterThan(45);
  expect(new Set(endpoints.map((each) => each.access.kind)).size).toBe(6);
});

describe.each(endpoints)('$name', (endpoint) => {
  test('lets in whom the contract names, refuses everybody else, and takes no unknown field', async () => {
    const seen = new Map<Who, number>();
    for (const who of CALLERS) seen.set(who, await statusOf(endpoint, who));
    const wanted = CALLERS.map((who) => [who, expected(endpoint.access, who) ?? 400] as const);
    expect([...seen]).toEqual(wanted);
  });

  test('knows nobody of this company at another', async () => {
    if (!endpoint.path.includes('/c/acme')) return;
    const path = endpoint.path.replace('/c/acme', '/c/other');
    const { kind } = endpoint.access;
    for (const who of CALLERS) {
      // The operator is the same at every company.
      const isOpen = kind === 'anyone' || (kind.startsWith('operator') && who === 'operator');
      expect([who, await statusOf(endpoint, who, path)]).toEqual([who, isOpen ? 400 : 401]);
    }
  });
});
