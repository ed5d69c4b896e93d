import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract, PROBLEMS } from '@keepsake/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../src/platform/http/openapi.ts';
import { checkoutFolder } from '../../src/platform/paths.ts';
import { openTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, { description: string; content?: object }>>;
}

async function operations(): Promise<readonly Operation[]> {
  const { paths } = await openApiDocument();
  return Object.values(paths ?? {}).flatMap((item) => Object.values(item ?? {}) as Operation[]);
}

test('the document that is checked in is the one of the contract (keepsake openapi writes it)', async () => {
  const file = join(checkoutFolder, 'docs', 'reference', 'openapi.json');
  const now = JSON.parse(JSON.stringify(await openApiDocument()));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(now);
});

test('it holds every endpoint, with who may call it and every problem of its own', async () => {
  const described = new Map((await operations()).map((each) => [each.operationId, each]));
  const endpoints = Object.entries(contract).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(
      ([verb, procedure]) => [`${noun}.${verb}`, procedure['~orpc'].errorMap] as const,
    ),
  );
  expect([...described.keys()].sort()).toEqual(endpoints.map(([name]) => name).sort());
  for (const [name, errors] of endpoints) {
    const operation = described.get(name);
    expect(operation?.description).toMatch(/^For /);
    for (const code of Object.keys(errors)) {
      const { status } = PROBLEMS[code as keyof typeof PROBLEMS];
      expect(operation?.responses[status]?.description).toContain(`\`${code}\``);
    }
  }
});

test('files have a media type of their own', async () => {
  const types = new Map(
    (await operations()).map((each) => [
      each.operationId,
      Object.keys(each.responses['200']?.content ?? {}),
    ]),
  );
  expect(types.get('orders.invoice')).toEqual(['application/pdf']);
  expect(types.get('operations.backup')).toEqual(['application/gzip']);
});

describe('the reference page', () => {
  test('is served with everything it needs from here, under the strict policy', async () => {
    const page = await server.call('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.body).not.toMatch(/<script>|<style>| on\w+=|https?:/);
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(links.length).toBe(4);
    for (const link of links) expect((await server.call(link)).status).toBe(200);
  });

  test('reads the document from here', async () => {
    expect((await server.call('/docs/start.js')).body).toContain("url: '/openapi.json'");
    const { status, body } = await server.call('/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.1']);
  });
});

test('the reference of problems names every code as it is', () => {
  const text = readFileSync(join(checkoutFolder, 'docs', 'reference', 'problems.md'), 'utf8');
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, advice }]) => `| \`${code}\` | ${status} | ${title} | ${advice} |`,
  );
  expect(text.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});
