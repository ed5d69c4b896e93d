import { SECOND_MS } from '@keepsake/kernel';
import type { Violation } from './decision.ts';
import type { Claim } from './demand.ts';
import type { Order, OrderOperation } from './order.ts';
import { withFinish } from './order-finish.ts';
import { isLive } from './order-stages.ts';
import { getCentre, type PlantState, type Shelf } from './plant-state.ts';
import { toMillionths } from './quantity.ts';
import type { Timeline } from './timeline.ts';
import { openTimeBetween } from './working-time.ts';

/**
 * Every invariant of a plant that does not hold; none in a healthy one. Recomputes everything from
 * the records, so it also finds an index that lies. Linear in records, but for sorting.
 */
export function checkPlant(state: PlantState): readonly Violation[] {
  const found: Violation[] = [];
  const orders = [...state.orders.values()];
  checkClaims(state, orders, found);
  for (const [item, shelf] of state.shelves) checkStock(item, shelf, orders, found);
  for (const order of orders) {
    checkPegs(order, found);
    checkFinish(order, found);
    for (const operation of order.operations) {
      checkCertificate(state, order, operation, found);
      checkBegun(order, operation, found);
    }
  }
  return found;
}

/** PRD-21: on each unit, claims are disjoint, and the index holds exactly these. */
function checkClaims(state: PlantState, orders: readonly Order[], found: Violation[]): void {
  const claims = new Map<Timeline, Claim[]>();
  for (const claim of orders.flatMap(({ operations }) => operations.map((one) => one.claim))) {
    if (claim === null) continue;
    const timeline = getCentre(state, claim.workCentre).timelines[claim.unit];
    if (timeline === undefined) {
      found.push({ rule: 'PRD-21', detail: `${claim.workCentre} has no unit ${claim.unit}` });
      continue;
    }
    const list = claims.get(timeline);
    if (list === undefined) claims.set(timeline, [claim]);
    else list.push(claim);
  }
  for (const { id, timelines } of state.centres.values()) {
    for (const [unit, timeline] of timelines.entries()) {
      checkUnit(`${id} unit ${unit}`, timeline, claims.get(timeline) ?? [], found);
    }
  }
}

function checkUnit(
  name: string,
  { starts, ends }: Timeline,
  claims: readonly Claim[],
  found: Violation[],
): void {
  const sorted = claims.toSorted((a, b) => a.start - b.start);
  const clash = sorted.some(
    (claim, index) => claim.start < (sorted[index - 1]?.end ?? claim.start),
  );
  if (clash) found.push({ rule: 'PRD-21', detail: `claims overlap on ${name}` });
  const isIndexed =
    starts.length === sorted.length &&
    sorted.every(({ start, end }, index) => starts[index] === start && ends[index] === end);
  if (!isIndexed) found.push({ rule: 'PRD-21', detail: `the index of ${name} differs` });
}

/** PRD-22: stock, with all supply and all reservations, is never below nothing. */
function checkStock(
  item: string,
  { item: { onHand, incoming }, moves }: Shelf,
  orders: readonly Order[],
  found: Violation[],
): void {
  const changes = new Map<number, number>([[Number.NEGATIVE_INFINITY, toMillionths(onHand)]]);
  const add = (at: number, amount: number): void => {
    changes.set(at, (changes.get(at) ?? 0) + amount);
  };
  for (const { at, quantity } of incoming) add(at, toMillionths(quantity));
  for (const reserved of orders.flatMap(({ reservations }) => reservations)) {
    if (reserved.item !== item) continue;
    add(reserved.at, toMillionths(reserved.toBuy) - toMillionths(reserved.quantity));
  }
  const sorted = [...changes]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let sum = 0;
  for (const [at, amount] of sorted) {
    sum += amount;
    if (sum < 0) found.push({ rule: 'PRD-22', detail: `${item} falls short at ${at}` });
  }
  const isIndexed =
    moves.times.length === sorted.length &&
    sorted.every(([at, sum], index) => moves.times[index] === at && moves.amounts[index] === sum);
  if (!isIndexed) found.push({ rule: 'PRD-22', detail: `the index of ${item} differs` });
}

/** PRD-23: a live promise has a claim for every operation and a reservation for every part. */
function checkPegs(order: Order, found: Violation[]): void {
  const { id, operations, reservations, parts, issuedAt, finish } = order;
  const add = (detail: string): void => {
    found.push({ rule: 'PRD-23', detail: `order ${id}: ${detail}` });
  };
  if (!isLive(order)) {
    if (reservations.length > 0) add('reserves though it is over');
    if (operations.some(({ claim }) => claim !== null)) add('claims though it is over');
    return;
  }
  if (operations.some(({ stage, claim }) => stage === 'done' && claim !== null)) {
    add('claims what is done');
  }
  if (finish === null) return;
  const isUnclaimed = operations.some(
    ({ stage, seconds, claim }) => stage !== 'done' && seconds !== 0 && claim === null,
  );
  if (isUnclaimed) add('has an operation without a claim');
  const wanted = issuedAt === null ? parts : [];
  const isReserved =
    wanted.length === reservations.length &&
    wanted.every(({ item, quantity }) =>
      reservations.some(
        (one) =>
          one.item === item && one.quantity === quantity && one.toBuy <= quantity && one.toBuy >= 0,
      ),
    );
  if (!isReserved) add('reservations differ from its parts');
}

/** PRD-24: times replay: work fits its claim, predecessors come first, stays are as long as said. */
function checkCertificate(
  state: PlantState,
  order: Order,
  operation: OrderOperation,
  found: Violation[],
): void {
  const { claim, seconds, remainingSeconds, startedAt, stage, workCentre, after, id } = operation;
  if (claim === null || stage === 'running') return;
  const add = (detail: string): void => {
    found.push({ rule: 'PRD-24', detail: `order ${order.id}, ${id}: ${detail}` });
  };
  if (claim.workCentre !== workCentre) add('claims another work centre');
  const before = order.operations.filter((other) => after.includes(other.id));
  // A guest arrives whether or not all is ready: then the order is late and says why.
  const isExcused = seconds === 'stay' && order.moved !== null;
  if (!isExcused && before.some((other) => (other.claim?.end ?? claim.start) > claim.start)) {
    add('starts before a predecessor ends');
  }
  if (seconds === 'stay') {
    if (claim.start !== order.stay?.from || claim.end !== order.stay.to) add('is not the stay');
    return;
  }
  const { time } = getCentre(state, workCentre);
  const open = openTimeBetween(time, claim.start, claim.end);
  if (startedAt === null && open !== remainingSeconds * SECOND_MS) add('has the wrong length');
}

/** PRD-25: the finish follows from the claims; where it is later than the promise, it is said why. */
function checkFinish(order: Order, found: Violation[]): void {
  if (!isLive(order)) return;
  const { finish, promise, moved, id } = order;
  if ((finish === null || finish > promise) && moved === null) {
    found.push({ rule: 'PRD-25', detail: `order ${id} is late and does not say why` });
  }
  const expected = withFinish(order, moved).finish;
  if ((expected === null) !== (finish === null) || (expected ?? 0) > (finish ?? 0)) {
    found.push({ rule: 'PRD-25', detail: `order ${id} finishes at another time than its claims` });
  }
}

/** PRD-26: nothing has begun before all it needs was done and issued. */
function checkBegun(order: Order, { stage, id, after }: OrderOperation, found: Violation[]): void {
  if (stage !== 'running' && stage !== 'done') return;
  const isDone = (other: string): boolean =>
    order.operations.some((operation) => operation.id === other && operation.stage === 'done');
  const isIssued = order.parts.length === 0 || order.issuedAt !== null;
  if (isIssued && after.every(isDone)) return;
  found.push({ rule: 'PRD-26', detail: `order ${order.id}, ${id} began too soon` });
}
