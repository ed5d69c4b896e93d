import { LIMITS } from '@keepsake/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE, type FailuresWorld, openFailuresWorld, problemOf } from './failures-world.ts';

let world: FailuresWorld;
beforeAll(async () => {
  world = await openFailuresWorld();
});
afterAll(() => world.server.close());

const EVALUATE = 'families/frame/evaluate';
const choose = (attribute: string, value: unknown) => ({ decisions: [{ attribute, value }] });

/** Sends a body as it stands. */
async function send(path: string, body: string | Uint8Array): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1' };
  return await world.server.app.request(`${BASE}/${path}`, {
    ...{ method: 'POST', headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

describe('a number', () => {
  test.each([
    ['width', 1e308],
    ['width', -1e308],
    ['width', 9],
    ['width', 61],
    ['width', 20.5],
    ['depth', 0.05],
    ['depth', 0.1 + 0.2],
    ['depth', 5e-324],
    ['depth', 2.1],
  ])('that %s cannot be is refused, and the attribute named: %d', async (attribute, value) => {
    const answer = await world.ask(EVALUATE, { body: choose(attribute, value) });
    expect([problemOf(answer), answer.body.attribute]).toEqual(['design/unknown-value', attribute]);
  });

  test.each(['NaN', 'Infinity', '20', 'twenty', true, null, [20], { value: 20 }])(
    'is not %j',
    async (value) => {
      const answer = await world.ask(EVALUATE, { body: choose('width', value) });
      expect(problemOf(answer)).toMatch(/^(design\/unknown-value|request\/invalid)$/);
    },
  );

  test.each(['-0', '-0.0', '0e10'])('%s is zero', async (zero) => {
    const answer = await send(EVALUATE, `{"decisions":[{"attribute":"depth","value":${zero}}]}`);
    const { attributes } = (await answer.json()) as {
      attributes: { attribute: string; decided: unknown }[];
    };
    expect(attributes.find((each) => each.attribute === 'depth')?.decided).toBe(0);
  });

  test.each(['NaN', 'Infinity', '1e400', '+1', '.5', '01', '0x10'])(
    'is none as JSON has them: %s',
    async (text) => {
      const answer = await send(EVALUATE, `{"decisions":[{"attribute":"depth","value":${text}}]}`);
      expect([400, 422]).toContain(answer.status);
    },
  );

  test.each([-1, 0, 1e-9, 1_000_001, 1e308])(
    'of parts that cannot come in: %d',
    async (quantity) => {
      const before = await world.expect(200, 'sites/main/stock', { cookie: world.owner });
      const path = 'sites/main/stock/wood/receive';
      const answer = await world.ask(path, { cookie: world.owner, body: { quantity } });
      expect(problemOf(answer)).toBe('request/invalid');
      expect(answer.body.issues[0].path).toBe('quantity');
      const after = await world.expect(200, 'sites/main/stock', { cookie: world.owner });
      expect(after).toEqual(before);
    },
  );
});

describe('choices', () => {
  test('of an attribute or a value that there is not are refused, and it is named', async () => {
    for (const attribute of ['nothing', 'constructor', 'engraving']) {
      const answer = await world.ask(EVALUATE, { body: choose(attribute, 'x') });
      expect([problemOf(answer), answer.body.attribute]).toEqual([
        'design/unknown-attribute',
        attribute,
      ]);
    }
    const answer = await world.ask(EVALUATE, { body: choose('colour', 'constructor') });
    expect([problemOf(answer), answer.body.attribute]).toEqual(['design/unknown-value', 'colour']);
  });

  test('that go against a rule name it', async () => {
    const decisions = [
      { attribute: 'width', value: 55 },
      { attribute: 'glass', value: false },
    ];
    const answer = await world.ask(EVALUATE, { body: { decisions } });
    expect(problemOf(answer)).toBe('design/conflict');
    expect(answer.body.rules).toEqual([
      { id: 'wide-needs-glass', text: { en: 'A wide frame needs glass' } },
    ]);
  });

  test('are taken up to the limit, and not one more', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ attribute: 'width', value: 10 + (i % 40) }));
    const view = await world.expect(200, EVALUATE, {
      body: { decisions: many(LIMITS.decisionsMax) },
    });
    expect(view.attributes).toHaveLength(4);
    const answer = await world.ask(EVALUATE, {
      body: { decisions: many(LIMITS.decisionsMax + 1) },
    });
    expect([problemOf(answer), answer.body.issues[0].path]).toEqual([
      'request/invalid',
      'decisions',
    ]);
  });

  test('with keys that reach for prototypes are refused, and change nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const inner = `{"attribute":"width","value":20,"${key}":{"polluted":true}}`;
      const bodies = [
        `{"decisions":[${inner}]}`,
        `{"decisions":[],"${key}":{"polluted":true}}`,
        ...(key === '__proto__' ? [] : [`{"decisions":[],"texts":{"${key}":"x"}}`]),
      ];
      for (const body of bodies) {
        const answer = await send('families/frame/quote', body);
        expect([key, answer.status < 500 && answer.status >= 400]).toEqual([key, true]);
      }
    }
    // As an attribute that a text is for, this one key never arrives.
    const texts = await send('families/frame/quote', '{"decisions":[],"texts":{"__proto__":"x"}}');
    expect(texts.status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a body', () => {
  test('that is no UTF-8 is refused, not mended', async () => {
    const start = Buffer.from('{"decisions":[{"attribute":"colour","value":"');
    const end = Buffer.from('"}]}');
    for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
      const answer = await send(EVALUATE, Buffer.concat([start, Buffer.from(bytes), end]));
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ type: 'request/malformed' });
    }
  });

  test('that is nested deeper than any reader likes is refused', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const answer = await send(EVALUATE, `{"decisions":${deep}}`);
    expect(answer.status).toBe(400);
    const map = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect((await send(EVALUATE, map)).status).toBe(400);
  });

  test('larger than the limit is refused before it is read', async () => {
    const answer = await send(EVALUATE, ' '.repeat(LIMITS.bodyBytesMax + 1));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ type: 'request/too-large' });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'of the type “%s” is refused',
    async (type) => {
      const answer = await world.ask(EVALUATE, {
        body: { decisions: [] },
        headers: { 'content-type': type },
      });
      expect(problemOf(answer)).toBe('request/malformed');
      expect(answer.body.detail).toContain('application/json');
    },
  );
});

describe('a query', () => {
  test.each(['limit=1e308', 'limit=-1', 'limit=NaN', 'state=constructor', 'nothing=1', 'limit='])(
    'with %s is refused, and the field named',
    async (query) => {
      const answer = await world.ask(`orders?${query}`, { cookie: world.owner });
      expect(problemOf(answer)).toBe('request/invalid');
      expect(JSON.stringify(answer.body.issues)).toContain(query.split('=')[0]);
    },
  );

  test.each(['cursor=%ff', 'cursor=AAAA', 'cursor=%00'])(
    'with a cursor that is none begins at the beginning or is refused: %s',
    async (query) => {
      const answer = await world.ask(`orders?${query}`, { cookie: world.owner });
      expect([200, 400]).toContain(answer.status);
    },
  );

  test.each(['0000-01-01', '9999-12-31', '2026-02-30', '1e9', 'tomorrow'])(
    'about arrivals from %s is refused',
    async (from) => {
      const answer = await world.ask(`sites/main/arrivals?from=${from}`, { cookie: world.owner });
      expect([problemOf(answer), answer.body.issues[0].path]).toEqual(['request/invalid', 'from']);
    },
  );
});

describe('a stay', () => {
  test.each([
    ['in the past', '2026-03-01', '2026-03-02'],
    ['backwards', '2026-03-12', '2026-03-10'],
    ['of no night', '2026-03-12', '2026-03-12'],
    ['of sixty-one nights', '2026-03-10', '2026-05-10'],
  ])('%s is refused', async (_, arrive, depart) => {
    const body = { decisions: [], stay: { arrive, depart } };
    const answer = await world.ask('families/room/quote', { body });
    expect(problemOf(answer)).toBe('order/stay-required');
  });
});

test('names and reasons with line ends or marks of direction are refused where they come in', async () => {
  const { owner: cookie } = world;
  const names = ['a\r\nBcc: b@example.com', 'a\u0000', '\u202eevil', 'a\u2028b', '\u001b[2J'];
  for (const name of names) {
    const answer = await world.ask('guests', { cookie, body: { name } });
    expect([problemOf(answer), answer.body.issues[0].path]).toEqual(['request/invalid', 'name']);
  }
  for (const email of ['a@b.example\r\nBcc: c@d.example', 'a b@c.example', '<a@b.example>']) {
    const answer = await world.ask('guests', { cookie, body: { name: 'A', email } });
    expect([problemOf(answer), answer.body.issues[0].path]).toEqual(['request/invalid', 'email']);
  }
});
