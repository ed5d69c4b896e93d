/** The server of an embedded store is killed while lines come in through the bulk door. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonicalText } from '@keepsake/kernel';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { insertCompany } from '../../src/modules/companies/index.ts';
import { listEverBelieved } from '../../src/modules/memory/facts.store.ts';
import { putOntology, replayJournal } from '../../src/modules/memory/index.ts';
import { factOf } from '../../src/modules/memory/projection.rules.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { checkoutFolder } from '../../src/platform/paths.ts';
import { COMPANY, testOntology, tidewater } from '../memory/memory-world.ts';
import { openTestServer, type TestServer } from '../support/test-server.ts';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const PATH = `/api/c/${COMPANY}/interactions?source=pms`;
const CLIENTS = 8;
const LINES = 20;
const FACTS_EACH = 2;

let home: string;
let child: ChildProcess | undefined;

/** A request of lines: whether it was answered. */
interface Sent {
  readonly text: string;
  isAnswered: boolean;
}

async function openStore(): Promise<Database> {
  const source = { kind: 'embedded', home, cacheFolder: inject('cacheFolder') } as const;
  return await openDatabase({ source });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'keepsake-killed-lines-'));
  const database = await openStore();
  const server = await openTestServer({ database, now: new Date().toISOString() });
  await database.transaction(async (tx) => {
    await insertCompany(tx, tidewater, { position: 0, createdAt: new Date(0) });
    await putOntology(tx, server.deps, COMPANY, testOntology());
  });
  await server.close();
  await database.close();
});
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = join(checkoutFolder, 'apps', 'server', 'src', 'main.ts');
  const settings = {
    ...{ KEEPSAKE_HOME: home, KEEPSAKE_MASTER_KEY: MASTER_KEY, KEEPSAKE_DEMO: 'no' },
    ...{ PORT: '0', LOG_LEVEL: 'fatal', DATABASE_URL: '' },
  };
  const started = spawn(process.execPath, ['--import', tsx, '-C', '@keepsake/source', main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  return await new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /ready at (\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    started.once('exit', () => reject(new Error(`the server did not start: ${said}`)));
  });
}

async function kill(): Promise<void> {
  const killed = child;
  if (killed === undefined) throw new Error('nothing runs');
  const ended = new Promise((resolve) => killed.once('exit', resolve));
  killed.kill('SIGKILL');
  await ended;
  child = undefined;
}

/** Half of the guests are new, the others have been heard of by another client. */
function linesOf(client: number, round: number): string {
  return Array.from({ length: LINES }, (_, i) =>
    JSON.stringify({
      ...{ id: `${client}-${round}-${i}`, at: '2026-03-01T10:00:00Z', channel: 'desk' },
      subject: i % 2 === 0 ? `g-${client}-${round}-${i}` : `shared-${i}`,
      purposes: ['personalisation'],
      says: { 'minibar.wish': `item ${client} ${round} ${i}`, 'room.floor': 'high' },
    }),
  ).join('\n');
}

async function sendOn(url: string, client: number, sent: Sent[]): Promise<void> {
  const { token } = loadOperatorToken(home);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  for (let round = 0; ; round++) {
    const one: Sent = { text: linesOf(client, round), isAnswered: false };
    sent.push(one);
    const answer = await fetch(url + PATH, { method: 'POST', headers, body: one.text });
    const body = (await answer.json()) as { accepted: number };
    expect([answer.status, body.accepted]).toEqual([200, LINES]);
    one.isAnswered = true;
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && /terminated|socket/.test(error.message));

async function sendUntilKilled(url: string): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const clients = Array.from({ length: CLIENTS }, (_, client) => sendOn(url, client, sent));
  const ends = Promise.allSettled(clients);
  await expect
    .poll(() => sent.filter((one) => one.isAnswered).length, { timeout: 60_000 })
    .toBeGreaterThan(6);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
  await kill();
  for (const end of await ends) {
    if (end.status === 'rejected' && !isGone(end.reason)) throw end.reason;
  }
  return sent;
}

async function again(server: TestServer, { text }: Sent) {
  const { token } = loadOperatorToken(server.home);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const { status, body } = await server.call(PATH, { body: text, headers });
  expect([status, body.refused]).toEqual([200, 0]);
  return body as { accepted: number; duplicates: number };
}

/** Every fact with its value opened, by subject. */
async function facts({ deps }: TestServer): Promise<string> {
  const db = deps.database.kysely;
  const all = [];
  for (const { id } of await db.selectFrom('subjects').select('id').orderBy('id').execute()) {
    const key = await deps.keys.findSubjectKey(db, COMPANY, id);
    if (key === undefined) throw new Error('a subject has its key');
    const rows = await listEverBelieved(db, { company: COMPANY, subject: id });
    all.push(rows.map((row) => factOf(key, row)));
  }
  return canonicalText(JSON.parse(JSON.stringify(all)));
}

async function count(server: TestServer): Promise<number> {
  const rows = await server.deps.database.kysely
    .selectFrom('interactions')
    .select('seq')
    .where('kind', '=', 'fact')
    .execute();
  return rows.length;
}

async function replayAll({ deps }: TestServer): Promise<void> {
  const rows = await deps.database.kysely.selectFrom('subjects').select('id').execute();
  for (const { id } of rows) {
    await deps.database.transaction((tx) => replayJournal(tx, deps, COMPANY, id));
  }
}

describe.skipIf(inject('postgresUrl') !== undefined)('killed while eight systems send', () => {
  test('what was answered is there with its facts, and sending all again adds only the rest', async () => {
    const sent = await sendUntilKilled(await start());
    const database = await openStore();
    const server = await openTestServer({ database, now: new Date().toISOString() });
    for (const one of sent.filter(({ isAnswered }) => isAnswered)) {
      expect(await again(server, one)).toMatchObject({ accepted: 0, duplicates: LINES });
    }
    // Journal and facts are of one transaction: what a replay makes is what is there.
    const before = await facts(server);
    await replayAll(server);
    expect(await facts(server)).toBe(before);
    for (const one of sent.filter(({ isAnswered }) => !isAnswered)) {
      const { accepted, duplicates } = await again(server, one);
      // A request is kept whole or not at all.
      expect([0, LINES]).toContain(accepted);
      expect(accepted + duplicates).toBe(LINES);
    }
    expect(await count(server)).toBe(sent.length * LINES * FACTS_EACH);
    await server.close();
    await database.close();
  }, 180_000);
});
