import type { Because, Choice, Explained, Explanation, Lock } from './answers.ts';
import type { Literal } from './problem/problem.ts';
import { minimalCore } from './search/search.ts';
import { type Budget, DEFAULT_BUDGET, type Session, sweepAll } from './session.ts';
import { literalOfClass, otherThan } from './solve/component-search.ts';
import type { Meter } from './solve/network.ts';
import { type Space, valueIndex } from './space.ts';

interface Reasoning {
  readonly space: Space;
  readonly component: number;
  readonly meter: Meter;
  /** The value in question, if the question is about one. */
  readonly wanted: readonly Choice[];
  /** The value that shall not be had, where the question is why there is no other. */
  readonly except?: { readonly v: number; readonly c: number };
  /** Own choices in the component about other attributes, in their order. */
  readonly choices: readonly Choice[];
  readonly locks: readonly Lock[];
}

/** The literals of choices, in their order. */
function literalsOf({ space, component }: Reasoning, choices: readonly Choice[]): Literal[] {
  const search = space.search(component);
  return choices.map(({ attribute, value }) => {
    const v = space.lookup.indexOf.get(attribute) ?? -1;
    return literalOfClass(search, v, space.classes.classOf[v]?.[valueIndex(space, v, value)] ?? 0);
  });
}

function reasonOf(reasoning: Reasoning): Explanation | 'possible' | 'unknown' {
  const { space, component, choices, except, meter, wanted } = reasoning;
  const search = space.search(component);
  const asked = literalsOf(reasoning, wanted);
  if (except !== undefined) {
    const other = otherThan(search, except);
    if (other === undefined) return { rules: [], choices: [] };
    asked.push(other);
  }
  const held = literalsOf(reasoning, choices);
  const question = { assumed: Int32Array.from(held), wanted: Int32Array.from(asked) };
  const core = minimalCore(search, question, meter);
  if (core.kind !== 'core') return core.kind;
  const own = choices.filter((_, i) => core.assumed.includes(held[i] ?? -1));
  const locked = reasoning.locks.filter(({ attribute }) =>
    own.some((choice) => choice.attribute === attribute),
  );
  return {
    rules: Array.from(core.rules).flatMap((k) => space.relations[k]?.owner ?? []),
    choices: own,
    ...(locked.length > 0 ? { locked } : {}),
  };
}

/** What is possible in its own component may still fail: another one may contradict itself. */
function elsewhere(space: Space, component: number, meter: Meter): Explained {
  const steps = meter.left;
  const sweeps = sweepAll(space, { choices: [], texts: {} }, meter);
  const broken = sweeps.findIndex(({ outcome }, k) => k !== component && outcome === 'impossible');
  if (broken < 0) return { kind: 'possible' };
  const because = explainContradiction(space, broken, meter);
  if (typeof because === 'string') return { kind: 'unknown', stepsSpent: steps - meter.left };
  return { kind: 'impossible', because };
}

/** A question about one attribute, and the choices that can play a part in its answer. */
function openReasoning(session: Session, v: number, meter: Meter): Reasoning {
  const { locks, space } = session;
  const component = space.componentOf[v] ?? -1;
  const choices = session.choices.filter(({ attribute }) => {
    const other = space.lookup.indexOf.get(attribute) ?? -1;
    return other !== v && space.componentOf[other] === component;
  });
  return { space, component, meter, wanted: [], choices, locks };
}

/**
 * Why a value cannot be had along with the choices about other attributes: a minimal set of rules
 * and own choices, of which none can be left away. A single rule is preferred, then a pair; among
 * the choices, later ones are.
 */
export function explain(
  session: Session,
  choice: Choice,
  budget: Budget = DEFAULT_BUDGET,
): Explained {
  const { space } = session;
  const meter = { left: budget.steps };
  const v = space.lookup.indexOf.get(choice.attribute) ?? -1;
  const component = space.componentOf[v] ?? -1;
  if (v < 0 || valueIndex(space, v, choice.value) < 0) {
    return { kind: 'impossible', because: { rules: [], choices: [] } };
  }
  const reason = reasonOf({ ...openReasoning(session, v, meter), wanted: [choice] });
  if (reason === 'possible') return elsewhere(space, component, meter);
  if (reason === 'unknown') return { kind: 'unknown', stepsSpent: budget.steps - meter.left };
  return { kind: 'impossible', because: reason };
}

/** A minimal set of rules of a component that no design obeys together. */
export function explainContradiction(
  space: Space,
  component: number,
  meter: Meter,
): Explanation | 'possible' | 'unknown' {
  return reasonOf({ space, component, meter, wanted: [], choices: [], locks: [] });
}

/**
 * Why a value stands as it does: a minimal set of rules and own choices that put it out of reach, or
 * that leave no other value of its attribute. Asked where it is wanted, since it costs more than the
 * standing itself.
 */
export function because(
  session: Session,
  choice: Choice,
  budget: Budget = DEFAULT_BUDGET,
): Because {
  const { space } = session;
  const why = explain(session, choice, budget);
  if (why.kind !== 'possible') return why;
  const v = space.lookup.indexOf.get(choice.attribute) ?? -1;
  const c = space.classes.classOf[v]?.[valueIndex(space, v, choice.value)] ?? -1;
  if ((space.classes.members[v]?.[c]?.length ?? 0) !== 1) return { kind: 'open' };
  const meter = { left: budget.steps };
  const reason = reasonOf({ ...openReasoning(session, v, meter), except: { v, c } });
  if (reason === 'possible') return { kind: 'open' };
  if (reason === 'unknown') return { kind: 'unknown', stepsSpent: budget.steps - meter.left };
  return { kind: 'forced', because: reason };
}
