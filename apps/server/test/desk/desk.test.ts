import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskWorld, openDeskWorld } from './desk-world.ts';

let world: DeskWorld;
beforeEach(async () => {
  world = await openDeskWorld();
});
afterEach(() => world.server.close());

const EMAIL = 'marguerite.okafor@example.com';

async function greet(more: object = {}): Promise<string> {
  const body = { name: 'Marguerite Okafor', email: EMAIL, loyalty: 'TW 4711-22', ...more };
  const greeted = await world.desk('/guests', body);
  expect(greeted.status).toBe(201);
  return greeted.body.id;
}

const firm = { predicate: 'pillow.firmness', value: 'firm' };

describe('greeting and finding', () => {
  test('a guest is found by e-mail, by loyalty number, and by the beginnings of the name', async () => {
    const id = await greet();
    await greet({ name: 'Margarete Ost', email: 'm.ost@example.com', loyalty: 'TW-1' });
    const find = async (q: string): Promise<string[]> => {
      const found = await world.desk(`/guests?q=${encodeURIComponent(q)}`);
      expect(found.status).toBe(200);
      return found.body.items.map((item: { id: string }) => item.id);
    };
    expect(await find(' Marguerite.Okafor@EXAMPLE.com ')).toEqual([id]);
    expect(await find('tw471122')).toEqual([id]);
    expect(await find('okaf')).toEqual([id]);
    expect(await find('MARGUÉRITE oka')).toEqual([id]);
    expect((await find('mar')).length).toBe(2);
    expect(await find('okafors')).toEqual([]);
    expect(await find('ma')).toEqual([]);
    expect(await find('okafor@example.com')).toEqual([]);
  });

  test('the list shows a masked address', async () => {
    const id = await greet();
    const found = await world.desk('/guests?q=okafor');
    expect(found.body.items).toEqual([
      {
        id,
        name: 'Marguerite Okafor',
        email: 'ma…@example.com',
        loyalty: 'TW 4711-22',
        lastSeen: '2026-03-02T09:00:00.000Z',
      },
    ]);
  });

  test('an address or number is of one guest, and a refused greeting leaves nothing', async () => {
    await greet();
    const again = await world.desk('/guests', { name: 'Somebody Else', loyalty: 'tw-4711 22' });
    expect([again.status, again.body.type]).toEqual([409, 'guest/identifier-taken']);
    expect((await world.desk('/guests?q=somebody')).body.items).toEqual([]);
  });

  test('two desks that greet the same guest at once make one', async () => {
    const body = { name: 'Ana Lima', email: 'ana@example.com' };
    const both = await Promise.all([world.desk('/guests', body), world.desk('/guests', body)]);
    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
  });

  test('who was greeted in Monterey is the same person who signs in later', async () => {
    const id = await greet();
    const me = await world.signIn(EMAIL);
    const session = await me('/session');
    expect(session.body.customer).toEqual({ guest: id, name: 'Marguerite Okafor', email: EMAIL });
  });
});

describe('noting', () => {
  test('nothing is remembered without the consent its purpose needs', async () => {
    const id = await greet();
    const noted = await world.desk(`/guests/${id}/notes`, { facts: [firm] });
    expect([noted.status, noted.body.type]).toEqual([409, 'memory/consent-required']);
    expect(noted.body.purposes).toEqual(['personalisation']);
    const allergy = { predicate: 'allergy.substance', value: 'nuts', polarity: 'forbid' };
    const both = await world.desk(`/guests/${id}/notes`, {
      facts: [firm, allergy],
      consents: ['personalisation'],
    });
    expect(both.body.purposes).toEqual(['health']);
    const card = await world.desk(`/guests/${id}`);
    expect(card.body.facts).toEqual([]);
  });

  test('a note keeps facts, consents and words, with where and how each is known', async () => {
    const id = await greet();
    const noted = await world.desk(`/guests/${id}/notes`, {
      site: 'monterey',
      text: 'Slept badly on the soft one.',
      facts: [firm, { predicate: 'room.floor', value: 'high', hereOnly: true, basis: 'observed' }],
      consents: ['personalisation'],
    });
    expect(noted.status).toBe(201);
    const { facts, notes, consents } = noted.body;
    const pillow = facts.find((fact: { predicate: string }) => fact.predicate === firm.predicate);
    expect(pillow).toMatchObject({
      value: 'firm',
      valueLabel: { en: 'firm', de: 'fest' },
      polarity: 'like',
      basis: 'stated',
      scope: { place: null, placeName: null, occasion: null },
      since: '2026-03-02T09:00:00.000Z',
      evidence: [
        {
          at: '2026-03-02T09:00:00.000Z',
          channel: 'desk',
          place: 'monterey',
          placeName: 'Tidewater Monterey',
          how: 'stated',
        },
      ],
    });
    const floor = facts.find((fact: { predicate: string }) => fact.predicate === 'room.floor');
    expect(floor.scope).toMatchObject({ place: 'monterey', placeName: 'Tidewater Monterey' });
    expect(notes).toEqual([
      {
        at: '2026-03-02T09:00:00.000Z',
        text: 'Slept badly on the soft one.',
        by: 'The clerk',
        placeName: 'Tidewater Monterey',
      },
    ]);
    const given = consents.filter((one: { granted: boolean }) => one.granted);
    expect(given.map((one: { purpose: string }) => one.purpose)).toEqual([
      'service',
      'personalisation',
    ]);
    expect(given[1].receipt['@type']).toBe('dpv:ConsentReceipt');
  });

  test.each([
    [{ predicate: 'pillow.colour', value: 'red' }, 422, 'memory/unknown-predicate'],
    [{ predicate: 'pillow.firmness', value: 'spongy' }, 422, 'memory/value-refused'],
  ])('%o is refused', async (fact, status, type) => {
    const id = await greet();
    const noted = await world.desk(`/guests/${id}/notes`, {
      facts: [fact],
      consents: ['personalisation'],
    });
    expect([noted.status, noted.body.type]).toEqual([status, type]);
  });

  test('a guest or site that is not there', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    const note = { facts: [] };
    expect((await world.desk(`/guests/${nobody}`)).body.type).toBe('guest/not-found');
    expect((await world.desk(`/guests/${nobody}/notes`, note)).body.type).toBe('guest/not-found');
    const id = await greet();
    const elsewhere = { ...note, site: 'paris' };
    expect((await world.desk(`/guests/${id}/notes`, elsewhere)).body.type).toBe('site/not-found');
    expect((await world.desk(`/guests/${id}?site=paris`)).body.type).toBe('site/not-found');
    expect((await world.desk('/sites/paris/arrivals')).body.type).toBe('site/not-found');
  });

  test('the same note sent twice under one key is one note', async () => {
    const id = await greet();
    const note = { text: 'Once.', facts: [firm], consents: ['personalisation'] };
    const headers = { 'idempotency-key': 'note-key-1' };
    await world.desk(`/guests/${id}/notes`, note, headers);
    const again = await world.desk(`/guests/${id}/notes`, note, headers);
    expect([again.status, again.body.notes.length]).toEqual([201, 1]);
    expect(again.body.facts[0].evidence.length).toBe(1);
  });

  test('sixteen notes at once are all kept', async () => {
    const id = await greet();
    await world.desk(`/guests/${id}/notes`, { facts: [], consents: ['personalisation'] });
    const wishes = Array.from({ length: 16 }, (_, index) => `wish ${index}`);
    const noted = await Promise.all(
      wishes.map((value) =>
        world.desk(`/guests/${id}/notes`, { facts: [{ predicate: 'minibar.wish', value }] }),
      ),
    );
    expect(noted.map((one) => one.status)).toEqual(wishes.map(() => 201));
    const card = await world.desk(`/guests/${id}`);
    const values = card.body.facts.map((fact: { value: string }) => fact.value);
    expect(values.sort()).toEqual(wishes.sort());
  });

  test('what a guest would rather not say is not asked again', async () => {
    const id = await greet();
    await world.desk(`/guests/${id}/notes`, { facts: [], consents: ['personalisation'] });
    const declined = await world.desk(`/guests/${id}/declines`, { predicate: 'body.height' });
    expect(declined.status).toBe(200);
    const asked = await world.desk('/ask', {
      guest: id,
      needs: ['body.height', 'room.floor'],
      touchpoint: 'check-in',
      purpose: 'personalisation',
    });
    const statuses = asked.body.answers.map((answer: { status: string }) => answer.status);
    expect(statuses).toEqual(['declined', 'ask']);
  });
});

test('only staff of the desk may look', async () => {
  const id = await greet();
  const me = await world.signIn(EMAIL);
  expect((await me(`/guests/${id}`)).status).toBe(401);
  expect((await world.server.call(`/api/c/tidewater/guests/${id}`)).status).toBe(401);
});
