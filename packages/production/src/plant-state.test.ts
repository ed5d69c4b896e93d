import { describe, expect, test } from 'vitest';
import { alwaysOpen, createPlantState, type Order, type Plant } from './index.ts';
import { commit, noParts, plantOf, stateOf } from './testing/index.ts';

describe('loading', () => {
  const bench = { id: 'bench', units: 1, calendar: alwaysOpen };
  const shift = { weekday: 1, from: '08:00', to: '16:00' };
  const hub = { id: 'hub', onHand: 1, incoming: [], leadTimeDays: 1 };

  test.each<[Partial<Plant>, object]>([
    [{ timeZone: 'Mars/Olympus' }, { kind: 'unknown-time-zone', timeZone: 'Mars/Olympus' }],
    [{ workCentres: [bench, bench] }, { kind: 'duplicate-id', id: 'bench' }],
    [{ workCentres: [{ ...bench, units: 0 }] }, { kind: 'bad-units', id: 'bench' }],
    [
      {
        workCentres: [
          { ...bench, calendar: { shifts: [shift, { ...shift, to: '25:00' }], closed: [] } },
        ],
      },
      { kind: 'bad-shift', id: 'bench', index: 1 },
    ],
    [
      { workCentres: [{ ...bench, calendar: { shifts: [{ ...shift, weekday: 0 }], closed: [] } }] },
      { kind: 'bad-shift', id: 'bench', index: 0 },
    ],
    [
      { workCentres: [{ ...bench, calendar: { shifts: [], closed: ['2023-02-29'] } }] },
      { kind: 'bad-closed-date', id: 'bench', date: '2023-02-29' },
    ],
    [{ items: [{ ...hub, onHand: -1 }] }, { kind: 'bad-quantity', id: 'hub' }],
    [{ items: [{ ...hub, leadTimeDays: Number.NaN }] }, { kind: 'bad-lead-time', id: 'hub' }],
  ])('PRD-35 refuses a plant with %j', (part, error) => {
    expect(createPlantState({ version: 0, plant: plantOf(part), orders: [] })).toEqual({
      kind: 'refused',
      error,
    });
  });

  test('PRD-35 refuses orders whose claims overlap or point nowhere', () => {
    const state = stateOf();
    const order = commit(state, 'a', noParts);
    const load = (orders: readonly Order[], plant = plantOf()) =>
      createPlantState({ version: 1, plant, orders });
    expect(load([order, order])).toMatchObject({ error: { kind: 'duplicate-order', order: 'a' } });
    expect(load([order, { ...order, id: 'b' }])).toEqual({
      kind: 'refused',
      error: { kind: 'claim-overlap', order: 'b', operation: 'weld' },
    });
    expect(load([order], plantOf({ workCentres: [bench] }))).toMatchObject({
      error: { kind: 'unknown-work-centre', workCentre: 'crew' },
    });
    const parts = [{ item: 'x', quantity: 1 }];
    expect(load([{ ...order, parts }])).toMatchObject({
      error: { kind: 'unknown-item', item: 'x' },
    });
  });
});
