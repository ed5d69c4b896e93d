import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTestStaff, signInCustomer } from '../support/test-server.ts';
import {
  BASE,
  COMPANY,
  type FailuresWorld,
  FRAME,
  faultsOfPlant,
  openFailuresWorld,
  problemOf,
  ROOM,
} from './failures-world.ts';
import { endpoints, type Known, requestsTo } from './hostile-inputs.ts';

let world: FailuresWorld;
let known: Known;
let cookies: { readonly customer: string; readonly owner: string };

beforeAll(async () => {
  world = await openFailuresWorld();
  const { server, owner } = world;
  const near = { ...server, call: world.ask };
  const customer = await signInCustomer(near, COMPANY, 'fuzz@example.com');
  cookies = { customer, owner };
  const stay = { arrive: '2026-03-09', depart: '2026-03-11' };
  const order = await world.order({ cookie: customer, texts: { engraving: 'North' } });
  const booked = await world.order({ cookie: customer, family: 'room', more: { stay } });
  const making = await world.order({ cookie: customer });
  const frame = await world.prepare();
  const room = await world.prepare({ family: 'room', more: { stay } });
  const saved = await world.expect(200, `designs/${frame.design}`);
  const board = await world.expect(200, 'sites/main/board', { cookie: owner });
  const session = await world.expect(200, 'session', { cookie: customer });
  const body = { predicate: 'arrival.contact', value: 'by phone' };
  const memory = await world.expect(201, 'me/facts', { cookie: customer, body });
  const clerk = await addTestStaff(server, COMPANY, ['clerk']);
  const staff = await world.expect(200, 'staff', { cookie: owner });
  const member = staff.items.find((each: { email: string }) => each.email === clerk).id;
  known = {
    company: [COMPANY],
    site: ['main'],
    family: ['frame', 'room'],
    order: [order.id, booked.id],
    design: [frame.design, room.design],
    share: [saved.shareId],
    version: [1, 2],
    guest: [session.customer.guest],
    operation: board.cards
      .filter((card: { order: string }) => card.order === making.id)
      .map((card: { id: string }) => card.id),
    item: ['wood'],
    quantity: [1, 0.5, 1_000_000, 1e-6, 0.1 + 0.2],
    until: ['2026-03-03T09:00:00.000Z', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00.000Z'],
    attribute: ['colour', 'width', 'depth', 'glass', 'crib', 'engraving'],
    value: ['red', 'blue', 20, 55, 0.3, 0.1 + 0.2, true, false, 'firm', 'a wish'],
    modelHash: [saved.modelHash],
    delivery: ['pickup', 'post'],
    shown: [{ total: { currency: 'EUR', minor: '99999999' }, ready: '2026-09-01T00:00:00.000Z' }],
    stay: [stay],
    purpose: ['service', 'personalisation', 'health'],
    consents: [['personalisation', 'health']],
    fact: memory.facts.map((fact: { id: string }) => fact.id),
    member: [member],
    yaml: [FRAME, ROOM, FRAME.replace('Red', 'R\0d'), FRAME.replace('Red', '"\\0\\ud800"')],
  };
});
afterAll(() => world.server.close());

/** Those that need the operator's word are refused before their input is looked at. */
const open = endpoints.filter(
  ({ access, name }) => access.kind !== 'operator' && name !== 'session.signOut',
);

describe('whatever is sent', () => {
  test('there is a lot to send it to', () => {
    expect(open.length).toBeGreaterThan(40);
  });

  test.each(open)('$name answers, or refuses with a whole problem', async (endpoint) => {
    const { kind } = endpoint.access;
    const request = fc.tuple(requestsTo(endpoint, known), fc.boolean());
    await fc.assert(
      fc.asyncProperty(request, async ([{ method, path, body }, isOwner]) => {
        const isStaff = kind === 'staff' || (kind !== 'customer' && isOwner);
        const cookie = isStaff ? cookies.owner : cookies.customer;
        const answer = await world.ask(path, {
          ...{ method, cookie },
          ...(body === undefined ? {} : { body }),
        });
        if (answer.status >= 400) problemOf(answer);
        // Work that was not finished within its budget is said to be just that.
        const isUndecided = answer.body.type === 'design/undecided';
        expect(isUndecided || answer.status < 500).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('the plant is sound afterwards, and orders go on', async () => {
    expect(({} as { a?: number }).a).toBeUndefined();
    const order = await world.order({ texts: { engraving: 'South' } });
    expect(order.state).toBe('accepted');
    expect(await faultsOfPlant(world.server.deps)).toEqual([]);
    expect((await world.ask(`${BASE}/families`)).body.items).toHaveLength(2);
  });
});
