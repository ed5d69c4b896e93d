import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { BODY_MAX } from '../../src/platform/http/app.ts';
import { createLog } from '../../src/platform/log.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { type BuiltServer, buildServer } from '../../src/server.ts';
import { openOwnTestDatabase } from '../support/test-database.ts';

const page = '<!doctype html><title>Keepsake</title>';
const script = `console.log('${'x'.repeat(3000)}')`;

let home: string;
let database: Database;
let server: BuiltServer;
let logged = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'keepsake-app-'));
  mkdirSync(join(home, 'web', 'assets'), { recursive: true });
  writeFileSync(join(home, 'web', 'index.html'), page);
  writeFileSync(join(home, 'web', 'assets', 'app-abc.js'), script);
  writeFileSync(join(home, 'secret.txt'), 'secret');
  database = await openOwnTestDatabase();
  const settings = { KEEPSAKE_HOME: home, KEEPSAKE_PUBLIC_URL: 'https://shop.example' };
  const config = { ...readConfig(settings), webFolder: join(home, 'web') };
  const log = createLog('info', { write: (line: string) => (logged += line) });
  server = await buildServer(config, { database, log });
  server.app.get('/api-test/full', () => {
    throw Object.assign(new Error('no space'), { code: '53100' });
  });
  server.app.post('/api-test/echo', async (context) => context.text(await context.req.text()));
  server.app.get('/api-test/bug/:id', () => {
    throw new Error('a bug');
  });
});
afterAll(async () => {
  await server.close();
  await database.close();
  rmSync(home, { recursive: true });
});

const html = { headers: { accept: 'text/html,*/*' } };

describe('pages and files', () => {
  test('every address that a browser opens is the page, with headers that guard it', async () => {
    for (const path of ['/', '/c/acme/orders/7']) {
      const reply = await server.app.request(path, html);
      expect(reply.status).toBe(200);
      expect(await reply.text()).toBe(page);
      expect(reply.headers.get('cache-control')).toBe('no-cache');
      expect(reply.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(reply.headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('a file is kept by the browser, sent compressed, and not sent twice', async () => {
    const path = '/assets/app-abc.js';
    const zipped = await server.app.request(path, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.headers.get('cache-control')).toContain('immutable');
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(script);
    expect(await (await server.app.request(path)).text()).toBe(script);
    const etag = zipped.headers.get('etag') ?? '';
    const again = await server.app.request(path, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('nothing outside the folder is reached, and a missing file is no page', async () => {
    for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt']) {
      expect(await (await server.app.request(path)).text()).not.toContain('secret\n');
      expect((await server.app.request(path)).status).toBe(404);
    }
    expect((await server.app.request('/assets/gone.js', html)).status).toBe(404);
  });
});

describe('what is asked of the server itself', () => {
  test('an unknown address is a problem that names the request', async () => {
    const reply = await server.app.request('/nope');
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({
      type: 'route/not-found',
      instance: reply.headers.get('x-request-id'),
    });
  });

  test('metrics are for the operator, and count requests by pattern', async () => {
    expect((await server.app.request('/metrics')).status).toBe(401);
    await server.app.request('/api-test/bug/9f8e7d');
    const authorization = `Bearer ${loadOperatorToken(home).token}`;
    const reply = await server.app.request('/metrics', { headers: { authorization } });
    const text = await reply.text();
    expect(text).toContain('route="/api-test/bug/:id",method="GET",status="500"} 1');
    expect(text).not.toContain('9f8e7d');
  });

  test('the log names the pattern of a request, never its address', async () => {
    logged = '';
    await server.app.request('/api-test/bug/s3cr3t?token=s3cr3t');
    expect(logged).toContain('/api-test/bug/:id');
    expect(logged).toContain('a bug');
    expect(logged).not.toContain('s3cr3t');
  });

  test('a body over the limit is refused', async () => {
    const body = new Uint8Array(BODY_MAX + 1);
    const said = { 'content-length': String(body.length) };
    for (const headers of [said, {}]) {
      const reply = await server.app.request('/api-test/echo', { method: 'POST', body, headers });
      expect(reply.status).toBe(413);
      expect(await reply.json()).toMatchObject({ type: 'request/too-large' });
    }
  });
});

describe('failures', () => {
  test('a bug says nothing of itself', async () => {
    const reply = await server.app.request('/api-test/bug/1');
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('a bug');
  });

  test('a full disk says so', async () => {
    const reply = await server.app.request('/api-test/full');
    expect(reply.status).toBe(507);
    expect(await reply.json()).toMatchObject({ type: 'store/full' });
  });

  test('a store that is gone turns the health check to 503, with a time to try again', async () => {
    const own = await openOwnTestDatabase();
    const broken = await buildServer(server.deps.config, {
      database: own,
      log: createLog('silent'),
    });
    expect((await broken.app.request('/healthz')).status).toBe(200);
    await broken.close();
    await own.close();
    const reply = await broken.app.request('/healthz');
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect(await reply.json()).toMatchObject({ type: 'store/unavailable' });
  });
});
