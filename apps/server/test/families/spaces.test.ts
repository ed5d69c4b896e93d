import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSpace, familyHash } from '@keepsake/configurator';
import { createSpaceHost, SPACE_FORMAT, type SpaceReply } from '@keepsake/configurator/worker';
import { parseFamily } from '@keepsake/configurator/yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutFolder } from '../../src/platform/paths.ts';
import {
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const yaml = readFileSync(join(checkoutFolder, 'examples/families/coffee/family.yaml'), 'utf8');
const parsed = parseFamily(yaml);
if (parsed.kind === 'refused') throw new Error('the example is a family');
const family = parsed.value;
const modelHash = familyHash(family);
const UNKNOWN = '0'.repeat(64);

let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
  cookie = await signInStaff(server, 'acme', 'product-manager');
  const published = await server.call('/api/c/acme/families/coffee', {
    method: 'PUT',
    body: { yaml },
    cookie,
  });
  expect(published.status).toBe(200);
});

afterAll(() => server.close());

function address(company: string, hash: string, format: number | string = SPACE_FORMAT): string {
  return `/api/c/${company}/families/coffee/versions/${hash}/space?format=${format}`;
}

/** Asks until it is compiled: how long that takes is the machine's matter. */
async function askFile(headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  for (;;) {
    const response = await server.app.request(address('acme', modelHash), { headers });
    if (response.status !== 404) return response;
    const { type } = (await response.json()) as { type: string };
    expect(type).toBe('family/space-missing');
  }
}

/** The file as any other thread would write it. */
function compileHere(): Uint8Array {
  const replies: SpaceReply[] = [];
  const host = createSpaceHost((reply) => replies.push(reply));
  host.receive({ id: 1, kind: 'open', ask: { family } });
  host.receive({ id: 2, kind: 'write', ask: {} });
  while (!host.work());
  const written = replies.find((reply) => reply.kind === 'answer' && reply.id === 2);
  if (written?.kind !== 'answer') throw new Error('nothing was written');
  return (written.answer as { file: Uint8Array }).file;
}

describe('the space file of a published version', () => {
  test('is sent to anyone, to be kept for ever, and is the bytes that every engine writes', async () => {
    const response = await askFile();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('etag')).toBe(`"${modelHash}-${SPACE_FORMAT}"`);
    const file = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.from(file).equals(Buffer.from(compileHere()))).toBe(true);
    expect(compileSpace(family).modelHash).toBe(modelHash);
  });

  test('is not sent again to whoever has it', async () => {
    const etag = (await askFile()).headers.get('etag') ?? '';
    const again = await askFile({ 'if-none-match': `W/"x", ${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(etag);
    const other = await askFile({ 'if-none-match': '"another"' });
    expect(other.status).toBe(200);
  });

  test('is of the company that published it alone', async () => {
    const { status, body } = await server.call(address('other', modelHash));
    expect([status, body.type]).toEqual([404, 'family/not-found']);
    const nobody = await server.call(address('nobody', modelHash));
    expect(nobody.status).toBe(404);
  });

  test('is there for published versions alone', async () => {
    const { status, body } = await server.call(address('acme', UNKNOWN));
    expect([status, body.type]).toEqual([404, 'family/not-found']);
    expect((await server.call(address('acme', 'draft'))).status).toBe(400);
  });

  test('is missing in a format that is not written here', async () => {
    const { status, body } = await server.call(address('acme', modelHash, SPACE_FORMAT + 1));
    expect([status, body.type]).toEqual([404, 'family/space-missing']);
    expect((await server.call(address('acme', modelHash, 'newest'))).status).toBe(400);
  });

  test('is compiled once and then read from the store', async () => {
    await askFile();
    const { kysely } = server.deps.database;
    const rows = await kysely.selectFrom('family_spaces').selectAll().execute();
    expect(rows).toMatchObject([{ company: 'acme', family: 'coffee', model_hash: modelHash }]);
  });
});

describe('the versions of a family', () => {
  test('are listed for product managers, the newest first', async () => {
    server.clock.set(server.clock.now() + 60_000);
    const next = yaml.replace(/basePrice: \d+/, 'basePrice: 77');
    const put = { method: 'PUT', body: { yaml: next }, cookie };
    const second = await server.call('/api/c/acme/families/coffee', put);
    expect(second.status).toBe(200);
    const { body } = await server.call('/api/c/acme/families/coffee/versions', { cookie });
    expect(body.items).toMatchObject([
      { modelHash: second.body.modelHash, isCurrent: true },
      { modelHash, isCurrent: false },
    ]);
    // The version before is still asked for, by designs that were made with it.
    expect((await askFile()).status).toBe(200);
  });

  test('are nobody else’s to see', async () => {
    const path = '/api/c/acme/families/coffee/versions';
    expect((await server.call(path)).status).toBe(401);
    const customer = await signInCustomer(server, 'acme', 'ada@example.test');
    expect((await server.call(path, { cookie: customer })).status).toBe(401);
    const maker = await signInStaff(server, 'acme', 'maker');
    expect((await server.call(path, { cookie: maker })).status).toBe(403);
    const stranger = await signInStaff(server, 'other', 'product-manager');
    expect((await server.call(path, { cookie: stranger })).status).toBe(401);
    const { status, body } = await server.call('/api/c/acme/families/tea/versions', { cookie });
    expect([status, body.type]).toEqual([404, 'family/not-found']);
  });
});
