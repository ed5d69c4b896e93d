import { type Instant, SECOND_MS } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import { type Claims, putClaim, unitKey } from './claim-changes.ts';
import type { Claim } from './demand.ts';
import type { Order, OrderOperation } from './order.ts';
import { withFinish } from './order-finish.ts';
import { isLive } from './order-stages.ts';
import { overlaps } from './place.ts';
import { getCentre, type PlantState } from './plant-state.ts';
import { settleClaims } from './settled-claims.ts';
import { HORIZON_MS, type Span, spanFrom } from './timeline.ts';

/** An order whose claims moved, and what moved the first of them. */
export interface Shifted {
  readonly order: Order;
  readonly reason: MoveReason;
}

/** An operation that has not begun, with its planned time. */
interface Entry {
  readonly order: Order;
  readonly operation: OrderOperation;
  readonly claim: Claim;
}

interface Shift {
  readonly state: PlantState;
  readonly now: Instant;
  readonly claims: Claims;
  readonly settled: ReadonlyMap<string, readonly Span[]>;
  /** Until when each unit is taken by what comes earlier in its sequence. */
  readonly takenUntil: Map<string, Instant>;
  readonly reasons: Map<string, MoveReason>;
}

/**
 * Pushes claims that the present has overtaken, and what follows them on their units and in their
 * orders, to the right: same unit, same sequence, no further than needed.
 */
export function shiftClaims(state: PlantState, now: Instant): readonly Shifted[] {
  const claims: Claims = new Map();
  const reasons = new Map<string, MoveReason>();
  const settled = settleClaims(state, now, { claims, reasons });
  if (claims.size === 0 && !isOvertaken(state, now)) return [];
  const entries = openEntries(state);
  const shift: Shift = { state, now, claims, settled, takenUntil: new Map(), reasons };
  for (const entry of entries.sort(bySequence)) shiftEntry(shift, entry);
  return [...claims.keys()].flatMap((id) => {
    const order = state.orders.get(id);
    const reason = reasons.get(id);
    if (order === undefined || reason === undefined) return [];
    return [{ order: withClaims(order, claims.get(id) ?? new Map(), reason), reason }];
  });
}

/** Whether the present has passed the planned start of anything. Linear, without a copy. */
function isOvertaken(state: PlantState, now: Instant): boolean {
  for (const order of state.orders.values()) {
    if (isLive(order) && order.operations.some((operation) => isOpen(operation, now))) return true;
  }
  return false;
}

/** Whether an operation has a claim that may move, one that starts before `until`. */
function isOpen({ claim, stage, seconds }: OrderOperation, until: Instant): boolean {
  return claim !== null && claim.start < until && stage !== 'running' && seconds !== 'stay';
}

function openEntries(state: PlantState): Entry[] {
  const entries: Entry[] = [];
  for (const order of state.orders.values()) {
    if (!isLive(order)) continue;
    for (const operation of order.operations) {
      const { claim } = operation;
      if (claim === null || !isOpen(operation, Number.POSITIVE_INFINITY)) continue;
      entries.push({ order, operation, claim });
    }
  }
  return entries;
}

function bySequence(a: Entry, b: Entry): number {
  const time = a.claim.start - b.claim.start || a.claim.end - b.claim.end;
  if (time !== 0) return time;
  if (a.order.id !== b.order.id) return a.order.id < b.order.id ? -1 : 1;
  return a.operation.id < b.operation.id ? -1 : 1;
}

function shiftEntry(shift: Shift, entry: Entry): void {
  const { order, operation, claim } = entry;
  const key = unitKey(claim);
  const pushed = pushOf(shift, entry, key);
  const span = clearSpan(shift, entry, pushed.from, key);
  if (span === undefined) {
    putClaim(shift.claims, order.id, operation.id, null);
    const { workCentre, id } = operation;
    shift.reasons.set(order.id, { kind: 'no-capacity', workCentre, operation: id });
    return;
  }
  shift.takenUntil.set(key, span.end);
  if (span.start === claim.start && span.end === claim.end) return;
  const { workCentre, unit } = claim;
  putClaim(shift.claims, order.id, operation.id, { workCentre, unit, ...span });
  if (!shift.reasons.has(order.id)) {
    const { id } = operation;
    const busy = {
      kind: 'work-centre-busy',
      workCentre,
      operation: id,
      until: span.start,
    } as const;
    shift.reasons.set(order.id, pushed.reason ?? busy);
  }
}

interface Push {
  /** Undefined where a predecessor lost its place. */
  readonly from: Instant | undefined;
  readonly reason: MoveReason | undefined;
}

/** The earliest an operation may start now, and what says so where that is later than planned. */
function pushOf(shift: Shift, { order, operation, claim }: Entry, key: string): Push {
  const { id, workCentre } = operation;
  let from = claim.start;
  let reason: MoveReason | undefined;
  if (shift.now > from) {
    from = shift.now;
    reason = { kind: 'operation-not-started', operation: id };
  }
  const taken = shift.takenUntil.get(key) ?? from;
  if (taken > from) {
    from = taken;
    reason = { kind: 'work-centre-busy', workCentre, operation: id, until: taken };
  }
  for (const other of operation.after) {
    const end = newEnd(shift, order, other);
    if (end === undefined) return { from: undefined, reason };
    if (end > from) {
      from = end;
      reason = { kind: 'operation-overran', operation: other };
    }
  }
  return { from, reason };
}

/** When an operation of an order ends by the new plan; undefined if it lost its place. */
function newEnd(shift: Shift, order: Order, id: string): Instant | undefined {
  const operation = order.operations.find((other) => other.id === id);
  if (operation === undefined) return undefined;
  const { stage, finishedAt, after, seconds } = operation;
  if (stage === 'done') return finishedAt ?? shift.now;
  const moved = shift.claims.get(order.id)?.get(id);
  const claim = moved === undefined ? operation.claim : moved;
  if (claim !== null) return claim.end;
  if (seconds !== 0) return undefined;
  let end = order.earliest;
  for (const other of after) {
    const before = newEnd(shift, order, other);
    if (before === undefined) return undefined;
    end = Math.max(end, before);
  }
  return end;
}

/** The planned span where it can stay, else the first one from `from` clear of settled claims. */
function clearSpan(
  shift: Shift,
  { operation, claim }: Entry,
  from: Instant | undefined,
  key: string,
): Span | undefined {
  if (from === undefined) return undefined;
  const settled = shift.settled.get(key) ?? [];
  const { time } = getCentre(shift.state, operation.workCentre);
  const work = operation.remainingSeconds * SECOND_MS;
  let span: Span | undefined = claim;
  if (from > claim.start) span = spanFrom(time, from, work, from + HORIZON_MS);
  while (span !== undefined) {
    const { start, end }: Span = span;
    const clash = settled.find((other) => overlaps(other, { start, end }));
    if (clash === undefined) return { start, end };
    span = spanFrom(time, clash.end, work, from + HORIZON_MS);
  }
  return undefined;
}

function withClaims(
  order: Order,
  claims: ReadonlyMap<string, Claim | null>,
  reason: MoveReason,
): Order {
  const operations = order.operations.map((operation) => {
    const claim = claims.get(operation.id);
    return claim === undefined ? operation : { ...operation, claim };
  });
  const first = Math.min(
    ...operations.map(({ claim }) => claim?.start ?? Number.POSITIVE_INFINITY),
  );
  // Parts are taken when the first operation starts; later is always possible.
  const reservations = order.reservations.map((reservation) => ({
    ...reservation,
    at: Number.isFinite(first) ? Math.max(reservation.at, first) : reservation.at,
  }));
  return withFinish({ ...order, operations, reservations }, reason);
}
