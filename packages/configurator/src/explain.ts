import type { Because, Choice, Explained, Explanation, Lock } from './answers.ts';
import { type Budget, DEFAULT_BUDGET, decidedOf, type Session, sweepAll } from './session.ts';
import type { Meter } from './solve/network.ts';
import type { Trilean } from './solve/problem.ts';
import { isPossibleUnder, minimalConflict } from './solve/reasons.ts';
import { type Space, valueIndex } from './space.ts';

/** Tests spent on explanations of one rule or two before any minimal one is taken. */
const FEW_RULES_TESTS_MAX = 600;

interface Reasoning {
  readonly space: Space;
  readonly component: number;
  readonly meter: Meter;
  /** The value in question, if the question is about one. */
  readonly wanted: readonly Choice[];
  /** Relations of the component that are rules, by index. */
  readonly rules: readonly number[];
  /** The value that shall not be had, where the question is why there is no other. */
  readonly except?: { readonly v: number; readonly c: number };
  /** Own choices in the component about other attributes, latest first. */
  readonly choices: readonly Choice[];
  readonly locks: readonly Lock[];
}

function isPossibleWith(
  reasoning: Reasoning,
  rules: readonly number[],
  choices: readonly Choice[],
): Trilean {
  const { space, component, meter, wanted } = reasoning;
  const active = new Uint8Array(space.relations.length);
  for (const k of rules) active[k] = 1;
  const decided = decidedOf(space, { choices: [...choices, ...wanted], texts: {} });
  return isPossibleUnder(space, { component, decided, active, except: reasoning.except }, meter);
}

/** The first single rule, then the first pair, that together with all choices is a conflict. */
function findFewRules(reasoning: Reasoning): readonly number[] | undefined {
  const { rules, choices } = reasoning;
  let tests = 0;
  const excludes = (selected: readonly number[]): boolean => {
    tests++;
    return isPossibleWith(reasoning, selected, choices) === false;
  };
  if (excludes([])) return [];
  for (const k of rules) if (excludes([k])) return [k];
  for (let i = 0; i < rules.length; i++) {
    for (let j = 0; j < i && tests < FEW_RULES_TESTS_MAX; j++) {
      const pair = [rules[j] ?? 0, rules[i] ?? 0];
      if (excludes(pair)) return pair;
    }
  }
  return undefined;
}

function reasonOf(reasoning: Reasoning): Explanation | 'possible' | 'unknown' {
  const { rules, choices, space } = reasoning;
  const all = isPossibleWith(reasoning, rules, choices);
  if (all !== false) return all === 'unknown' ? 'unknown' : 'possible';
  const few =
    findFewRules(reasoning) ??
    minimalConflict(rules, (selected) => isPossibleWith(reasoning, selected, choices));
  if (few === undefined) return 'unknown';
  const own = minimalConflict(choices, (selected) => isPossibleWith(reasoning, few, selected));
  if (own === undefined || reasoning.meter.left <= 0) return 'unknown';
  const locked = reasoning.locks.filter(({ attribute }) =>
    own.some((choice) => choice.attribute === attribute),
  );
  return {
    rules: [...few].sort((a, b) => a - b).flatMap((k) => space.relations[k]?.owner ?? []),
    choices: choices.filter((choice) => own.includes(choice)).reverse(),
    ...(locked.length > 0 ? { locked } : {}),
  };
}

function rulesOf(space: Space, component: number): number[] {
  return space.relations.flatMap(({ owner, scope }, k) => {
    const isOwn = space.componentOf[scope[0] ?? -1] === component;
    return owner !== undefined && isOwn ? [k] : [];
  });
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

/** A question about one attribute: the rules and choices that can play a part in its answer. */
function openReasoning(session: Session, v: number, meter: Meter): Reasoning {
  const { locks, space } = session;
  const component = space.componentOf[v] ?? -1;
  const choices = session.choices.filter(({ attribute }) => {
    const other = space.lookup.indexOf.get(attribute) ?? -1;
    return other !== v && space.componentOf[other] === component;
  });
  const rules = rulesOf(space, component);
  return { space, component, meter, wanted: [], rules, choices: choices.reverse(), locks };
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
  const rules = rulesOf(space, component);
  return reasonOf({ space, component, meter, wanted: [], rules, choices: [], locks: [] });
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
