import { DAY_MS, type Instant } from '@keepsake/kernel';
import type { QuoteRefusal, QuoteRequest, RequestFault } from './demand.ts';
import type { PlantState } from './plant-state.ts';
import { roundQuantity } from './quantity.ts';
import { findRoutingFault } from './routing.ts';

/** How far from `now` any instant of a request may be. */
const REACH_MS = 3_660 * DAY_MS;

/** The longest an operation may be: ten years, in seconds. */
const SECONDS_MAX = 10 * 366 * 24 * 3_600;

/** What is wrong with a request before any capacity is looked at, or undefined. */
export function findRequestFault(
  state: PlantState,
  request: QuoteRequest,
): QuoteRefusal | undefined {
  const malformed = findInstantFault(request) ?? findOperationFault(request);
  if (malformed !== undefined) return { kind: 'malformed-request', ...malformed };
  for (const { item, quantity } of request.parts) {
    if (!(roundQuantity(quantity) === quantity && quantity > 0)) {
      return { kind: 'malformed-request', fault: 'bad-quantity', id: item };
    }
    if (!state.shelves.has(item)) return { kind: 'unknown-item', item };
  }
  const lost = request.operations.find(({ workCentre }) => !state.centres.has(workCentre));
  if (lost === undefined) return undefined;
  return { kind: 'unknown-work-centre', workCentre: lost.workCentre, operation: lost.id };
}

type Fault = { readonly fault: RequestFault; readonly id: string };

function findInstantFault({ now, earliest, deadline, stay }: QuoteRequest): Fault | undefined {
  const isNear = (instant: Instant | undefined): boolean =>
    instant === undefined || (Number.isSafeInteger(instant) && Math.abs(instant - now) <= REACH_MS);
  if (!(Number.isSafeInteger(now) && Math.abs(now) <= 8e15)) {
    return { fault: 'bad-instant', id: 'now' };
  }
  if (!isNear(earliest)) return { fault: 'bad-instant', id: 'earliest' };
  if (!isNear(deadline)) return { fault: 'bad-instant', id: 'deadline' };
  if (!isNear(stay?.from) || !isNear(stay?.to)) return { fault: 'bad-instant', id: 'stay' };
  const isStay =
    stay === undefined || (startOf({ now, earliest }) <= stay.from && stay.from < stay.to);
  return isStay ? undefined : { fault: 'bad-stay', id: 'stay' };
}

/** The moment before which nothing of a request starts. */
export function startOf({
  now,
  earliest,
}: {
  readonly now: Instant;
  readonly earliest?: Instant | undefined;
}): Instant {
  return Math.max(now, earliest ?? now);
}

function findOperationFault({ operations, stay }: QuoteRequest): Fault | undefined {
  const routing = findRoutingFault(operations);
  if (routing !== undefined) {
    const id = routing.kind === 'cycle' ? (routing.operations[0] ?? '') : routing.operation;
    return { fault: routing.kind, id };
  }
  for (const { id, seconds } of operations) {
    if (seconds === 'stay') {
      if (stay === undefined) return { fault: 'stay-missing', id };
    } else if (!(Number.isInteger(seconds) && seconds >= 0 && seconds <= SECONDS_MAX)) {
      return { fault: 'bad-seconds', id };
    }
  }
  return undefined;
}
