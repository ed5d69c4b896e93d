import { ok, type Result, refused, SECOND_MS } from '@keepsake/kernel';
import {
  HORIZON_DAYS,
  type NeededPart,
  type Quote,
  type QuoteRefusal,
  type QuoteRequest,
} from './demand.ts';
import { duringOrAfterStay } from './order-stages.ts';
import type { Task } from './place.ts';
import { findPlan, type PlanRefusal } from './plan.ts';
import type { PlantState } from './plant-state.ts';
import { fromMillionths, toMillionths } from './quantity.ts';
import { findRequestFault, startOf } from './request-fault.ts';
import { sortOperations } from './routing.ts';

/**
 * The earliest date for a request, with its certificate, or a typed refusal. Nothing is claimed and
 * no promise made before is touched. Deterministic in the state and the request.
 *
 * Exact where operations form a chain; where branches share a work centre, operations are placed
 * one by one in routing order. Cost: the claims on the units it looks at, after the earliest start.
 */
export function quote(state: PlantState, request: QuoteRequest): Result<Quote, QuoteRefusal> {
  const fault = findRequestFault(state, request);
  if (fault !== undefined) return refused(fault);
  const { now, operations, stay = null } = request;
  const planning = findPlan(state, {
    now,
    earliest: startOf(request),
    parts: sumParts(request.parts),
    tasks: sortOperations(operations).map(taskOf),
    later: duringOrAfterStay(operations),
    stay,
    deadline: request.deadline ?? stay?.from ?? null,
  });
  if (planning.kind !== 'plan') return refused(refusalOf(planning, request));
  const { finish, placed, parts, partsAt, binding } = planning.plan;
  const placedOperations = operations.map(({ id, workCentre }) => {
    const { unit, start, end } = placed.get(id) ?? { unit: 0, start: finish, end: finish };
    return { operation: id, workCentre, unit, start, end };
  });
  const { version } = state;
  return ok({ finish, operations: placedOperations, parts, partsAt, binding, version });
}

function taskOf(operation: QuoteRequest['operations'][number]): Task {
  const { id, workCentre, seconds, after } = operation;
  return { id, workCentre, after, work: seconds === 'stay' ? seconds : seconds * SECOND_MS };
}

/** Lines of one item summed, in the order of their first line. */
export function sumParts(parts: readonly NeededPart[]): readonly NeededPart[] {
  const sums = new Map<string, number>();
  for (const { item, quantity } of parts) {
    sums.set(item, (sums.get(item) ?? 0) + toMillionths(quantity));
  }
  return [...sums].map(([item, sum]) => ({ item, quantity: fromMillionths(sum) }));
}

function refusalOf(planning: PlanRefusal, { stay }: QuoteRequest): QuoteRefusal {
  if (planning.kind === 'deadline-missed') return planning;
  const { workCentre, id: operation } = planning.task;
  if (planning.kind === 'stay-taken' && stay !== undefined) {
    return { kind: 'stay-taken', workCentre, operation, stay };
  }
  return { kind: 'no-capacity', workCentre, operation, horizonDays: HORIZON_DAYS };
}
