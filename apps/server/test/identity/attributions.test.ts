/** What is noted while two are one stays with somebody, and is given to whom it is of. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSubject } from '../../src/modules/memory/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { COMPANY, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';

let world: DeskWorld;
let a: string;
let b: string;
beforeEach(async () => {
  world = await openDeskWorld();
  a = await greet('Marguerite Okafor', { email: 'marguerite@example.com' });
  b = await greet('Rosalind Okafor', { loyalty: 'TW-9' });
});
afterEach(() => world.server.close());

async function greet(name: string, more: object): Promise<string> {
  const greeted = await world.desk('/guests', { name, ...more });
  expect(greeted.status).toBe(201);
  world.server.clock.advance(1_000);
  return greeted.body.id;
}

async function note(guest: string, value: string, consents = ['personalisation']): Promise<void> {
  const sent = { facts: [{ predicate: 'pillow.firmness', value }], consents };
  expect((await world.desk(`/guests/${guest}/notes`, sent)).status).toBe(201);
  world.server.clock.advance(1_000);
}

async function merge(): Promise<string> {
  const decided = await world.desk('/verdicts', { a, b, kind: 'same' });
  expect(decided.status).toBe(201);
  world.server.clock.advance(1_000);
  return decided.body.verdict;
}

async function part(verdict: string): Promise<void> {
  expect((await world.desk(`/verdicts/${verdict}/undo`, {})).status).toBe(200);
  world.server.clock.advance(1_000);
}

async function pillows(guest: string): Promise<readonly string[]> {
  const { body } = await world.desk(`/guests/${guest}`);
  const facts: readonly { predicate: string; value: string }[] = body.facts;
  return facts.filter((one) => one.predicate === 'pillow.firmness').map((one) => one.value);
}

async function open() {
  const { status, body } = await world.desk('/attributions');
  expect(status).toBe(200);
  return body.items;
}

const give = (interaction: string, guest: string) =>
  world.desk(`/attributions/${interaction}`, { guest });

describe('what was noted while two were one', () => {
  test('is to be decided once they are two again, and only that', async () => {
    await note(a, 'soft');
    const verdict = await merge();
    expect(await open()).toEqual([]);
    await note(b, 'firm');
    await part(verdict);
    const items = await open();
    expect(items).toHaveLength(1);
    const [one] = items;
    expect([one.guest.id, one.other.id]).toEqual([b, a]);
    expect([one.fact.predicate, one.fact.value]).toEqual(['pillow.firmness', 'firm']);
    await part(verdict);
    expect(await open()).toHaveLength(1);
  });

  test('stays where it is once somebody says so', async () => {
    const verdict = await merge();
    await note(a, 'firm');
    await part(verdict);
    const [one] = await open();
    expect((await give(one.interaction, a)).status).toBe(200);
    expect(await open()).toEqual([]);
    expect([await pillows(a), await pillows(b)]).toEqual([['firm'], []]);
    expect((await give(one.interaction, b)).body.type).toBe('memory/fact-not-found');
  });

  test('moves to the other with when it was said, and is forgotten here', async () => {
    await note(b, 'soft');
    const verdict = await merge();
    await note(a, 'firm');
    await part(verdict);
    const [one] = await open();
    expect((await give(one.interaction, b)).status).toBe(200);
    expect([await pillows(a), await pillows(b)]).toEqual([[], ['firm']]);
    const { deps } = world.server;
    const lines = await deps.database.kysely
      .selectFrom('interactions')
      .select(['subject', 'body', 'occurred_at', 'kind'])
      .where('kind', '=', 'fact')
      .orderBy('occurred_at')
      .execute();
    const [soft, firm, moved] = lines;
    expect([soft?.subject, firm?.subject, firm?.body, moved?.subject]).toEqual([b, a, null, b]);
    expect(moved?.occurred_at).toEqual(firm?.occurred_at);
  });

  test('is not moved to who has not agreed, nor to a third', async () => {
    const verdict = await merge();
    await note(a, 'firm');
    await part(verdict);
    const [one] = await open();
    const refused = await give(one.interaction, b);
    expect([refused.status, refused.body.purposes]).toEqual([409, ['personalisation']]);
    const third = await greet('Ana Lima', {});
    expect((await give(one.interaction, third)).body.type).toBe('guest/not-found');
    expect(await pillows(a)).toEqual(['firm']);
    expect(await open()).toHaveLength(1);
  });

  test('is settled when they are one again', async () => {
    const first = await merge();
    await note(a, 'firm');
    await part(first);
    expect(await open()).toHaveLength(1);
    const second = await merge();
    expect(await open()).toEqual([]);
    await part(second);
    await note(a, 'soft');
    expect(await open()).toEqual([]);
  });

  test('is gone with either who is erased', async () => {
    const deps = { ...world.server.deps, log: createLog('silent') };
    const verdict = await merge();
    await note(a, 'firm');
    await part(verdict);
    expect(await open()).toHaveLength(1);
    await eraseSubject(deps, { company: COMPANY, subject: b, erasers: [] });
    expect(await open()).toEqual([]);
    expect(await pillows(a)).toEqual(['firm']);
  });

  test('reading it is on the record of whom it is of', async () => {
    const verdict = await merge();
    await note(a, 'firm');
    await part(verdict);
    await open();
    const reads = await world.server.deps.database.kysely
      .selectFrom('fact_reads')
      .select(['subject', 'touchpoint', 'actor_kind'])
      .where('touchpoint', '=', 'attribution')
      .execute();
    expect(reads).toEqual([{ subject: a, touchpoint: 'attribution', actor_kind: 'staff' }]);
  });
});

describe('what one allowed and the other was never asked', () => {
  test('is asked for once on each card, and no merge opens or closes it', async () => {
    await note(a, 'soft');
    await merge();
    const noted = { facts: [{ predicate: 'pillow.firmness', value: 'firm' }], consents: [] };
    expect((await world.desk(`/guests/${a}/notes`, noted)).status).toBe(201);
    const granted = async (guest: string) => {
      const { body } = await world.desk(`/guests/${guest}`);
      const consents: readonly { purpose: string; granted: boolean }[] = body.consents;
      return consents.find((one) => one.purpose === 'personalisation')?.granted;
    };
    expect([await granted(a), await granted(b)]).toEqual([true, false]);
    expect((await world.desk(`/guests/${b}/notes`, noted)).body.type).toBe(
      'memory/consent-required',
    );
    await note(b, 'firm');
    expect(await granted(b)).toBe(true);
  });
});
