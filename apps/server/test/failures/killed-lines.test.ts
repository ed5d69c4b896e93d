/** The server of an embedded store is killed while lines come in through the bulk door. */
import { canonicalText } from '@keepsake/kernel';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { insertCompany } from '../../src/modules/companies/index.ts';
import { listEverBelieved } from '../../src/modules/memory/facts.store.ts';
import { putOntology, replayJournal } from '../../src/modules/memory/index.ts';
import { factOf } from '../../src/modules/memory/projection.rules.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { COMPANY, testOntology, tidewater } from '../memory/memory-world.ts';
import { type ChildServer, makeChildServer } from '../support/child-server.ts';
import { openTestServer, type TestServer } from '../support/test-server.ts';

const PATH = `/api/c/${COMPANY}/interactions?source=pms`;
const CLIENTS = 8;
const LINES = 20;
const FACTS_EACH = 2;

let place: ChildServer;

/** A request of lines: whether it was answered. */
interface Sent {
  readonly text: string;
  isAnswered: boolean;
}

beforeAll(async () => {
  place = makeChildServer('killed-lines');
  const database = await place.openStore();
  const server = await openTestServer({ database, now: new Date().toISOString() });
  await database.transaction(async (tx) => {
    await insertCompany(tx, tidewater, { position: 0, createdAt: new Date(0) });
    await putOntology(tx, server.deps, COMPANY, testOntology());
  });
  await server.close();
  await database.close();
});
afterAll(() => place.close());

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
  const { token } = loadOperatorToken(place.home);
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
  await place.kill();
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
    const sent = await sendUntilKilled(await place.start());
    const database = await place.openStore();
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
