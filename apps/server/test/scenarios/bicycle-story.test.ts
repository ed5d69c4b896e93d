import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BICYCLE,
  decisionsOf,
  openStory,
  orderDesign,
  RIDER_ADDRESS,
  RIDER_CHOICES,
  type StoryWorld,
} from './story-world.ts';

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(async () => {
  await world.server.close();
});

const RIDER = 'wenke.holm@rider.example';
const ENGRAVING = '北斗 — 7';
const family = `${BICYCLE}/families/bicycle`;

async function makeAll(maker: string, number: string): Promise<void> {
  for (let step = 0; step < 200; step++) {
    const board = await world.ask(`${BICYCLE}/sites/erlangen/board`, { cookie: maker });
    const card = board.body.cards.find(
      (each: { orderNumber: string; state: string }) =>
        each.orderNumber === number && each.state !== 'waiting',
    );
    if (card === undefined) return;
    const at = `${BICYCLE}/operations/${card.id}`;
    await world.ask(`${at}/start`, { cookie: maker, body: {} });
    await world.ask(`${at}/done`, { cookie: maker, body: {} });
  }
}

async function onHand(maker: string, item: string): Promise<number> {
  const stock = await world.ask(`${BICYCLE}/sites/erlangen/stock`, { cookie: maker });
  return stock.body.items.find((each: { item: string }) => each.item === item).onHand;
}

test('a rider designs, is told why not, repairs, orders; the workshop makes it', async () => {
  const nine = decisionsOf(RIDER_CHOICES);
  const wish = { attribute: 'rim', value: 'carbon' };
  const why = await world.ask(`${family}/explain`, { body: { decisions: nine, ...wish } });
  expect(why.body.possible).toBe(false);
  expect(why.body.rules.map((rule: { text: { en: string } }) => rule.text.en)).toEqual([
    'Carbon rims need disc brakes',
  ]);
  expect(why.body.choices).toEqual(['brakes']);
  const [repair] = why.body.repairs;
  expect(repair.changes).toMatchObject([{ attribute: 'brakes', from: 'rim' }]);

  const repaired = nine.map((choice) =>
    choice.attribute === 'brakes' ? { ...choice, value: repair.changes[0].to } : choice,
  );
  const decisions = [...repaired, wish, { attribute: 'saddle', value: 'leather' }];
  const texts = { engraving: ENGRAVING };
  const view = await world.ask(`${family}/evaluate`, { body: { decisions } });
  const brakes = view.body.attributes.find(
    (each: { attribute: string }) => each.attribute === 'brakes',
  );
  expect(brakes.values).toContainEqual({ value: 'rim', state: 'invalid' });

  const maker = await world.staff('workshop@polaris.example');
  const frames = await onHand(maker, 'frame-steel-gravel-m');
  const cookie = await world.customer('polaris-cycles', RIDER);
  const more = { delivery: 'germany', address: RIDER_ADDRESS, remember: true };
  const quoted = { delivery: 'germany', country: 'DE' };
  const order = await orderDesign(world, {
    ...{ base: BICYCLE, family: 'bicycle', cookie, decisions, texts, more, quoted },
  });
  expect(order.body.state).toBe('accepted');
  expect(order.body.texts).toEqual(texts);
  expect(order.body.promise.history).toHaveLength(1);

  const mails = await world.ask(`/api/mailbox?to=${encodeURIComponent(RIDER)}`);
  expect(mails.body.items[0].subject).toContain(order.body.number);

  const board = await world.ask(`${BICYCLE}/sites/erlangen/board`, { cookie: maker });
  const mine = board.body.cards.filter(
    (card: { orderNumber: string }) => card.orderNumber === order.body.number,
  );
  expect(mine.length).toBeGreaterThan(3);
  expect(
    mine.some((card: { texts: { text: string }[] }) =>
      card.texts.some(({ text }) => text === ENGRAVING),
    ),
  ).toBe(true);

  await makeAll(maker, order.body.number);
  const made = await world.ask(`${BICYCLE}/orders/${order.body.id}`, { cookie });
  expect(made.body.state).toBe('made');
  expect(await onHand(maker, 'frame-steel-gravel-m')).toBe(frames - 1);

  const invoice = await world.server.call(`${BICYCLE}/orders/${order.body.id}/invoice.pdf`, {
    cookie,
  });
  expect(invoice.status).toBe(200);
  expect(invoice.headers.get('content-type')).toContain('application/pdf');
  expect(String(invoice.body).startsWith('%PDF')).toBe(true);
});

test('a month later the same rider orders a gift: only the size is asked', async () => {
  world.days(30);
  const cookie = await world.customer('polaris-cycles', RIDER);
  const prefill = await world.ask(`${family}/prefill`, { cookie, body: { occasion: 'gift' } });
  const asked = prefill.body.needs.filter((need: { status: string }) => need.status === 'ask');
  expect(asked.map((need: { attribute: string }) => need.attribute)).toEqual(['frame_size']);
  expect(prefill.body.repeatAsks).toBe(0);
  const known = new Map(
    prefill.body.decisions.map((choice: { attribute: string; value: unknown }) => [
      choice.attribute,
      choice.value,
    ]),
  );
  expect(known.get('rim')).toBe('carbon');
  expect(known.get('colour')).toBe('bottle_green');
  expect(known.has('inseam')).toBe(false);

  const decisions = [...prefill.body.decisions, { attribute: 'frame_size', value: 's' }];
  const order = await orderDesign(world, {
    ...{ base: BICYCLE, family: 'bicycle', cookie, decisions },
    more: { delivery: 'germany', address: RIDER_ADDRESS, occasion: 'gift' },
    quoted: { delivery: 'germany', country: 'DE' },
  });
  expect(order.body.occasion).toBe('gift');
});
