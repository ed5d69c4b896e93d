import type { Value, Values } from './expression.ts';
import { type Budget, DEFAULT_BUDGET, decidedOf, type Moment, type Session } from './session.ts';
import type { Meter } from './solve/network.ts';
import type { Space } from './space.ts';

/** The completion of a moment within what the meter has left; undefined when it runs out. */
export function completeMoment(space: Space, moment: Moment, meter: Meter): Values | undefined {
  const decided = decidedOf(space, moment);
  const values: Record<string, Value> = {};
  for (let k = 0; k < space.components.length; k++) {
    const completed = space.backend.complete(k, decided, meter);
    if (completed.kind !== 'complete') return undefined;
    for (const v of space.components[k] ?? []) {
      const variable = space.lookup.variables[v];
      if (variable?.kind !== 'attribute') continue;
      values[variable.id] = variable.values[completed.indexes[v] ?? 0] ?? null;
    }
  }
  const inOrder: Record<string, Value> = {};
  for (const { id } of space.lookup.variables) {
    const value = values[id];
    if (value !== undefined) inOrder[id] = value;
  }
  return inOrder;
}

/**
 * A full valid design: every choice, then the defaults in the order of the family where some design
 * still has them (leaving open what may be left open counts as a default), then the cheapest rest.
 * Undefined when no design is possible or the budget ran out.
 */
export function completeDesign(
  session: Session,
  budget: Budget = DEFAULT_BUDGET,
): Values | undefined {
  return completeMoment(session.space, session, { left: budget.steps });
}
