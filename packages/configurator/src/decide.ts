import { ok, type Result, refused } from '@keepsake/kernel';
import type { Choice, Conflict, Validity } from './answers.ts';
import { explain } from './explain.ts';
import type { Texts } from './expression.ts';
import {
  advance,
  type Budget,
  DEFAULT_BUDGET,
  decidedOf,
  findLock,
  type Moment,
  retract,
  type Session,
  startSession,
  sweepAll,
  writeText,
} from './session.ts';
import { type Space, valueIndex } from './space.ts';
import type { TextFault } from './text.ts';
import { onlyIndex, validitiesOf } from './view.ts';

/** A choice that was taken, and what it did to the other attributes. */
export interface Decided {
  readonly session: Session;
  /** Values of other attributes that were possible before and are not any more. */
  readonly impossible: readonly Choice[];
  /** Values of other attributes that are now the only ones left. */
  readonly forced: readonly Choice[];
}

function isSame(a: Choice, b: Choice): boolean {
  return a.attribute === b.attribute && a.value === b.value;
}

function withChoice(moment: Moment, choice: Choice): Moment {
  const others = moment.choices.filter(({ attribute }) => attribute !== choice.attribute);
  return { choices: [...others, choice], texts: moment.texts };
}

/** The validities of all variables of one component at a moment. */
function lookAt(
  space: Space,
  moment: Moment,
  at: { readonly component: number; readonly meter: { left: number } },
): ReadonlyMap<number, readonly Validity[]> {
  const sweeps = sweepAll(space, moment, at.meter);
  const found = new Map<number, readonly Validity[]>();
  for (const v of space.components[at.component] ?? []) {
    if (space.lookup.variables[v]?.kind !== 'attribute') continue;
    found.set(v, validitiesOf(space, sweeps, v));
  }
  return found;
}

function compareMoments(
  space: Space,
  before: ReadonlyMap<number, readonly Validity[]>,
  after: ReadonlyMap<number, readonly Validity[]>,
): Pick<Decided, 'impossible' | 'forced'> {
  const impossible: Choice[] = [];
  const forced: Choice[] = [];
  for (const [v, now] of after) {
    const variable = space.lookup.variables[v];
    const then = before.get(v) ?? [];
    if (variable === undefined) continue;
    const toChoice = (i: number): Choice => ({
      attribute: variable.id,
      value: variable.values[i] ?? null,
    });
    now.forEach((validity, i) => {
      if (validity === 'invalid' && then[i] === 'valid') impossible.push(toChoice(i));
    });
    const only = onlyIndex(now);
    if (only >= 0 && onlyIndex(then) !== only) forced.push(toChoice(only));
  }
  return { impossible, forced };
}

/**
 * Takes a choice, in place of an earlier one about the same attribute, and tells what it does to the
 * others. Refuses what no design can have together with the other choices, and says why: nothing
 * that the customer chose is ever dropped.
 */
export function decide(
  session: Session,
  choice: Choice,
  budget: Budget = DEFAULT_BUDGET,
): Result<Decided, Conflict> {
  const { space } = session;
  const { attribute, value } = choice;
  const v = space.lookup.indexOf.get(attribute) ?? -1;
  if (space.lookup.variables[v]?.kind !== 'attribute') {
    return refused({ kind: 'attribute-unknown', attribute });
  }
  const index = valueIndex(space, v, value);
  if (index < 0) return refused({ kind: 'value-unknown', attribute, value });
  const locked = findLock(session, attribute);
  if (locked !== undefined && session.choices.every((own) => !isSame(own, choice))) {
    return refused({ kind: 'locked', attribute, value, reason: locked.reason });
  }
  const at = { component: space.componentOf[v] ?? 0, meter: { left: budget.steps } };
  const before = lookAt(space, session, at);
  const validity = before.get(v)?.[index];
  if (validity === 'invalid') {
    const why = explain(session, choice, budget);
    if (why.kind === 'impossible') {
      return refused({ kind: 'impossible', attribute, value, because: why.because });
    }
  }
  if (validity !== 'valid') {
    const stepsSpent = budget.steps - at.meter.left;
    return refused({ kind: 'undecided', attribute, value, stepsSpent });
  }
  const next = withChoice(session, choice);
  const after = new Map(lookAt(space, next, at));
  after.delete(v);
  return ok({ session: advance(session, next), ...compareMoments(space, before, after) });
}

/** A choice taken back, and what that gives the other attributes. */
export interface Released {
  readonly session: Session;
  /** Values of other attributes that were impossible and can be had again. */
  readonly possible: readonly Choice[];
  /** Values of other attributes that were the only ones left and are not any more. */
  readonly freed: readonly Choice[];
}

/** Takes a choice back, as `retract` does, and tells what becomes possible again. */
export function release(
  session: Session,
  attribute: string,
  budget: Budget = DEFAULT_BUDGET,
): Released {
  const { space } = session;
  const next = retract(session, attribute);
  const v = space.lookup.indexOf.get(attribute) ?? -1;
  if (next === session) return { session, possible: [], freed: [] };
  const at = { component: space.componentOf[v] ?? 0, meter: { left: budget.steps } };
  const now = new Map(lookAt(space, next, at));
  const then = lookAt(space, session, at);
  now.delete(v);
  // What taking the choice would do, seen from the other side.
  const { forced, impossible } = compareMoments(
    space,
    now,
    new Map([...then].filter(([key]) => key !== v)),
  );
  return { session: next, possible: impossible, freed: forced };
}

/**
 * All choices at once, when they are known, about different attributes and go together: then each
 * could also have been taken one after the other. Costs one question a component instead of two a
 * choice.
 */
function decideTogether(
  space: Space,
  choices: readonly Choice[],
  budget: Budget,
): Session | undefined {
  const session: Session = { ...startSession(space), choices };
  if (new Set(choices.map(({ attribute }) => attribute)).size < choices.length) return undefined;
  const { indexOf, variables } = space.lookup;
  const areKnown = choices.every(({ attribute, value }) => {
    const v = indexOf.get(attribute) ?? -1;
    return variables[v]?.kind === 'attribute' && valueIndex(space, v, value) >= 0;
  });
  if (!areKnown) return undefined;
  const meter = { left: budget.steps };
  const decided = decidedOf(space, session);
  const arePossible = space.components.every(
    (_, component) => space.backend.isPossible(component, decided, meter) === true,
  );
  return arePossible ? session : undefined;
}

/**
 * A session with these choices and texts, as it was stored; the first that cannot be kept refuses
 * the whole. It starts without a past.
 */
export function restoreSession(
  space: Space,
  choices: readonly Choice[],
  texts: Texts,
  budget: Budget = DEFAULT_BUDGET,
): Result<Session, Conflict | TextFault> {
  const together = decideTogether(space, choices, budget);
  let session = together ?? startSession(space);
  if (together === undefined) {
    for (const choice of choices) {
      const taken = decide(session, choice, budget);
      if (taken.kind === 'refused') return taken;
      session = taken.value.session;
    }
  }
  for (const [attribute, text] of Object.entries(texts)) {
    const written = writeText(session, attribute, text);
    if (written.kind === 'refused') return written;
    session = written.value;
  }
  return ok({ ...session, past: [], future: [] });
}
