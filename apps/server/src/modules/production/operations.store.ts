import type { Instant } from '@keepsake/kernel';
import type { NeededPart, Order, OrderOperation } from '@keepsake/production';
import type { Db } from '../../platform/database/schema.ts';
import type { PlantKey } from './stock.store.ts';
import { toOperation } from './work-orders.store.ts';

/** Where an operation belongs. */
export interface OperationRef extends PlantKey {
  readonly orderId: string;
  readonly operation: string;
}

/** The operation that an id names, whatever the site. */
export async function findOperation(
  db: Db,
  company: string,
  id: string,
): Promise<OperationRef | undefined> {
  const row = await db
    .selectFrom('work_operations')
    .select(['company', 'site', 'order_id', 'operation'])
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    company: row.company,
    site: row.site,
    orderId: row.order_id,
    operation: row.operation,
  };
}

/** What an order means for those who make it. */
export interface WorkOrderRow {
  readonly orderId: string;
  readonly stage: Order['stage'];
  readonly promise: Instant;
  readonly parts: readonly NeededPart[];
}

/** Some orders of a plant, by their ids. */
export async function listWorkOrders(
  db: Db,
  key: PlantKey,
  orders: readonly string[],
): Promise<ReadonlyMap<string, WorkOrderRow>> {
  if (orders.length === 0) return new Map();
  const rows = await db
    .selectFrom('work_orders')
    .select(['order_id', 'stage', 'promise_at', 'parts'])
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .where('order_id', 'in', [...orders])
    .execute();
  return new Map(
    rows.map(({ order_id, stage, promise_at, parts }) => [
      order_id,
      { orderId: order_id, stage, promise: promise_at.getTime(), parts },
    ]),
  );
}

/** An operation with its id, as boards and order pages show it. */
export interface OperationRow extends OrderOperation {
  readonly wireId: string;
  readonly orderId: string;
  readonly orderStage: Order['stage'];
}

/** Operations of a plant: those still to do and those finished since an instant; or of some orders. */
export async function listOperations(
  db: Db,
  key: PlantKey,
  which: { readonly orders?: readonly string[]; readonly doneSince?: number },
): Promise<readonly OperationRow[]> {
  let query = db
    .selectFrom('work_operations')
    .innerJoin('work_orders', (join) =>
      join
        .onRef('work_orders.company', '=', 'work_operations.company')
        .onRef('work_orders.site', '=', 'work_operations.site')
        .onRef('work_orders.order_id', '=', 'work_operations.order_id'),
    )
    .selectAll('work_operations')
    .select('work_orders.stage as order_stage')
    .where('work_operations.company', '=', key.company)
    .where('work_operations.site', '=', key.site);
  const { orders, doneSince } = which;
  if (orders !== undefined) {
    if (orders.length === 0) return [];
    query = query.where('work_operations.order_id', 'in', [...orders]);
  } else {
    query = query
      .where('work_orders.stage', 'not in', ['cancelled', 'returned', 'planned'])
      .where((row) =>
        row.or([
          row('work_operations.stage', '<>', 'done'),
          row('work_operations.finished_at', '>=', new Date(doneSince ?? 0)),
        ]),
      );
  }
  const rows = await query
    .orderBy('work_operations.start_at')
    .orderBy('work_operations.order_id')
    .orderBy('work_operations.position')
    .execute();
  return rows.map((row) => ({
    ...toOperation(row),
    wireId: row.id,
    orderId: row.order_id,
    orderStage: row.order_stage,
  }));
}
