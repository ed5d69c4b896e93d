import { DAY_MS } from '@keepsake/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BICYCLE,
  decisionsOf,
  openStory,
  orderDesign,
  RIDER_ADDRESS,
  RIDER_CHOICES,
  type StoryWorld,
} from '../scenarios/story-world.ts';
import type { Answer } from '../support/test-server.ts';
import { problemOf } from './failures-world.ts';

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world.server.close());

const FRAME = 'frame-steel-gravel-m';
const family = `${BICYCLE}/families/bicycle`;
const decisions = decisionsOf(RIDER_CHOICES);
const about = { delivery: 'germany', country: 'DE' };
const more = { delivery: 'germany', address: RIDER_ADDRESS };

interface Shown {
  readonly cookie: string;
  readonly body: {
    readonly design: string;
    readonly shown: { readonly total: unknown; readonly ready: string };
  };
}

/** A customer who has a design before them, with its price and its date. */
async function look(email: string): Promise<Shown> {
  const cookie = await world.customer('polaris-cycles', email);
  const design = await world.ask(`${family}/designs`, { cookie, body: { decisions } }, 201);
  const quote = await world.ask(`${family}/quote`, { body: { decisions, ...about } });
  const shown = { total: quote.body.total, ready: quote.body.promise.ready };
  const { id, version } = design.body;
  return { cookie, body: { ...more, design: id, version, shown } as Shown['body'] };
}

async function frames(): Promise<{ onHand: number; reserved: number; available: number }> {
  const maker = await world.staff('workshop@polaris.example');
  const stock = await world.ask(`${BICYCLE}/sites/erlangen/stock`, { cookie: maker });
  return stock.body.items.find((each: { item: string }) => each.item === FRAME);
}

test('two who order the last frame: one has it, the other is told the new date, and may take it', async () => {
  const first = await world.customer('polaris-cycles', 'first@rider.example');
  const order = { base: BICYCLE, family: 'bicycle', cookie: first, decisions, more, quoted: about };
  while ((await frames()).available > 1) await orderDesign(world, order);

  const both = [await look('second@rider.example'), await look('third@rider.example')];
  const place = ({ cookie, body }: Shown): Promise<Answer> =>
    world.server.call(`${BICYCLE}/orders`, { cookie, body });
  const answers = await Promise.all(both.map(place));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);

  const lost = answers.findIndex(({ status }) => status === 409);
  const [refusal, loser] = [answers[lost], both[lost]];
  if (refusal === undefined || loser === undefined) throw new Error('one must have lost');
  expect(problemOf(refusal)).toBe('promise/moved');
  const waits = refusal.body.reasons.find(
    (reason: { code: string }) => reason.code === 'waits-for-part',
  );
  expect(waits).toMatchObject({ item: FRAME, name: { en: expect.stringMatching(/frame/i) } });
  const days = (Date.parse(refusal.body.ready) - Date.parse(loser.body.shown.ready)) / DAY_MS;
  expect(days).toBeGreaterThan(8);
  expect(days).toBeLessThan(18);
  // Nothing of the refused order was kept.
  const mine = await world.ask(`${BICYCLE}/me/orders`, { cookie: loser.cookie });
  expect(mine.body.items).toEqual([]);
  expect(await frames()).toMatchObject({ onHand: 3, reserved: 3, available: 0 });

  const { total } = loser.body.shown;
  const accepted = { ...loser.body, shown: { total, ready: refusal.body.ready } };
  const taken = await place({ ...loser, body: accepted });
  expect(taken.status).toBe(201);
  expect(taken.body.promise.ready).toBe(refusal.body.ready);
  expect(taken.body.promise.history[0].reasons).toContainEqual(
    expect.objectContaining({ code: 'waits-for-part', item: FRAME }),
  );
  expect(await frames()).toMatchObject({ onHand: 3, reserved: 4, available: 0 });
});
