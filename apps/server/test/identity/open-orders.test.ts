/** What is being made for somebody follows who they are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { HOTEL, openStory, orderDesign, type StoryWorld } from '../scenarios/story-world.ts';

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world.server.close());

const GUEST = 'rosalind.achterberg@guest.example';
const STAY = { arrive: '2026-12-20', depart: '2026-12-23' };

interface Task {
  readonly instructions: readonly { readonly text: { readonly en: string } }[];
}

async function wordsOf(clerk: string, order: string): Promise<readonly string[]> {
  const { body } = await world.ask(`${HOTEL}/sites/key-west/arrivals?days=60`, { cookie: clerk });
  const arrival = body.items.find((each: { order: string }) => each.order === order);
  const tasks: readonly Task[] = arrival.tasks;
  return tasks.flatMap((task) => task.instructions.map(({ text }) => text.en)).sort();
}

test('a booked stay follows a merge, its undoing, and what another system tells', async () => {
  const clerk = await world.staff('desk.monterey@lantern.example');
  const noted = await world.ask(
    `${HOTEL}/guests`,
    { cookie: clerk, body: { name: 'Rosalind Achterberg' } },
    201,
  );
  const facts = [{ predicate: 'pillow.firmness', value: 'firm' }];
  await world.ask(
    `${HOTEL}/guests/${noted.body.id}/notes`,
    { cookie: clerk, body: { site: 'monterey', facts, consents: ['personalisation'] } },
    201,
  );
  world.days(11);
  const cookie = await world.customer('lantern-hotels', GUEST);
  const session = await world.ask(`${HOTEL}/session`, { cookie });
  const booked: string = session.body.customer.guest;
  const prefill = await world.ask(`${HOTEL}/families/hotel_room/prefill`, {
    cookie,
    body: { occasion: 'self', site: 'key-west' },
  });
  const order = await orderDesign(world, {
    ...{ base: HOTEL, family: 'hotel_room', cookie, decisions: prefill.body.decisions },
    more: { site: 'key-west', stay: STAY, delivery: 'stay' },
    quoted: { site: 'key-west', stay: STAY },
  });
  const before = await wordsOf(clerk, order.body.id);
  expect(before).not.toContain('Firm pillow');

  const pair = { a: noted.body.id, b: booked, kind: 'same' };
  const decided = await world.ask(`${HOTEL}/verdicts`, { cookie: clerk, body: pair }, 201);
  expect(await wordsOf(clerk, order.body.id)).toContain('Firm pillow');
  const undone = `${HOTEL}/verdicts/${decided.body.verdict}/undo`;
  await world.ask(undone, { cookie: clerk, body: {} });
  expect(await wordsOf(clerk, order.body.id)).toEqual(before);

  // Of the other member of a person, who has no orders of their own.
  await world.ask(`${HOTEL}/verdicts`, { cookie: clerk, body: pair }, 201);
  await tell(noted.body.id, { 'pillow.firmness': 'soft' });
  const told = await wordsOf(clerk, order.body.id);
  expect(told).toContain('Soft pillow');
  expect(told).not.toContain('Firm pillow');
});

async function tell(subject: string, says: object): Promise<void> {
  const { token } = loadOperatorToken(world.server.home);
  const at = new Date(world.server.clock.now()).toISOString();
  const line = { at, channel: 'desk', subject, says, purposes: ['personalisation'] };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const body = JSON.stringify(line);
  const answer = await world.server.call(`${HOTEL}/interactions`, { headers, body });
  expect(answer.body).toMatchObject({ accepted: 1, refused: 0 });
}
