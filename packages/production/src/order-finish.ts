import type { Instant } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import type { Order, OrderOperation } from './order.ts';
import { duringOrAfterStay } from './order-stages.ts';
import { sortOperations } from './routing.ts';

/**
 * When each operation ends: when it did, when its claim does, or for one without length or claim,
 * when its predecessors do (at the earliest at `from`). Operations that could not be placed, and
 * all after them, are missing.
 */
export function endsOf(
  operations: readonly OrderOperation[],
  from: Instant,
): ReadonlyMap<string, Instant> {
  const ends = new Map<string, Instant>();
  for (const operation of sortOperations(operations)) {
    const before = operation.after.map((id) => ends.get(id));
    if (before.some((end) => end === undefined)) continue;
    const end = endOf(operation, Math.max(from, ...before.map((other) => other ?? from)));
    if (end !== undefined) ends.set(operation.id, end);
  }
  return ends;
}

function endOf(operation: OrderOperation, ready: Instant): Instant | undefined {
  const { stage, finishedAt, claim, seconds } = operation;
  if (stage === 'done') return finishedAt ?? ready;
  if (claim !== null) return claim.end;
  return seconds === 0 ? ready : undefined;
}

/**
 * An order with the finish and the reason that its operations add up to. Operations without length
 * keep the finish they were quoted: they never come after it.
 */
export function withFinish(order: Order, reason: MoveReason | null): Order {
  const finish = finishOf(order);
  const isKept = finish !== null && finish <= order.promise;
  return { ...order, finish, moved: isKept ? null : (reason ?? order.moved) };
}

function finishOf(order: Order): Instant | null {
  const later = order.stay === null ? new Set<string>() : duringOrAfterStay(order.operations);
  const counted = order.operations.filter(({ id }) => !later.has(id));
  const isLost = order.operations.some(
    ({ stage, claim, seconds }) => stage !== 'done' && claim === null && seconds !== 0,
  );
  if (isLost) return null;
  if (counted.length === 0) return order.finish;
  const from = Math.max(order.earliest, ...order.reservations.map(({ at }) => at));
  const ends = endsOf(counted, from);
  return Math.max(...counted.map(({ id }) => ends.get(id) ?? from));
}
