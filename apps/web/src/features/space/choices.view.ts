import type { Change, Choice } from '@keepsake/configurator';

/** What was chosen, what was before, and what was undone. An immutable value. */
export interface Trail {
  readonly choices: readonly Choice[];
  readonly past: readonly (readonly Choice[])[];
  readonly future: readonly (readonly Choice[])[];
}

/** Nothing chosen yet. */
export const EMPTY_TRAIL: Trail = { choices: [], past: [], future: [] };

/** Moments that `undo` can go back to at most. */
const PAST_MAX = 200;

function advance(trail: Trail, choices: readonly Choice[]): Trail {
  return { choices, past: [...trail.past, trail.choices].slice(-PAST_MAX), future: [] };
}

function without(choices: readonly Choice[], attributes: readonly string[]): readonly Choice[] {
  return choices.filter(({ attribute }) => !attributes.includes(attribute));
}

/** Decides an attribute, in place of what was chosen there. */
export function decideIn(trail: Trail, choice: Choice): Trail {
  return advance(trail, [...without(trail.choices, [choice.attribute]), choice]);
}

/** Takes a choice back; the same trail where there is none. */
export function retractIn(trail: Trail, attribute: string): Trail {
  const choices = without(trail.choices, [attribute]);
  return choices.length === trail.choices.length ? trail : advance(trail, choices);
}

/** Takes everything back, as one act. */
export function clearIn(trail: Trail): Trail {
  return trail.choices.length === 0 ? trail : advance(trail, []);
}

/** Has an impossible value by a repair: changes what it names and takes the value, as one act. */
export function repairIn(trail: Trail, choice: Choice, changes: readonly Change[]): Trail {
  const gone = [choice.attribute, ...changes.map(({ attribute }) => attribute)];
  const put = changes.flatMap(({ attribute, to }) =>
    to === null ? [] : [{ attribute, value: to }],
  );
  return advance(trail, [...without(trail.choices, gone), ...put, choice]);
}

/** One act back; the same trail where there is none. */
export function undoIn(trail: Trail): Trail {
  const before = trail.past.at(-1);
  if (before === undefined) return trail;
  return {
    choices: before,
    past: trail.past.slice(0, -1),
    future: [...trail.future, trail.choices],
  };
}

/** One act forward again; the same trail where there is none. */
export function redoIn(trail: Trail): Trail {
  const after = trail.future.at(-1);
  if (after === undefined) return trail;
  return {
    choices: after,
    past: [...trail.past, trail.choices],
    future: trail.future.slice(0, -1),
  };
}
