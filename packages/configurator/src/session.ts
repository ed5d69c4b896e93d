import { ok, type Result, refused } from '@keepsake/kernel';
import type { Choice, Lock, LockReason } from './answers.ts';
import type { Texts } from './expression.ts';
import type { Meter } from './solve/network.ts';
import type { Decided, Sweep } from './solve/problem.ts';
import { textVariable } from './solve/variable.ts';
import type { Space } from './space.ts';
import { checkText, type TextFault } from './text.ts';

/** What the customer has decided and written at one moment. */
export interface Moment {
  /** In the order in which they were made; at most one for each attribute. */
  readonly choices: readonly Choice[];
  /** Checked texts; empty ones are left out. */
  readonly texts: Texts;
}

/** A customer at work on one design. An immutable value: every act answers a new one. */
export interface Session extends Moment {
  readonly space: Space;
  readonly past: readonly Moment[];
  readonly future: readonly Moment[];
  /** Choices that nothing changes until they are unlocked, undoing included. */
  readonly locks: readonly Lock[];
}

/** How many steps an answer may cost; a step is one revision of one constraint. */
export interface Budget {
  readonly steps: number;
}

/** Ample for families of the size that the format allows to be pleasant: about a second. */
export const DEFAULT_BUDGET: Budget = { steps: 1_250_000 };

/** Moments that `undo` can go back to at most. */
const PAST_MAX = 200;

/** A session with nothing decided. */
export function startSession(space: Space): Session {
  return { space, choices: [], texts: {}, past: [], future: [], locks: [] };
}

/** The session at a next moment, from which `undo` leads back here. */
export function advance(session: Session, next: Moment): Session {
  const { choices, locks, space, texts } = session;
  const past = [...session.past, { choices, texts }].slice(-PAST_MAX);
  return { space, choices: next.choices, texts: next.texts, past, future: [], locks };
}

/** The lock of an attribute, if it has one. */
export function findLock(session: Session, attribute: string): Lock | undefined {
  return session.locks.find((lock) => lock.attribute === attribute);
}

/**
 * Locks an own choice: from here on it is not changed, taken back or given up in a repair, and
 * `undo` and `redo` stop before a moment that would change it. Nothing changes when the attribute is
 * not decided. A second lock replaces the first.
 */
export function lock(session: Session, attribute: string, reason: LockReason): Session {
  if (!session.choices.some((choice) => choice.attribute === attribute)) return session;
  const others = session.locks.filter((each) => each.attribute !== attribute);
  return { ...session, locks: [...others, { attribute, reason }] };
}

/** Takes a lock away; the choice stays. */
export function unlock(session: Session, attribute: string): Session {
  return { ...session, locks: session.locks.filter((each) => each.attribute !== attribute) };
}

/** Whether a moment has every locked choice as it is now. */
function keepsLocked({ choices, locks }: Session, moment: Moment): boolean {
  const valueAt = (of: readonly Choice[], attribute: string): Choice | undefined =>
    of.find((choice) => choice.attribute === attribute);
  return locks.every(
    ({ attribute }) =>
      valueAt(choices, attribute)?.value === valueAt(moment.choices, attribute)?.value,
  );
}

/** Takes a choice back; nothing changes when the attribute is not decided, or is locked. */
export function retract(session: Session, attribute: string): Session {
  if (findLock(session, attribute) !== undefined) return session;
  const choices = session.choices.filter((choice) => choice.attribute !== attribute);
  if (choices.length === session.choices.length) return session;
  return advance(session, { choices, texts: session.texts });
}

/** Back to the moment before; the same session when there is none, or a lock stands before it. */
export function undo(session: Session): Session {
  const before = session.past.at(-1);
  if (before === undefined || !keepsLocked(session, before)) return session;
  const { choices, locks, space, texts } = session;
  const future = [...session.future, { choices, texts }];
  return { space, ...before, past: session.past.slice(0, -1), future, locks };
}

/** Forward again to the moment that `undo` left; the same session as there. */
export function redo(session: Session): Session {
  const after = session.future.at(-1);
  if (after === undefined || !keepsLocked(session, after)) return session;
  const { choices, locks, space, texts } = session;
  const past = [...session.past, { choices, texts }];
  return { space, ...after, past, future: session.future.slice(0, -1), locks };
}

/** Writes a text, once checked; an empty one takes it back, even where a text is required. */
export function writeText(
  session: Session,
  attribute: string,
  text: string,
): Result<Session, TextFault> {
  const found = session.space.family.attributes.find(({ id }) => id === attribute);
  if (found?.type !== 'text') return refused({ kind: 'not-a-text', attribute });
  const checked = checkText({ ...found, optional: true }, text);
  if (checked.kind === 'refused') return checked;
  const { [attribute]: _before, ...others } = session.texts;
  const texts = checked.value === '' ? others : { ...others, [attribute]: checked.value };
  return ok(advance(session, { choices: session.choices, texts }));
}

/** The value index of each variable that is decided: by a choice, or a text by being written. */
export function decidedOf(space: Space, moment: Moment): Decided {
  const { indexOf, variables } = space.lookup;
  const decided = new Int32Array(variables.length).fill(-1);
  for (const { attribute, value } of moment.choices) {
    const v = indexOf.get(attribute) ?? -1;
    if (v >= 0) decided[v] = variables[v]?.values.indexOf(value) ?? -1;
  }
  for (const attribute of space.family.attributes) {
    if (attribute.type !== 'text') continue;
    const v = indexOf.get(textVariable(attribute.id)) ?? -1;
    if (v >= 0) decided[v] = (moment.texts[attribute.id] ?? '') === '' ? 0 : 1;
  }
  return decided;
}

/** The sweeps of all components at a moment. */
export function sweepAll(space: Space, moment: Moment, meter: Meter): readonly Sweep[] {
  const decided = decidedOf(space, moment);
  return space.components.map((_, component) => space.backend.sweep(component, decided, meter));
}
