import type { Tx } from '../../platform/database/schema.ts';
import type { OrderRow } from './orders.store.ts';
import { insertPromise, listPromises } from './promises.store.ts';
import type { OrderDeps, PromiseDate } from './quote.service.ts';

/** Adds a date to the history of an order. */
export async function addPromise(
  tx: Tx,
  deps: Pick<OrderDeps, 'clock'>,
  row: Pick<OrderRow, 'company' | 'id'>,
  promise: Pick<PromiseDate, 'ready' | 'reasons'>,
): Promise<void> {
  const history = await listPromises(tx, row.company, [row.id]);
  await insertPromise(tx, row.company, {
    orderId: row.id,
    position: history.length,
    at: new Date(deps.clock.now()),
    ready: new Date(promise.ready),
    reasons: promise.reasons,
  });
}
