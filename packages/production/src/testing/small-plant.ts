import { type Instant, invariant, type Result } from '@keepsake/kernel';
import { applyEvents } from '../apply-events.ts';
import { checkPlant } from '../check-plant.ts';
import { commitOrder } from '../commit-order.ts';
import type { OperationCommand, PlantDecision } from '../decision.ts';
import type { NeededOperation, QuoteRequest } from '../demand.ts';
import { releaseOrder } from '../making.ts';
import type { Order } from '../order.ts';
import { alwaysOpen, type Plant } from '../plant.ts';
import { createPlantState, type PlantState } from '../plant-state.ts';

/** Monday 2024-06-03, 08:00 UTC. */
export const NOW: Instant = Date.UTC(2024, 5, 3, 8);

/** A plant that never closes: one bench, a crew of two, two rooms, and a shop that is always shut. */
export function plantOf(part: Partial<Plant> = {}): Plant {
  return {
    id: 'plant',
    timeZone: 'UTC',
    workCentres: [
      { id: 'bench', units: 1, calendar: alwaysOpen },
      { id: 'crew', units: 2, calendar: alwaysOpen },
      { id: 'room', units: 2, calendar: alwaysOpen },
      { id: 'shut', units: 1, calendar: { shifts: [], closed: [] } },
    ],
    items: [{ id: 'hub', onHand: 1, incoming: [], leadTimeDays: 5 }],
    ...part,
  };
}

/** The value of an outcome that a test relies on; throws where it was refused. */
export function granted<T>(result: Result<T, unknown>): T {
  invariant(result.kind === 'ok', `refused: ${JSON.stringify(result)}`);
  return result.value;
}

/** A plant without orders. */
export function stateOf(plant: Plant = plantOf()): PlantState {
  return granted(createPlantState({ version: 0, plant, orders: [] }));
}

/** Applies a decision that must not have been refused, and requires a healthy plant after it. */
export function carryOut<T extends PlantDecision>(
  state: PlantState,
  result: Result<T, unknown>,
): T {
  const decision = granted(result);
  applyEvents(state, decision.events);
  const violations = checkPlant(state);
  invariant(violations.length === 0, JSON.stringify(violations));
  return decision;
}

/** An operation of some hours at the bench. */
export function operation(
  id: string,
  hours: number,
  more: Partial<NeededOperation> = {},
): NeededOperation {
  return { id, workCentre: 'bench', seconds: hours * 3_600, after: [], ...more };
}

/** Two hours at the bench. */
export const weld: NeededOperation = operation('weld', 2);

/** One hour with the crew, after `weld`. */
export const paint: NeededOperation = operation('paint', 1, {
  workCentre: 'crew',
  after: ['weld'],
});

/** Both, and one hub. */
export const frame: QuoteRequest = {
  now: NOW,
  operations: [weld, paint],
  parts: [{ item: 'hub', quantity: 1 }],
};

/** Both, and nothing else. */
export const noParts: QuoteRequest = { ...frame, parts: [] };

/** Accepts an order. */
export function commit(state: PlantState, order: string, request: QuoteRequest = frame): Order {
  return carryOut(state, commitOrder(state, { order, request })).order;
}

/** Hands an order to the floor. */
export function release(state: PlantState, order: string): void {
  carryOut(state, releaseOrder(state, { order, at: NOW }));
}

/** A command on one operation. */
export function on(order: string, id: string, at: Instant): OperationCommand {
  return { order, operation: id, at };
}
