import type { OperationStage, Order, OrderOperation, OrderState, WorkOrderStage } from './order.ts';

/** The legal moves of a work order; `closed` means: no longer in the plant's memory. */
export const workOrderMoves: Readonly<
  Record<WorkOrderStage, readonly (WorkOrderStage | 'closed')[]>
> = {
  planned: ['firm', 'cancelled'],
  firm: ['released', 'cancelled'],
  released: ['running', 'blocked', 'complete', 'cancelled'],
  running: ['blocked', 'complete', 'cancelled'],
  blocked: ['released', 'running', 'cancelled'],
  complete: ['returned', 'closed'],
  returned: ['closed'],
  cancelled: ['closed'],
};

/** The legal moves of an operation. */
export const operationMoves: Readonly<Record<OperationStage, readonly OperationStage[]>> = {
  waiting: ['ready', 'blocked'],
  ready: ['running', 'blocked'],
  running: ['done', 'blocked'],
  blocked: ['waiting', 'ready'],
  done: [],
};

/** Whether an order still holds capacity and stock. */
export function isLive(order: Order): boolean {
  return order.stage !== 'complete' && order.stage !== 'returned' && order.stage !== 'cancelled';
}

/** Whether an order is on the shop floor: released and not yet complete. */
export function isOnFloor(order: Order): boolean {
  return order.stage === 'released' || order.stage === 'running' || order.stage === 'blocked';
}

/** The stage of an order on the floor, from its operations. */
export function floorStage(operations: readonly OrderOperation[]): WorkOrderStage {
  if (operations.every(({ stage }) => stage === 'done')) return 'complete';
  if (operations.some(({ stage }) => stage === 'blocked')) return 'blocked';
  const isBegun = operations.some(({ stage }) => stage === 'running' || stage === 'done');
  return isBegun ? 'running' : 'released';
}

/**
 * How an order looks to its customer. A stay is `ready` once everything before the arrival is done,
 * and stays so.
 */
export function orderState(order: Order): OrderState {
  switch (order.stage) {
    case 'planned':
    case 'firm':
    case 'released':
      return isMadeReady(order) ? 'ready' : 'accepted';
    case 'running':
      return isMadeReady(order) ? 'ready' : 'in-making';
    case 'blocked':
      return 'blocked';
    case 'complete':
      return order.stay === null ? 'made' : 'ready';
    case 'returned':
    case 'cancelled':
      return order.stage;
  }
}

function isMadeReady(order: Order): boolean {
  if (order.stay === null || !isOnFloor(order)) return false;
  const later = duringOrAfterStay(order.operations);
  return order.operations.every(({ id, stage }) => later.has(id) || stage === 'done');
}

/** The operations of the stay itself and all that come after one of those. */
export function duringOrAfterStay(
  operations: readonly Pick<OrderOperation, 'id' | 'seconds' | 'after'>[],
): ReadonlySet<string> {
  const later = new Set(operations.filter(({ seconds }) => seconds === 'stay').map(({ id }) => id));
  for (let size = -1; size !== later.size; ) {
    size = later.size;
    for (const { id, after } of operations)
      if (after.some((other) => later.has(other))) later.add(id);
  }
  return later;
}
