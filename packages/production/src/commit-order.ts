import { ok, type Result, refused } from '@keepsake/kernel';
import type { Acceptance, AmendRefusal, CommitOrder, CommitRefusal } from './decision.ts';
import type { Quote } from './demand.ts';
import type { Order, OrderOperation, WorkOrderStage } from './order.ts';
import { type PlantState, swap, undo } from './plant-state.ts';
import { quote, sumParts } from './quote.ts';
import { startOf } from './request-fault.ts';

/**
 * Decides whether to accept an order: its claims, reservations and promise, or why not. A date the
 * customer saw is kept or refused with the new one, never silently moved. Nothing is applied yet.
 */
export function commitOrder(
  state: PlantState,
  command: CommitOrder,
): Result<Acceptance, CommitRefusal> {
  const { order: id } = command;
  if (state.orders.has(id)) return refused({ kind: 'duplicate-order', order: id });
  const found = requote(state, command);
  if (found.kind === 'refused') return found;
  const order = orderOf(command, found.value, command.hold === true ? 'planned' : 'firm');
  return ok({ quote: found.value, order, events: [{ kind: 'order.accepted', order }] });
}

/**
 * Decides what an order is replaced by, as if its own claims and reservations were free. One event
 * does both, so the old promise stands until the new one does. Only before release.
 */
export function amendOrder(
  state: PlantState,
  command: CommitOrder & { readonly at: number },
): Result<Acceptance, AmendRefusal> {
  const { order: id, at } = command;
  const before = state.orders.get(id);
  if (before === undefined) return refused({ kind: 'unknown-order', order: id });
  const { stage } = before;
  if (stage !== 'planned' && stage !== 'firm') {
    return refused({ kind: 'order-started', order: id, stage });
  }
  swap(state, { orders: new Map([[id, undefined]]) });
  const found = requote(state, command);
  undo(state);
  if (found.kind === 'refused') return found;
  const order = orderOf(command, found.value, stage);
  return ok({ quote: found.value, order, events: [{ kind: 'order.amended', order, at }] });
}

function requote(
  state: PlantState,
  { request, promisedBy }: CommitOrder,
): Result<Quote, Exclude<CommitRefusal, { readonly kind: 'duplicate-order' }>> {
  const found = quote(state, request);
  if (found.kind === 'refused' || promisedBy === undefined) return found;
  const { finish, binding } = found.value;
  if (finish <= promisedBy) return found;
  return refused({ kind: 'promise-moved', promisedBy, finish, binding });
}

function orderOf(
  { order, request, promisedBy }: CommitOrder,
  found: Quote,
  stage: WorkOrderStage,
): Order {
  const { finish, partsAt } = found;
  const times = new Map(found.operations.map((placed) => [placed.operation, placed]));
  const operations = request.operations.map(
    ({ id, workCentre, seconds, after }): OrderOperation => {
      const placed = times.get(id);
      const claim =
        placed === undefined || placed.start === placed.end
          ? null
          : { workCentre, unit: placed.unit, start: placed.start, end: placed.end };
      return {
        id,
        workCentre,
        seconds,
        after,
        stage: 'waiting',
        claim,
        remainingSeconds: seconds === 'stay' ? 0 : seconds,
        startedAt: null,
        finishedAt: null,
        blockedBecause: null,
      };
    },
  );
  return {
    id: order,
    stage,
    promise: promisedBy ?? request.stay?.from ?? finish,
    finish,
    moved: null,
    earliest: startOf(request),
    deadline: request.deadline ?? null,
    stay: request.stay ?? null,
    parts: sumParts(request.parts),
    issuedAt: null,
    operations,
    reservations: found.parts.map(({ item, quantity, toBuy }) => ({
      item,
      quantity,
      at: partsAt,
      toBuy,
    })),
  };
}
