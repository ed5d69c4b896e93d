import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/test-server.ts';
import {
  type FailuresWorld,
  faultsOfPlant,
  openFailuresWorld,
  problemOf,
} from './failures-world.ts';

let world: FailuresWorld;
beforeAll(async () => {
  world = await openFailuresWorld();
});
afterAll(() => world.server.close());

const width = (value: number) => [{ attribute: 'width', value }];

const codeOf = (answer: Answer): string =>
  answer.status < 300 ? String(answer.status) : problemOf(answer);

describe('two tabs with one design', () => {
  test('the second to save is told, and nothing of the first is lost', async () => {
    const { design, version } = await world.prepare();
    const save = (value: number) =>
      world.ask(`designs/${design}`, {
        method: 'PUT',
        body: { version, decisions: width(value), texts: {} },
      });
    expect((await save(20)).status).toBe(200);
    const late = await save(30);
    expect([problemOf(late), late.body.version]).toEqual(['design/stale', 2]);
    const kept = await world.expect(200, `designs/${design}`);
    expect([kept.version, kept.decisions]).toEqual([2, width(20)]);
  });

  test('of eight that save at once, one does', async () => {
    const { design, version } = await world.prepare();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        world.ask(`designs/${design}`, {
          method: 'PUT',
          body: { version, decisions: width(20 + i), texts: {} },
        }),
      ),
    );
    expect(answers.map(codeOf).toSorted()).toEqual(['200', ...Array(7).fill('design/stale')]);
    const kept = await world.expect(200, `designs/${design}`);
    const saved = answers.find(({ status }) => status === 200);
    expect(kept).toEqual(saved?.body);
  });

  test('an order of what was changed meanwhile is refused, with the version there is', async () => {
    const { customer: cookie } = world;
    const body = await world.prepare();
    const { design, version } = body;
    await world.expect(200, `designs/${design}`, {
      method: 'PUT',
      body: { version, decisions: width(20), texts: {} },
    });
    const late = await world.ask('orders', { cookie, body });
    expect([problemOf(late), late.body.version]).toEqual(['design/stale', 2]);
    const placed = await world.expect(201, 'orders', { cookie, body: { ...body, version: 2 } });
    expect(placed.decisions).toEqual(width(20));
  });
});

describe('an order', () => {
  /** An order, and how to change and cancel it as it was shown. */
  async function ordered() {
    const { customer: cookie } = world;
    const order = await world.order({ decisions: [{ attribute: 'glass', value: true }] });
    const { id, version, total, promise } = order;
    const shown = { total, ready: promise.ready };
    return {
      order,
      amend: (value: number) =>
        world.ask(`orders/${id}/amend`, {
          ...{ cookie, body: { version, decisions: width(value), texts: {}, shown } },
        }),
      cancel: () => world.ask(`orders/${id}/cancel`, { cookie, body: {} }),
      read: () => world.expect(200, `orders/${id}`, { cookie }),
    };
  }

  test('that is changed twice at once is changed once; the other is told', async () => {
    const { amend, read } = await ordered();
    const answers = await Promise.all([amend(20), amend(30), amend(40)]);
    expect(answers.map(codeOf).toSorted()).toEqual(['200', 'design/stale', 'design/stale']);
    const [done] = answers.filter(({ status }) => status === 200);
    const now = await read();
    expect(now).toEqual(done?.body);
    expect([now.version, now.promise.history.length]).toEqual([2, 2]);
    for (const late of answers) if (late.status === 409) expect(late.body.version).toBe(2);
  });

  test('that is changed and cancelled at once is cancelled, whole before or whole after', async () => {
    for (const isAmendFirst of [true, false]) {
      const { amend, cancel, read } = await ordered();
      const answers = isAmendFirst
        ? await Promise.all([amend(20), cancel()])
        : (await Promise.all([cancel(), amend(20)])).toReversed();
      const [amended, cancelled] = answers;
      if (amended === undefined || cancelled === undefined) throw new Error('two were asked');
      expect(codeOf(cancelled)).toBe('200');
      expect(codeOf(amended)).toMatch(/^(200|order\/released|design\/stale)$/);
      const now = await read();
      expect(now.state).toBe('cancelled');
      const isChanged = amended.status === 200;
      expect(now.decisions).toEqual(isChanged ? width(20) : [{ attribute: 'glass', value: true }]);
    }
    expect(await faultsOfPlant(world.server.deps)).toEqual([]);
  });

  test('that was cancelled can no longer be changed, and it is said why', async () => {
    const { amend, cancel } = await ordered();
    await cancel();
    const late = await amend(20);
    expect(problemOf(late)).toBe('order/released');
    expect(late.body.detail).toContain('cancelled');
  });

  test('is taken at the price and in the currency that was shown, or not at all', async () => {
    const { customer: cookie } = world;
    const body = await world.prepare();
    const { shown } = body;
    const minor = String(Number(shown.total.minor) - 1);
    for (const total of [
      { currency: 'EUR', minor },
      { currency: 'JPY', minor: shown.total.minor },
    ]) {
      const answer = await world.ask('orders', {
        ...{ cookie, body: { ...body, shown: { ...shown, total } } },
      });
      expect([problemOf(answer), answer.body.total]).toEqual(['price/moved', shown.total]);
    }
    const soon = '2026-03-02T09:00:00.001Z';
    const moved = await world.ask('orders', {
      ...{ cookie, body: { ...body, shown: { ...shown, ready: soon } } },
    });
    expect([problemOf(moved), moved.body.ready]).toEqual(['promise/moved', shown.ready]);
    expect((await world.ask('orders', { cookie, body })).status).toBe(201);
  });
});
