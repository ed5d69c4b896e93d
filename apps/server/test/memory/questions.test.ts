import { DAY_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';
import { signInStaff } from '../support/test-server.ts';

let world: DeskWorld;
let guest: string;
beforeEach(async () => {
  world = await openDeskWorld();
  const me = await world.signIn('jo@example.com');
  guest = (await me('/session')).body.customer.guest;
});
afterEach(() => world.server.close());

const report = async (role: 'privacy-officer' | 'product-manager' | 'clerk', query = '') =>
  await world.server.call(`/api/c/${COMPANY}/questions${query}`, {
    cookie: await signInStaff(world.server, COMPANY, role),
  });
const ask = (needs: string[]) =>
  world.desk('/ask', { guest, needs, touchpoint: 'check-in', purpose: 'service' });

test('questions, repeats and answers are counted by day and by predicate', async () => {
  const consents = ['personalisation'];
  const facts = [{ predicate: 'pillow.firmness', value: 'firm', basis: 'observed' }];
  await world.desk(`/guests/${guest}/notes`, { facts, consents });
  await ask(['pillow.firmness', 'room.floor', 'allergy.substance']);
  world.server.clock.advance(DAY_MS);
  await ask(['room.floor', 'arrival.contact']);
  const { database } = world.server.deps;
  const newest = database.kysely.selectFrom('ask_log').select('id').orderBy('id', 'desc').limit(1);
  await database.kysely
    .updateTable('ask_log')
    .set({ is_repeat: true })
    .where('id', '=', newest)
    .execute();
  const { status, body } = await report('product-manager', '?days=3');
  expect(status).toBe(200);
  expect([body.from, body.to]).toEqual(['2026-03-01', '2026-03-03']);
  expect(body.total).toEqual({
    ...{ needs: 5, known: 1, confirm: 0, asked: 3, repeats: 1, declined: 1, later: 0 },
    repeatRate: 1 / 3,
  });
  const days = body.days.map((day: Record<string, unknown>) => [
    ...[day['date'], day['asked'], day['repeats'], day['repeatRate']],
  ]);
  expect(days).toEqual([
    ['2026-03-01', 0, 0, null],
    ['2026-03-02', 1, 0, 0],
    ['2026-03-03', 2, 1, 0.5],
  ]);
  expect(body.predicates[0]).toMatchObject({ predicate: 'room.floor', needs: 2, asked: 2 });
  expect(body.bases).toEqual([
    { basis: 'stated', facts: 0 },
    { basis: 'confirmed', facts: 0 },
    { basis: 'observed', facts: 1 },
    { basis: 'inferred', facts: 0 },
    { basis: 'imported', facts: 0 },
  ]);
  expect((await report('privacy-officer', '?days=1')).body.total.needs).toBe(2);
});

test('nothing asked is no rate of zero, and a clerk is not told', async () => {
  const { body } = await report('privacy-officer');
  expect([body.total.needs, body.total.repeatRate, body.days.length]).toEqual([0, null, 30]);
  expect((await report('clerk')).status).toBe(403);
});
