import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepForText } from '../support/sweep.ts';
import { HOTEL, openStory, orderDesign, type StoryWorld } from './story-world.ts';

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(async () => {
  await world.server.close();
});

const GUEST = 'ottilie.brandt@guest.example';
const NAME = 'Ottilie Brandt';
const NOTE = 'Sleeps badly on soft pillows; her eyes swell from down.';
const family = 'hotel_room';

interface Task {
  readonly state: string;
  readonly instructions: readonly { readonly text: { readonly en: string } }[];
}

async function book(cookie: string, arrive: string, depart: string) {
  const prefill = await world.ask(`${HOTEL}/families/${family}/prefill`, {
    cookie,
    body: { occasion: 'self', site: 'key-west' },
  });
  const stay = { arrive, depart };
  const order = await orderDesign(world, {
    ...{ base: HOTEL, family, cookie, decisions: prefill.body.decisions },
    more: { site: 'key-west', stay, delivery: 'stay' },
    quoted: { site: 'key-west', stay },
  });
  return { prefill: prefill.body, order: order.body };
}

async function tasksAt(site: string, clerk: string, order: string): Promise<readonly Task[]> {
  const arrivals = await world.ask(`${HOTEL}/sites/${site}/arrivals?days=40`, { cookie: clerk });
  return arrivals.body.items.find((each: { order: string }) => each.order === order).tasks;
}

const wordsOf = (tasks: readonly Task[]): readonly string[] =>
  tasks.flatMap((task) => task.instructions.map(({ text }) => text.en)).sort();

let guest = '';

test('a request noted in Monterey is a task in Key West, unasked', async () => {
  const monterey = await world.staff('desk.monterey@lantern.example');
  const greeted = await world.ask(
    `${HOTEL}/guests`,
    { cookie: monterey, body: { name: NAME, email: GUEST } },
    201,
  );
  guest = greeted.body.id;
  const facts = [
    { predicate: 'pillow.firmness', value: 'firm' },
    { predicate: 'allergy.feather', value: true, polarity: 'require' },
  ];
  const note = { site: 'monterey', text: NOTE, facts };
  const refused = await world.ask(
    `${HOTEL}/guests/${guest}/notes`,
    { cookie: monterey, body: note },
    409,
  );
  expect(refused.body.type).toBe('memory/consent-required');
  expect([...refused.body.purposes].sort()).toEqual(['health', 'personalisation']);
  await world.ask(
    `${HOTEL}/guests/${guest}/notes`,
    { cookie: monterey, body: { ...note, consents: ['health', 'personalisation'] } },
    201,
  );

  world.days(11);
  const cookie = await world.customer('lantern-hotels', GUEST);
  const { prefill, order } = await book(cookie, '2026-12-20', '2026-12-23');
  const decided = new Map(
    prefill.decisions.map((each: { attribute: string; value: unknown }) => [
      each.attribute,
      each.value,
    ]),
  );
  expect(decided.get('pillow_firmness')).toBe('firm');
  expect(decided.get('feather_free')).toBe(true);

  const keywest = await world.staff('desk.keywest@lantern.example');
  const words = wordsOf(await tasksAt('key-west', keywest, order.id));
  expect(words).toContain('Firm pillow');
  expect(words).toContain('No feathers in pillow or duvet');

  const maker = await world.staff('housekeeping.keywest@lantern.example');
  const board = await world.ask(`${HOTEL}/sites/key-west/board`, { cookie: maker });
  const bed = board.body.cards.find(
    (card: { orderNumber: string; operation: string }) =>
      card.orderNumber === order.number && card.operation === 'make-bed',
  );
  const [first] = bed.remembered;
  expect(first.evidence[0]).toMatchObject({ placeName: 'Lantern Monterey', how: 'stated' });
  expect(bed.parts.map((part: { item: string }) => part.item).join()).not.toMatch(/feather|down/);

  const asked = await world.ask(`${HOTEL}/ask`, {
    cookie: keywest,
    body: {
      guest,
      needs: ['pillow.firmness', 'allergy.feather'],
      site: 'key-west',
      touchpoint: 'check-in',
      purpose: 'service',
    },
  });
  expect(asked.body.answers.map((answer: { status: string }) => answer.status)).toEqual([
    'known',
    'known',
  ]);
});

test('a withdrawn preference is followed no more, while the allergy still holds', async () => {
  const cookie = await world.customer('lantern-hotels', GUEST);
  const memory = await world.ask(`${HOTEL}/me/memory`, { cookie });
  const pillow = memory.body.facts.find(
    (fact: { predicate: string }) => fact.predicate === 'pillow.firmness',
  );
  expect(pillow.evidence[0].placeName).toBe('Lantern Monterey');
  expect(memory.body.reads.length).toBeGreaterThan(0);
  const keywest = await world.staff('desk.keywest@lantern.example');
  const before = await world.ask(`${HOTEL}/sites/key-west/arrivals?days=40`, { cookie: keywest });
  const first = before.body.items[0].order;
  await world.ask(`${HOTEL}/me/facts/${pillow.id}/forget`, { cookie, body: {} });
  // The stay that is booked already follows, both ways.
  expect(wordsOf(await tasksAt('key-west', keywest, first))).not.toContain('Firm pillow');
  await world.ask(
    `${HOTEL}/guests/${guest}/notes`,
    {
      cookie: keywest,
      body: { site: 'key-west', facts: [{ predicate: 'room.temperature', value: 18 }] },
    },
    201,
  );
  expect(wordsOf(await tasksAt('key-west', keywest, first))).toContain('Set the room to 18 °C');

  const { order } = await book(cookie, '2026-12-27', '2026-12-29');
  const clerk = await world.staff('desk.keywest@lantern.example');
  const words = wordsOf(await tasksAt('key-west', clerk, order.id));
  expect(words).not.toContain('Firm pillow');
  expect(words).toContain('No feathers in pillow or duvet');
});

test('the guest exports what is remembered, erases it, and nothing is found again', async () => {
  const cookie = await world.customer('lantern-hotels', GUEST);
  const taken = await world.ask(`${HOTEL}/me/export`, { cookie });
  expect(JSON.stringify(taken.body)).toContain('allergy.feather');
  const open = await world.ask(
    `${HOTEL}/me/erase`,
    { cookie, body: { confirm: 'erase everything' } },
    409,
  );
  expect(open.body.type).toBe('memory/orders-open');
  world.days(30);
  const later = await world.customer('lantern-hotels', GUEST);
  await world.ask(`${HOTEL}/me/erase`, { cookie: later, body: { confirm: 'nonsense' } }, 422);
  await world.ask(`${HOTEL}/me/erase`, { cookie: later, body: { confirm: 'erase everything' } });

  await world.ask(`${HOTEL}/me/memory`, { cookie: later }, 401);
  const clerk = await world.staff('desk.monterey@lantern.example');
  await world.ask(`${HOTEL}/guests/${guest}`, { cookie: clerk }, 404);
  const { deps, home } = world.server;
  const needles = [GUEST, 'ottilie', NOTE, NAME];
  expect(await sweepForText(deps.database.kysely, home, needles)).toEqual([]);
  const orders = await world.ask(`${HOTEL}/orders`, { cookie: clerk });
  expect(orders.body.items.length).toBeGreaterThanOrEqual(2);
  const kept = await world.ask(`${HOTEL}/orders/${orders.body.items[0].id}`, { cookie: clerk });
  expect(kept.body).toMatchObject({ design: [], texts: {}, instructions: [], address: null });
  expect(Number(kept.body.total.minor)).toBeGreaterThan(0);
});

test('a privacy officer answers a letter: export and erasure, for nobody else to do', async () => {
  const clerk = await world.staff('desk.monterey@lantern.example');
  const body = { name: 'Per Brief', email: 'per.brief@guest.example' };
  const greeted = await world.ask(`${HOTEL}/guests`, { cookie: clerk, body }, 201);
  const at = `${HOTEL}/guests/${greeted.body.id}`;
  await world.ask(`${at}/export`, { cookie: clerk, body: {} }, 403);
  const officer = await world.staff('privacy@lantern.example');
  const taken = await world.ask(`${at}/export`, { cookie: officer, body: {} });
  expect(JSON.stringify(taken.body)).toContain('per.brief@guest.example');
  await world.ask(`${at}/erase`, { cookie: officer, body: { confirm: 'no' } }, 422);
  await world.ask(`${at}/erase`, { cookie: officer, body: { confirm: 'erase everything' } });
  const found = await world.ask(`${HOTEL}/guests?q=per.brief@guest.example`, { cookie: clerk });
  expect(found.body.items).toEqual([]);
});
