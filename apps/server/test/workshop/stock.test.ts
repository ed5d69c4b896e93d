import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMPANY, cardOf, openWorkshop, type WorkshopWorld } from './workshop-world.ts';

let world: WorkshopWorld;
beforeEach(async () => {
  world = await openWorkshop();
});
afterEach(() => world.server.close());

interface Row {
  readonly item: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

async function tubes(): Promise<readonly number[]> {
  const stock = await world.make('stock');
  const row = stock.body.items.find((each: Row) => each.item === 'tube');
  return [row.onHand, row.reserved, row.available];
}

describe('stock', () => {
  test('is listed with names, bins and lead times', async () => {
    const stock = await world.make('stock');
    expect(stock.body.items).toEqual([
      {
        ...{ item: 'lug', name: { en: 'Lug' }, bin: null, leadTimeDays: 3 },
        ...{ onHand: 99, reserved: 0, available: 99, incoming: [] },
      },
      {
        ...{ item: 'tube', name: { en: 'Tube' }, bin: 'A1', leadTimeDays: 10 },
        ...{ onHand: 4, reserved: 0, available: 4, incoming: [] },
      },
    ]);
  });

  test('is set aside by orders, beyond what there is when it must be bought', async () => {
    await world.order('frame');
    expect(await tubes()).toEqual([4, 2, 2]);
    await world.order('frame');
    await world.order('frame');
    expect(await tubes()).toEqual([4, 6, 0]);
  });

  test('there is none of a site that does not exist', async () => {
    const missing = await world.make(`/api/c/${COMPANY}/sites/nowhere/stock`);
    expect([missing.status, missing.body.type]).toEqual([404, 'site/not-found']);
  });
});

describe('receiving', () => {
  const receive = (quantity: number, key?: string, item = 'tube') =>
    world.make(
      `stock/${item}/receive`,
      { quantity },
      key === undefined ? {} : { 'idempotency-key': key },
    );

  test('puts parts in their bin, for those first who wait to have them bought', async () => {
    for (let count = 0; count < 3; count++) await world.order('frame');
    const received = await receive(3);
    expect(received.status).toBe(200);
    expect(received.body).toMatchObject({ item: 'tube', onHand: 7, reserved: 6, available: 1 });
    const third = (await world.board('bench')).at(-1);
    expect(
      await world.act(cardOf(await world.board(), third?.order ?? '', 'weld'), 'start'),
    ).toMatchObject({ state: 'running' });
  });

  test('with one key brings parts in once, even when the stored answer was lost', async () => {
    expect((await receive(5, 'delivery-4711')).body.onHand).toBe(9);
    expect((await receive(5, 'delivery-4711')).body.onHand).toBe(9);
    await world.server.deps.database.kysely.deleteFrom('idempotency_keys').execute();
    expect((await receive(5, 'delivery-4711')).body.onHand).toBe(9);
    expect((await receive(5, 'delivery-4712')).body.onHand).toBe(14);
    const rows = await world.server.deps.database.kysely
      .selectFrom('stock_deliveries')
      .select(['item', 'quantity', 'received_by'])
      .execute();
    expect(rows.map((row) => [row.item, Number(row.quantity)])).toEqual([
      ['tube', 5],
      ['tube', 5],
    ]);
    expect(rows.every((row) => (row.received_by ?? '') !== '')).toBe(true);
  });

  test('refuses what the site does not keep, and quantities beyond counting', async () => {
    const unknown = await receive(1, undefined, 'gold');
    expect([unknown.status, unknown.body.type]).toEqual([404, 'stock/unknown-item']);
    const tooFine = await receive(0.000_000_1);
    expect([tooFine.status, tooFine.body.type]).toEqual([400, 'request/invalid']);
    expect((await receive(-1)).status).toBe(400);
    expect(await tubes()).toEqual([4, 0, 4]);
  });
});
