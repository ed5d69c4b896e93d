import { DAY_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMPANY, type CustomerCall, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';
import { type Answer, signInStaff } from '../support/test-server.ts';

let world: DeskWorld;
let me: CustomerCall;
let guest: string;
let officer: string;
beforeEach(async () => {
  world = await openDeskWorld();
  me = await world.signIn('jo@example.com');
  guest = (await me('/session')).body.customer.guest;
  officer = await signInStaff(world.server, COMPANY, 'privacy-officer');
});
afterEach(() => world.server.close());

const asOfficer = (path: string, body?: unknown): Promise<Answer> =>
  world.server.call(`/api/c/${COMPANY}/guests/${guest}${path}`, { body, cookie: officer });
const consent = (purpose: string, granted: boolean) =>
  me(`/me/consents/${purpose}`, { granted }, { method: 'PUT' });
const note = (facts: object[], more: object = {}) =>
  world.desk(`/guests/${guest}/notes`, { facts, ...more });
const values = (facts: { predicate: string; value: unknown }[]) =>
  facts.map(({ predicate, value }) => [predicate, value]).sort();
const asOf = async (query: Record<string, string>) => {
  const found = await asOfficer(`/as-of?${new URLSearchParams({ purpose: 'service', ...query })}`);
  expect(found.status).toBe(200);
  return [values(found.body.known), values(found.body.withheld)];
};
const firm = { predicate: 'pillow.firmness', value: 'firm' };
const nuts = { predicate: 'allergy.substance', value: 'nuts', polarity: 'forbid' };

describe('the account of a person', () => {
  test('has every fact with both times, evidence, readers, and the purposes that may read it', async () => {
    await note([firm], { site: 'monterey', consents: ['personalisation'] });
    await world.desk(`/guests/${guest}?site=monterey`);
    world.server.clock.advance(DAY_MS);
    await note([{ ...firm, value: 'soft' }], { site: 'keywest' });
    const { body } = await asOfficer('/account');
    const day = (count: number) => `2026-03-0${count}T09:00:00.000Z`;
    const told = (value: string) =>
      body.facts
        .filter((fact: { value: string }) => fact.value === value)
        .map((fact: Record<string, unknown>) => [
          ...[fact['since'], fact['until'], fact['believedFrom'], fact['believedUntil']],
        ]);
    expect(told('soft')).toEqual([[day(3), null, day(3), null]]);
    // Believed for a day without an end; since then, that it ended.
    expect(told('firm')).toEqual(
      expect.arrayContaining([
        [day(2), null, day(2), day(3)],
        [day(2), day(3), day(3), null],
      ]),
    );
    expect(body.facts[0].evidence[0].placeName).toBe('Tidewater Monterey');
    expect(body.facts[0].readableFor).toEqual(['service', 'personalisation']);
    const allowed = (one: { purpose: string }) => one.purpose === 'personalisation';
    expect(body.consents.find(allowed).receipt['@type']).toBe('dpv:ConsentReceipt');
    expect(body.reads.map((one: { touchpoint: string }) => one.touchpoint)).toContain('guest-card');
    await consent('personalisation', false);
    const after = await asOfficer('/account');
    expect(after.body.facts[0].readableFor).toEqual([]);
    const own = after.body.reads.filter(
      (one: { touchpoint: string }) => one.touchpoint === 'privacy',
    );
    expect(own).toMatchObject([{ actorName: 'The privacy-officer', purpose: 'privacy' }]);
  });

  test('says what a desk knew at a moment, on both axes', async () => {
    await note([{ ...firm, hereOnly: true }], { site: 'keywest', consents: ['personalisation'] });
    await note([nuts], { site: 'keywest', consents: ['health'] });
    world.server.clock.advance(DAY_MS);
    await consent('health', false);
    await note([{ ...firm, value: 'soft', hereOnly: true }], { site: 'keywest' });
    const [first, second] = ['2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z'];
    const [isFirm, isSoft, isNuts] = [
      ['pillow.firmness', 'firm'],
      ['pillow.firmness', 'soft'],
      ['allergy.substance', 'nuts'],
    ];
    const then = { validAt: first, knownAt: first };
    expect(await asOf({ ...then, site: 'keywest' })).toEqual([[isNuts, isFirm], []]);
    expect(await asOf({ ...then, site: 'monterey' })).toEqual([[isNuts], []]);
    expect(await asOf({ ...then, purpose: 'personalisation' })).toEqual([[isFirm], [isNuts]]);
    expect(await asOf({ validAt: first, knownAt: second })).toEqual([[isFirm], [isNuts]]);
    expect(await asOf({ validAt: second, knownAt: first })).toEqual([[isNuts, isFirm], []]);
    expect(await asOf({ validAt: second, knownAt: second })).toEqual([[isSoft], [isNuts]]);
    expect(await asOf({ validAt: first, knownAt: '2026-02-01T00:00:00.000Z' })).toEqual([[], []]);
    const types = await Promise.all(
      ['purpose=spying', 'purpose=service&site=atlantis'].map(
        async (query) => (await asOfficer(`/as-of?${query}`)).body.type,
      ),
    );
    expect(types).toEqual(['memory/purpose-not-found', 'site/not-found']);
  });

  test('one purpose is erased: its facts, their words and its consent, and nothing else', async () => {
    await note([firm, { predicate: 'room.floor', value: 'low' }], {
      text: 'Likes it firm.',
      consents: ['personalisation'],
    });
    await note([{ ...firm, value: 'soft' }]);
    await note([nuts], { consents: ['health'] });
    const erased = await asOfficer('/purposes/personalisation/erase', {});
    expect(erased.status).toBe(200);
    expect(erased.body.lines).toBe(3);
    expect(erased.body.facts).toBe(2);
    const { body } = await asOfficer('/account');
    expect(values(body.facts)).toEqual([['allergy.substance', 'nuts']]);
    const granted = body.consents.filter((one: { granted: boolean }) => one.granted);
    expect(granted.map((one: { purpose: string }) => one.purpose)).toEqual(['service', 'health']);
    const lines = JSON.stringify((await asOfficer('/export', {})).body);
    expect(lines).toContain('nuts');
    expect(lines).not.toMatch(/Likes it firm|"value":"(firm|soft|low)"/);
    const none = await asOfficer('/purposes/personalisation/erase', {});
    expect(none.body).toMatchObject({ facts: 0, lines: 0 });
    expect((await asOfficer('/purposes/spying/erase', {})).body.type).toBe(
      'memory/purpose-not-found',
    );
  });

  test('is the officer’s alone, and a clerk hears the same whatever is withheld', async () => {
    const asClerk = async (path: string, body?: unknown) =>
      (await world.desk(`/guests/${guest}${path}`, body)).status;
    expect(await asClerk('/account')).toBe(403);
    expect(await asClerk('/as-of?purpose=service')).toBe(403);
    expect(await asClerk('/purposes/health/erase', {})).toBe(403);
    expect((await me(`/guests/${guest}/account`)).status).toBe(401);
    const hear = async () => {
      const needs = ['allergy.substance', 'pillow.firmness'];
      const asked = { guest, needs, touchpoint: 'check-in', purpose: 'service', site: 'monterey' };
      const answer = await world.desk('/ask', asked);
      const card = await world.desk(`/guests/${guest}`);
      return JSON.stringify([answer.body, card.body.facts]);
    };
    const nothing = await hear();
    await note([firm, nuts], { consents: ['personalisation', 'health'] });
    world.server.clock.advance(1);
    await consent('personalisation', false);
    await consent('health', false);
    expect(await hear()).toBe(nothing);
  });
});
