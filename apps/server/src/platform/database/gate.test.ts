import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('lets one in at a time, in the order of arrival', async () => {
  const gate = createGate(60_000);
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const lease = await gate.enter();
      inside += 1;
      expect(inside).toBe(1);
      await Promise.resolve();
      order.push(index);
      inside -= 1;
      lease.leave();
      lease.leave();
    }),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('turns away who waits on an idle holder, and keeps the place of the others', async () => {
  const gate = createGate(20);
  const holder = await gate.enter();
  await expect(gate.enter()).rejects.toMatchObject({ code: 'database/busy' });
  holder.working(true);
  const patient = gate.enter();
  const seen = await Promise.race([
    patient.then(
      () => 'entered',
      () => 'refused',
    ),
    new Promise((resolve) => setTimeout(resolve, 100, 'waits')),
  ]);
  expect(seen).toBe('waits');
  holder.working(false);
  holder.leave();
  const lease = await patient;
  lease.leave();
});
