import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/http/context.ts';
import { eraseReplies, purgeReplies } from '../../src/platform/http/idempotency.store.ts';
import {
  createAnswerOnce,
  type KeyedRequest,
  REPLY_KEPT_MS,
} from '../../src/platform/http/idempotency.ts';
import { addTestCompany, openTestServer, type TestServer } from '../support/test-server.ts';

const NOBODY: Actor = { customer: null, staff: null, operator: false };
const SUBJECT = '0190c0de-0000-7000-8000-000000000001';
const CUSTOMER: Actor = { ...NOBODY, customer: { company: 'acme', subject: SUBJECT } };

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await server.deps.keys.createSubjectKey(server.deps.database.kysely, 'acme', SUBJECT);
});
afterEach(() => server.close());

function request(changes: Partial<KeyedRequest> & { text?: string } = {}): KeyedRequest {
  const { text = '{}', ...rest } = changes;
  return {
    company: 'acme',
    actor: CUSTOMER,
    address: '192.0.2.1',
    key: 'a-key-of-a-test',
    requestId: 'test',
    method: 'POST',
    target: '/api/c/acme/things',
    body: Buffer.from(text),
    ...rest,
  };
}

/** Something that happens once for each run, and says how often it did. */
function counter(status = 201, headers: Record<string, string> = {}) {
  let runs = 0;
  return {
    runs: () => runs,
    run: async () => {
      runs += 1;
      return Response.json({ runs }, { status, headers });
    },
  };
}

const countRows = async () =>
  (await server.deps.database.kysely.selectFrom('idempotency_keys').select('process').execute())
    .length;

describe('a write with a key', () => {
  test('happens once; repeated, the first answer is given again and marked', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const { run, runs } = counter();
    const first = await answerOnce(request(), run);
    const second = await answerOnce(request(), run);
    expect(runs()).toBe(1);
    expect([first.status, await first.json()]).toEqual([201, { runs: 1 }]);
    expect([second.status, await second.json()]).toEqual([201, { runs: 1 }]);
    expect(first.headers.get('idempotent-replay')).toBeNull();
    expect(second.headers.get('idempotent-replay')).toBe('true');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  test('is refused with another body, path or method', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const { run, runs } = counter();
    await answerOnce(request(), run);
    for (const other of [
      request({ text: '{"a":1}' }),
      request({ target: '/api/c/acme/others' }),
      request({ method: 'PUT' }),
    ]) {
      const answer = await answerOnce(other, run);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ type: 'request/key-reused' });
    }
    expect(runs()).toBe(1);
  });

  test('is somebody else’s with the same key and body from another caller', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const { run, runs } = counter();
    await answerOnce(request(), run);
    await answerOnce(request({ actor: NOBODY }), run);
    await answerOnce(request({ actor: NOBODY, address: '192.0.2.2' }), run);
    expect(runs()).toBe(3);
  });

  test('is in progress until it is answered', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const inside: Response[] = [];
    await answerOnce(request(), async () => {
      inside.push(await answerOnce(request(), counter().run));
      return Response.json({});
    });
    expect(inside[0]?.status).toBe(409);
    expect(await inside[0]?.json()).toMatchObject({ type: 'request/in-progress' });
  });

  test('of a process that died can be sent again', async () => {
    const first = createAnswerOnce(server.deps);
    void first(request(), () => new Promise<Response>(() => undefined));
    await expect.poll(countRows).toBe(1);
    server.clock.advance(60_000);
    const second = createAnswerOnce(server.deps);
    const { run, runs } = counter();
    expect((await second(request(), run)).status).toBe(201);
    expect(runs()).toBe(1);
  });

  test('that failed is free to be sent again', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    await answerOnce(request(), counter(503).run);
    const broken = answerOnce(request(), async () => {
      throw new Error('bug');
    });
    await expect(broken).rejects.toThrow('bug');
    const { run } = counter();
    expect((await answerOnce(request(), run)).status).toBe(201);
  });

  test('that was refused for good is refused again; one that asks to sign in is not kept', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const refused = counter(409);
    await answerOnce(request(), refused.run);
    expect((await answerOnce(request(), refused.run)).headers.has('idempotent-replay')).toBe(true);
    const unsigned = counter(401);
    await answerOnce(request({ key: 'another-key' }), unsigned.run);
    await answerOnce(request({ key: 'another-key' }), unsigned.run);
    expect([refused.runs(), unsigned.runs()]).toEqual([1, 2]);
  });

  test('whose answer signs somebody in is never answered from memory', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const { run, runs } = counter(200, { 'set-cookie': 'secret=1' });
    await answerOnce(request(), run);
    await answerOnce(request(), run);
    expect(runs()).toBe(2);
    expect(await countRows()).toBe(0);
  });

  test('is forgotten after 48 hours', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const { run, runs } = counter();
    await answerOnce(request(), run);
    server.clock.advance(REPLY_KEPT_MS + 1);
    await answerOnce(request(), run);
    expect(runs()).toBe(2);
    server.clock.advance(REPLY_KEPT_MS + 1);
    const before = new Date(server.clock.now() - REPLY_KEPT_MS);
    expect(await purgeReplies(server.deps.database.kysely, before)).toBe(1);
  });
});

describe('erasure', () => {
  test('takes the replies of the subject, and those that may tell of them', async () => {
    const answerOnce = createAnswerOnce(server.deps);
    const other = '0190c0de-0000-7000-8000-000000000002';
    const { keys, database } = server.deps;
    await keys.createSubjectKey(database.kysely, 'acme', other);
    await answerOnce(request(), counter().run);
    await answerOnce(request({ actor: NOBODY }), counter().run);
    const theirs = request({ actor: { ...NOBODY, customer: { company: 'acme', subject: other } } });
    await answerOnce(theirs, counter().run);
    const rows = await database.transaction((tx) => eraseReplies(tx, 'acme', SUBJECT));
    expect([rows, await countRows()]).toEqual([2, 1]);
  });

  test('that is the request itself leaves no reply behind', async () => {
    const { keys, database } = server.deps;
    await createAnswerOnce(server.deps)(request(), async () => {
      await database.transaction(async (tx) => {
        await eraseReplies(tx, 'acme', SUBJECT);
        await keys.eraseSubjectKey(tx, 'acme', SUBJECT);
      });
      return Response.json({ rows: 1 });
    });
    expect(await countRows()).toBe(0);
  });

  test('leaves nothing to read: replies are sealed, keys and callers are hashed', async () => {
    const run = async () => Response.json({ name: 'Plain Name' });
    await createAnswerOnce(server.deps)(request({ text: '{"name":"Plain Name"}' }), run);
    const [row] = await server.deps.database.kysely
      .selectFrom('idempotency_keys')
      .selectAll()
      .execute();
    const { sealed, ...rest } = row ?? {};
    const text = JSON.stringify(rest) + Buffer.from(sealed ?? []).toString('latin1');
    expect(sealed?.length).toBeGreaterThan(20);
    expect(text).not.toContain('Plain Name');
    expect(text).not.toContain('a-key-of-a-test');
  });
});
