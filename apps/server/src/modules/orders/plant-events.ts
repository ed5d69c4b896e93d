import { findOrder, orderState, type PlantEvent, type PlantState } from '@keepsake/production';
import type { Tx } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import { findFamily } from '../families/index.ts';
import type { PlantKey } from '../production/index.ts';
import { endOfDay } from './dates.rules.ts';
import { mailOrder } from './order-mails.ts';
import { findOrderRow, type OrderRow, type OrderState, updateOrderState } from './orders.store.ts';
import { addPromise } from './promise-history.service.ts';
import { listPromises } from './promises.store.ts';
import type { OrderDeps } from './quote.service.ts';
import { moveReason } from './reasons.rules.ts';

type Replanned = Extract<PlantEvent, { kind: 'order.replanned' }>;

/**
 * Follows what happens in a plant, inside its transaction: the state of each order concerned, and
 * every move of its date to another day, with the reason and a mail.
 */
export function orderObserver(deps: OrderDeps) {
  return async (
    tx: Tx,
    key: PlantKey,
    events: readonly PlantEvent[],
    state: PlantState,
  ): Promise<void> => {
    const { ids, replanned } = concerned(events);
    for (const id of ids) {
      const planned = findOrder(state, id);
      if (planned === undefined) continue;
      const now = orderState(planned);
      const shown: OrderState = now === 'ready' ? 'made' : now;
      const change = { state: shown, now: new Date(deps.clock.now()) };
      await updateOrderState(tx, { company: key.company, id }, change);
      const event = replanned.get(id);
      if (event !== undefined) await tellMove(tx, deps, key, event);
    }
  };
}

function concerned(events: readonly PlantEvent[]) {
  const ids = new Set<string>();
  const replanned = new Map<string, Replanned>();
  for (const event of events) {
    if ('order' in event) ids.add(event.order.id);
    if (event.kind === 'order.replanned') replanned.set(event.order.id, event);
  }
  return { ids, replanned };
}

async function tellMove(tx: Tx, deps: OrderDeps, key: PlantKey, event: Replanned): Promise<void> {
  const { finish, id, stay } = event.order;
  if (finish === null || stay !== null) return;
  const row = await findOrderRow(tx, key.company, id);
  const company = await findCompany(tx, key.company);
  const site = company?.sites.find((each) => each.id === key.site);
  if (row === undefined || company === undefined || site === undefined) return;
  const ready = endOfDay(site.timeZone, finish);
  if (!(await isNewDate(tx, row, ready))) return;
  const published = await findFamily(tx, row);
  if (published === undefined) return;
  const promise = { ready, reasons: [moveReason(published.family, event.reason)] };
  await addPromise(tx, deps, row, promise);
  await mailOrder(tx, deps, { row, company, published, kind: 'moved', promise });
}

/** A date later than the one last told; sooner than promised is no news that upsets plans. */
async function isNewDate(tx: Tx, row: OrderRow, ready: number): Promise<boolean> {
  const history = await listPromises(tx, row.company, [row.id]);
  const last = history.at(-1)?.ready.getTime() ?? 0;
  const first = history[0]?.ready.getTime() ?? 0;
  return ready > last || (ready < last && last > first);
}
