import {
  type Choice,
  type Conflict,
  completeDesign,
  decide,
  findLock,
  lock,
  type Repair,
  retract,
  type Session,
  type Space,
  startSession,
  suggest,
  type Texts,
  unlock,
  viewSession,
  writeText,
} from '@keepsake/configurator';

/** A choice as it goes over the wire: never *absent*. */
export interface Decision {
  readonly attribute: string;
  readonly value: string | number | boolean;
}

/** A session from a stored design, and how many of its choices are no longer offered. */
export interface Restored {
  readonly session: Session;
  readonly droppedCount: number;
}

function keepChoices(session: Session, choices: readonly Choice[]): Restored {
  let kept = session;
  let droppedCount = 0;
  for (const choice of choices) {
    const taken = decide(kept, choice);
    if (taken.kind === 'ok') kept = taken.value.session;
    else droppedCount++;
  }
  return { session: kept, droppedCount };
}

/** The choices that name an attribute and a value of the family. */
function knownChoices({ family, lookup }: Space, choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ attribute, value }) => {
    const isText = family.attributes.some(({ id, type }) => id === attribute && type === 'text');
    const variable = lookup.variables[lookup.indexOf.get(attribute) ?? -1];
    return !isText && variable !== undefined && variable.values.includes(value);
  });
}

function restoreChoices(space: Space, choices: readonly Choice[]): Restored {
  const known = knownChoices(space, choices);
  const droppedCount = choices.length - known.length;
  // Nearly always all of them still go together: one question instead of one for each.
  const whole: Session = { ...startSession(space), choices: known };
  if (known.length === 0 || completeDesign(whole) !== undefined) {
    return { session: whole, droppedCount };
  }
  const kept = keepChoices(startSession(space), known);
  return { session: kept.session, droppedCount: droppedCount + kept.droppedCount };
}

/**
 * A session with the choices and texts of a stored design, without a past. What the family does not
 * offer any more is dropped, in the order in which it was chosen, and counted.
 */
export function restoreDesign(space: Space, choices: readonly Choice[], texts: Texts): Restored {
  const restored = restoreChoices(space, choices);
  let { session, droppedCount } = restored;
  for (const [attribute, text] of Object.entries(texts)) {
    const result = writeText(session, attribute, text);
    if (result.kind === 'ok') session = result.value;
    else droppedCount++;
  }
  return { session: { ...session, past: [], future: [] }, droppedCount };
}

/** The choices that go over the wire. */
export function decisionsOf(session: Session): readonly Decision[] {
  return session.choices.flatMap(({ attribute, value }) =>
    value === null ? [] : [{ attribute, value }],
  );
}

/** Gives a whole act one place in the past, so that one `undo` takes all of it back. */
function asOneAct(before: Session, after: Session): Session {
  const { choices, texts, past } = before;
  return { ...after, past: [...past, { choices, texts }], future: [] };
}

/** What a customer's act came to: the new session, or why not. */
export type Acted =
  | {
      readonly kind: 'done';
      readonly session: Session;
      readonly forced: readonly Choice[];
      readonly impossible: readonly Choice[];
    }
  | { readonly kind: 'refused'; readonly conflict: Conflict };

/** Locks an own choice: no repair changes it, and neither does undoing. */
export function lockChoice(session: Session, attribute: string): Session {
  return lock(session, attribute, 'confirmed');
}

/** Takes a lock away; the choice stays. */
export function unlockChoice(session: Session, attribute: string): Session {
  return unlock(session, attribute);
}

/** The session as its own customer acts on an attribute: a lock is no fence against them. */
export function withoutLock(session: Session, attribute: string): Session {
  return findLock(session, attribute) === undefined ? session : unlock(session, attribute);
}

/** Whatever was locked and is still chosen is locked again. */
function relocked(before: Session, after: Session): Session {
  return before.locks.reduce((held, { attribute }) => lockChoice(held, attribute), after);
}

/** Takes a choice, or says why it cannot be had. A locked one can be chosen anew, and stays locked. */
export function choose(session: Session, choice: Choice): Acted {
  const taken = decide(withoutLock(session, choice.attribute), choice);
  if (taken.kind === 'refused') return { kind: 'refused', conflict: taken.error };
  return { kind: 'done', ...taken.value, session: relocked(session, taken.value.session) };
}

/** Has a value all the same: changes what a repair names, then takes the value; one act to undo. */
export function applyRepair(session: Session, choice: Choice, repair: Repair): Acted {
  let changed = withoutLock(session, choice.attribute);
  for (const { attribute } of repair.changes) changed = retract(changed, attribute);
  const wanted = decide(changed, choice);
  if (wanted.kind === 'refused') return { kind: 'refused', conflict: wanted.error };
  changed = wanted.value.session;
  for (const { attribute, to } of repair.changes) {
    if (to === null) continue;
    const taken = decide(changed, { attribute, value: to });
    if (taken.kind === 'refused') return { kind: 'refused', conflict: taken.error };
    changed = taken.value.session;
  }
  const { forced, impossible } = wanted.value;
  const done = asOneAct(session, relocked(session, changed));
  return { kind: 'done', session: done, forced, impossible };
}

/** What memory had answered: an attribute and the value it was filled in with. */
export interface Remembered {
  readonly attribute: string;
  readonly value: string | number | boolean | null;
}

/**
 * Takes back what memory had filled in and nobody has changed since, then fills in what memory
 * answers now, where nothing is chosen and it still goes with the rest; one act to undo.
 */
export function refillFromMemory(
  session: Session,
  before: readonly Remembered[],
  now: readonly Decision[],
): Session {
  let refilled = session;
  for (const { attribute, value } of before) {
    const own = session.choices.find((choice) => choice.attribute === attribute);
    if (own !== undefined && own.value === value) refilled = retract(refilled, attribute);
  }
  const kept = new Set(refilled.choices.map(({ attribute }) => attribute));
  const fresh = now.filter(({ attribute }) => !kept.has(attribute));
  return asOneAct(session, keepChoices(refilled, fresh).session);
}

/**
 * Chooses everything that is still open: what is wished where it fits, such as what memory knows, then
 * the defaults of the family, then the cheapest rest. What may be left open and is not wished stays
 * open. One act to undo; the same session where nothing is open, or no design is possible.
 */
export function completeRest(session: Session, wishes: readonly Decision[]): Session {
  const { values } = suggest(session, wishes);
  const fresh = viewSession(session).attributes.flatMap(({ id, standing }) => {
    const value = values?.[id] ?? null;
    return standing !== 'open' || value === null ? [] : [{ attribute: id, value }];
  });
  if (fresh.length === 0) return session;
  return asOneAct(session, { ...session, choices: [...session.choices, ...fresh] });
}

/** Leaves an attribute open again. */
export function leaveOpen(session: Session, attribute: string): Session {
  return retract(session, attribute);
}

/** Whether anything was chosen or written at all. */
export function isUntouched(session: Session): boolean {
  return session.choices.length === 0 && Object.keys(session.texts).length === 0;
}

/** Counts what a person sees as one letter. */
export function countLetters(text: string): number {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  return [...segmenter.segment(text.normalize('NFC').trim())].length;
}
