/** What a note seems to say: read here, or by a service of the operator that answers well or badly. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createHttpProposer,
  PROPOSER_ANSWER_BYTES_MAX,
  PROPOSER_CALLS_MAX,
} from '../../src/modules/desk/http-proposer.ts';
import { PROPOSER_REST_MS } from '../../src/modules/desk/proposals.service.ts';
import { testOntology } from '../memory/memory-world.ts';
import { type DeskWorld, openDeskWorld } from './desk-world.ts';

const NOTE = 'wants a firm pillow in Key West, allergic to nuts';

let world: DeskWorld | undefined;
let service: Server | undefined;
beforeEach(() => {
  world = undefined;
  service = undefined;
});
afterEach(async () => {
  await world?.server.close();
  service?.closeAllConnections();
  await new Promise((resolve) => (service === undefined ? resolve(null) : service.close(resolve)));
});

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Reply = (response: ServerResponse, asked: Asked) => void;

/** A service on this machine that answers as it is told; the address, and what it was asked. */
async function serve(reply: Reply): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  service = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      reply(response, { headers: request.headers, body });
    });
  });
  await new Promise<void>((resolve) => service?.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  return { url: `http://reader:open%20sesame@127.0.0.1:${port}/read`, asked };
}

const json =
  (document: unknown, type = 'application/json'): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  };

const soft = {
  ...{ predicate: 'pillow.firmness', value: 'soft', polarity: 'dislike' },
  ...{ confidence: 0.7, start: 0, end: 5 },
};

async function openWith(url: string): Promise<DeskWorld> {
  world = await openDeskWorld({ environment: { KEEPSAKE_PROPOSER_URL: url } });
  return world;
}

async function propose(at: DeskWorld, text = NOTE, more: object = {}) {
  return await at.desk('/note-proposals', { text, ...more });
}

describe('without a proposer', () => {
  test('a note is read here, by the words of the vocabulary and the names of the sites', async () => {
    world = await openDeskWorld();
    const { status, body } = await propose(world);
    expect(status).toBe(200);
    expect(body.readBy).toBe('grammar');
    expect(body.proposals).toEqual([
      {
        ...{ predicate: 'pillow.firmness', label: { en: 'Pillow', de: 'Kissen' }, value: 'firm' },
        ...{ valueLabel: { en: 'firm', de: 'fest' }, polarity: 'like', purpose: 'personalisation' },
        ...{ sensitivity: 'ordinary', site: 'keywest', siteName: { en: 'Tidewater Key West' } },
        ...{ confidence: 0.9, start: 0, end: 19 },
      },
      expect.objectContaining({
        ...{ predicate: 'allergy.substance', value: 'nuts', polarity: 'forbid', site: null },
        ...{ purpose: 'health', sensitivity: 'special' },
      }),
    ]);
  });

  test('what is about somebody else is passed over, with the reason', async () => {
    world = await openDeskWorld();
    const { body } = await propose(world, 'his wife is allergic to nuts');
    expect(body.proposals).toEqual([]);
    expect(body.passed).toEqual([{ start: 0, end: 28, reason: 'somebody-else' }]);
  });

  test('nothing is kept of a note that is proposed for', async () => {
    world = await openDeskWorld();
    const greeted = await world.desk('/guests', { name: 'Ana Lima' });
    await propose(world);
    const card = await world.desk(`/guests/${greeted.body.id}`);
    expect([card.body.facts, card.body.notes]).toEqual([[], []]);
  });

  test('a note longer than the limit is refused, and a customer is', async () => {
    world = await openDeskWorld();
    expect((await propose(world, 'x'.repeat(2_001))).status).toBe(400);
    const me = await world.signIn('guest@example.com');
    expect((await me('/note-proposals', { text: NOTE })).status).toBe(401);
  });
});

describe('confirming', () => {
  test('keeps the words and the facts at once, at the site that was named, with consent', async () => {
    world = await openDeskWorld();
    const { id } = (await world.desk('/guests', { name: 'Ana Lima' })).body;
    const [pillow, nuts] = (await propose(world)).body.proposals;
    const factOf = ({ predicate, value, polarity, site }: typeof pillow) => ({
      ...{ predicate, value, polarity, basis: 'observed' },
      ...(site === null ? {} : { site }),
    });
    const note = { text: NOTE, site: 'monterey', facts: [factOf(pillow), factOf(nuts)] };
    const path = `/guests/${id}/notes`;
    const refused = await world.desk(path, { ...note, consents: ['personalisation'] });
    expect([refused.status, refused.body.purposes]).toEqual([409, ['health']]);
    expect((await world.desk(`/guests/${id}`)).body.notes).toEqual([]);
    const consents = ['personalisation', 'health'];
    const elsewhere = { ...factOf(pillow), site: 'nowhere' };
    expect((await world.desk(path, { ...note, facts: [elsewhere], consents })).status).toBe(404);
    const kept = await world.desk(path, { ...note, consents });
    expect(kept.status).toBe(201);
    expect(kept.body.notes[0]).toMatchObject({ text: NOTE });
    expect(kept.body.facts).toHaveLength(2);
    expect(kept.body.facts).toContainEqual(
      expect.objectContaining({
        ...{ predicate: 'pillow.firmness', value: 'firm', basis: 'observed' },
        scope: { place: 'keywest', placeName: 'Tidewater Key West', occasion: null },
      }),
    );
  });
});

describe('with a proposer', () => {
  test('it is given the note, the vocabulary and the places, and nobody', async () => {
    const { url, asked } = await serve(json({ proposals: [soft] }));
    const at = await openWith(url);
    const { body } = await propose(at);
    expect(body.readBy).toBe('proposer');
    expect(body.proposals).toMatchObject([{ value: 'soft', polarity: 'dislike', site: null }]);
    const [question] = asked;
    expect(question?.headers.authorization).toBe(
      `Basic ${Buffer.from('reader:open sesame').toString('base64')}`,
    );
    const sent = JSON.parse(question?.body ?? '');
    expect(Object.keys(sent).sort()).toEqual(['note', 'places', 'predicates']);
    expect(sent.note).toBe(NOTE);
    expect(sent.places.map(({ names }: { names: string[] }) => names)).toContainEqual([
      'Tidewater Key West',
      'key west',
    ]);
    expect(Object.keys(sent.predicates[0]).sort()).toEqual([
      ...['cardinality', 'kind', 'label', 'name', 'unit', 'values'],
    ]);
    expect(question?.body).not.toContain('cookie');
  });

  test('an empty note is not sent', async () => {
    const { url, asked } = await serve(json({ proposals: [] }));
    expect((await propose(await openWith(url), '   ')).body.proposals).toEqual([]);
    expect(asked).toEqual([]);
  });

  const hostile: readonly (readonly [string, Reply])[] = [
    ['an unknown predicate', json({ proposals: [{ ...soft, predicate: 'guest.password' }] })],
    ['a value that is none', json({ proposals: [soft, { ...soft, value: '<script>' }] })],
    ['a place that is none', json({ proposals: [{ ...soft, place: 'us' }] })],
    ['a span past the note', json({ proposals: [{ ...soft, end: 9_999 }] })],
    ['a confirmation of its own', json({ proposals: [{ ...soft, basis: 'stated' }] })],
    ['a polluted prototype', json('{"proposals":[],"__proto__":{"isAdmin":true}}')],
    ['half a document', json('{"proposals":[')],
    ['a document that is no list', json({ proposals: { 0: soft } })],
    ['too many', json({ proposals: Array.from({ length: 51 }, () => soft) })],
    ['nested without end', json('['.repeat(60_000))],
    ['words', json('Sure! Here are the facts.', 'text/plain')],
    ['too much', json({ proposals: [], more: 'x'.repeat(PROPOSER_ANSWER_BYTES_MAX) })],
    ['a failure', (response) => response.writeHead(500).end('{}')],
    ['a redirect', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a hung-up line', (response) => response.destroy()],
  ];
  test.each(hostile)('%s is refused, and the note is read here', async (_, reply) => {
    const { url } = await serve(reply);
    const at = await openWith(url);
    const { status, body } = await propose(at);
    expect([status, body.readBy]).toEqual([200, 'grammar']);
    expect(body.proposals.map(({ value }: { value: string }) => value)).toEqual(['firm', 'nuts']);
  });

  test('one that fails is left alone for a while, then asked again', async () => {
    let isDown = true;
    const { url, asked } = await serve((response, question) => {
      if (isDown) response.writeHead(503).end();
      else json({ proposals: [soft] })(response, question);
    });
    const at = await openWith(url);
    expect((await propose(at)).body.readBy).toBe('grammar');
    isDown = false;
    expect((await propose(at)).body.readBy).toBe('grammar');
    expect(asked).toHaveLength(1);
    at.server.clock.set(at.server.clock.now() + PROPOSER_REST_MS);
    expect((await propose(at)).body.readBy).toBe('proposer');
  });
});

describe('a proposer behind an address', () => {
  const ontology = testOntology();
  const ask = (url: string, timeoutMs?: number) =>
    createHttpProposer(url, timeoutMs).propose(NOTE, ontology, { places: [] });

  test('is not waited for longer than its time, neither for the answer nor for its end', async () => {
    const silent = await serve(() => undefined);
    await expect(ask(silent.url, 50)).rejects.toMatchObject({ code: 'unreachable' });
    service?.closeAllConnections();
    const slow = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"proposals":[');
    });
    await expect(ask(slow.url, 50)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('is not asked more often at once than its limit', async () => {
    const waiting: ServerResponse[] = [];
    const { url } = await serve((response, question) => {
      waiting.push(response);
      if (waiting.length === PROPOSER_CALLS_MAX) {
        for (const each of waiting) json({ proposals: [] })(each, question);
      }
    });
    const proposer = createHttpProposer(url);
    const calls = Array.from({ length: PROPOSER_CALLS_MAX }, () =>
      proposer.propose(NOTE, ontology, { places: [] }),
    );
    await expect(proposer.propose(NOTE, ontology, { places: [] })).rejects.toMatchObject({
      code: 'busy',
    });
    expect(await Promise.all(calls)).toEqual(calls.map(() => []));
  });

  test('tells nothing of the note or its own address when it fails', async () => {
    const error: unknown = await ask('http://reader:sesame@127.0.0.1:9/read').catch((each) => each);
    expect(String(error)).not.toMatch(/sesame|pillow/);
    expect(error).not.toHaveProperty('cause');
  });
});
