import { accepts } from '../problem/accepts.ts';
import { type Literal, type Problem, variablesOfOptions } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import type { Meter } from './answers.ts';
import { minimalSelection } from './minimal.ts';
import { type Desk, openDesk, solveOn } from './questions.ts';
import { restrict } from './restrict.ts';
import { hasRow } from './row-tables.ts';

/** Candidates for a single rule or a pair that are tested at most. */
const FEW_RULES_TESTS_MAX = 200;
/** Rules that are looked at for that at most, where there are more. */
const NEAR_RULES_MAX = 150;
/** Up to so many rules all of them are looked at. */
const ALL_RULES_MAX = 400;

/** What is asked: why literals cannot be had along with others. */
export interface CoreQuestion {
  /** Literals that may be named as reasons, those preferred last: own choices, latest last. */
  readonly assumed: Int32Array;
  /** Literals that hold in any case and are not named. */
  readonly wanted: Int32Array;
}

/** A minimal reason: none of its literals and rules can be left away. */
export type Core =
  | { readonly kind: 'core'; readonly assumed: Int32Array; readonly rules: Int32Array }
  | { readonly kind: 'possible' }
  | { readonly kind: 'unknown' };

/** A problem, its rules, and the search over all of them. */
export interface Ruled {
  readonly problem: Problem;
  readonly ruleOf: ArrayLike<number>;
  readonly ruleCount: number;
  readonly desk: Desk;
  /** By variable: rules that mention it. */
  readonly rulesAt: readonly (readonly number[])[];
}

/** Loads a problem so that rules can be left out. `ruleOf` tells the rule of each constraint. */
export function openRuled(problem: Problem, ruleOf: ArrayLike<number>): Ruled {
  const sets: Set<number>[] = Array.from({ length: problem.sizes.length }, () => new Set());
  let ruleCount = 0;
  problem.constraints.forEach((constraint, k) => {
    const rule = ruleOf[k] ?? 0;
    ruleCount = Math.max(ruleCount, rule + 1);
    for (const v of scopeOf(problem, constraint)) sets[v]?.add(rule);
  });
  const rulesAt = sets.map((set) => [...set]);
  return { problem, ruleOf, ruleCount, desk: openDesk(problem, ruleOf), rulesAt };
}

/** Some rules of a problem, numbered anew, and the question in their terms. */
interface Reasoning {
  readonly desk: Desk;
  /** Of each constraint of the desk: its rule. */
  readonly ruleOf: ArrayLike<number>;
  readonly question: CoreQuestion;
  readonly meter: Meter;
  readonly count: number;
  /** The solution found last. */
  values: Int32Array;
}

function reasonOver(
  { problem, ruleOf }: Ruled,
  rules: readonly number[],
  { assumed, wanted }: CoreQuestion,
  meter: Meter,
): Reasoning {
  const placeOf = new Map(rules.map((rule, i) => [rule, i]));
  const places: number[] = [];
  const constraints = problem.constraints.filter((_, k) => {
    const place = placeOf.get(ruleOf[k] ?? 0);
    if (place !== undefined) places.push(place);
    return place !== undefined;
  });
  const own = restrict(problem, constraints, [...assumed, ...wanted]);
  const question = { assumed: assumed.map(own.literalOf), wanted: wanted.map(own.literalOf) };
  const desk = openDesk(own.problem, places);
  const values = new Int32Array(0);
  return { desk, ruleOf: places, question, meter, count: rules.length, values };
}

function excludes(
  reasoning: Reasoning,
  rules: readonly number[],
  assumed: ArrayLike<Literal>,
): boolean | undefined {
  const { desk, question, meter, count } = reasoning;
  const activeRules = new Uint8Array(count);
  for (const rule of rules) activeRules[rule] = 1;
  const literals = Int32Array.of(...question.wanted, ...Array.from(assumed));
  const answer = solveOn(desk, { assumed: literals, activeRules }, meter);
  if (answer.kind === 'unknown') return undefined;
  if (answer.kind === 'solution') reasoning.values = answer.values;
  return answer.kind === 'conflict';
}

/** Rules that the solution found last breaks. */
function brokenRules({ desk, ruleOf, values }: Reasoning): ReadonlySet<number> {
  const { problem, wide } = desk.loaded;
  const tables = new Map(wide.map(({ constraint, rows }) => [constraint, rows?.table]));
  const broken = new Set<number>();
  problem.constraints.forEach((constraint, k) => {
    const rule = ruleOf[k] ?? 0;
    if (broken.has(rule)) return;
    const table = tables.get(constraint);
    const isKept =
      table !== undefined && 'scope' in constraint
        ? hasRow(table, constraint.scope, values)
        : accepts(problem, constraint, values);
    if (!isKept) broken.add(rule);
  });
  return broken;
}

/** A smallest set of at most two that meets all sets; undefined where none does. */
function meetAll(sets: readonly ReadonlySet<number>[]): readonly number[] | undefined {
  const [first, ...others] = sets;
  if (first === undefined) return [];
  for (const a of first) if (others.every((set) => set.has(a))) return [a];
  for (const a of first) {
    const [missed, ...more] = others.filter((set) => !set.has(a));
    for (const b of missed ?? []) if (more.every((set) => set.has(b))) return [a, b];
  }
  return undefined;
}

/**
 * No rule, one or two that explain all with the choices, if any do. Rules explain all exactly when
 * every assignment that keeps the choices breaks one of them; so each that is found rules out all
 * candidates but those it breaks (Ignatiev et al., CP 2015).
 */
function findFew(reasoning: Reasoning): readonly number[] | undefined {
  const sets: ReadonlySet<number>[] = [];
  for (let tests = 0; tests < FEW_RULES_TESTS_MAX; tests++) {
    const candidate = meetAll(sets);
    if (candidate === undefined) return undefined;
    const answer = excludes(reasoning, candidate, reasoning.question.assumed);
    if (answer === undefined) return undefined;
    if (answer) return candidate;
    sets.push(brokenRules(reasoning));
  }
  return undefined;
}

/** Rules that mention what the question does, as far as they are not too many; then the core. */
function rulesNear(ruled: Ruled, question: CoreQuestion, core: Int32Array): readonly number[] {
  const variableOf = variablesOfOptions(ruled.problem);
  const near = new Set<number>();
  for (const literal of [...question.wanted, ...[...question.assumed].reverse()]) {
    const rules = ruled.rulesAt[variableOf[literal >> 1] ?? 0] ?? [];
    if (near.size + rules.length > NEAR_RULES_MAX) break;
    for (const rule of rules) near.add(rule);
  }
  for (const rule of core) near.add(rule);
  return [...near].sort((a, b) => a - b);
}

/** Where rules are many, those near to the question alone; otherwise all, as they stand. */
function startReasoning(
  ruled: Ruled,
  question: CoreQuestion,
  near: readonly number[],
  meter: Meter,
): Reasoning {
  const { desk, ruleOf, ruleCount } = ruled;
  if (near.length < ruleCount) return reasonOver(ruled, near, question, meter);
  return { desk, ruleOf, question, meter, count: ruleCount, values: new Int32Array(0) };
}

/**
 * A minimal set of rules and assumed literals that exclude what is wanted. One rule is preferred to
 * two, two to more, as far as rules near to the question go; among the literals, later ones. The
 * rules come from one search over all; all tests after that are about a few of them.
 */
export function minimalCoreOf(ruled: Ruled, question: CoreQuestion, meter: Meter): Core {
  const all = new Uint8Array(ruled.ruleCount).fill(1);
  const assumed = Int32Array.of(...question.wanted, ...question.assumed);
  const first = solveOn(ruled.desk, { assumed, activeRules: all }, meter);
  if (first.kind === 'solution') return { kind: 'possible' };
  if (first.kind === 'unknown') return first;
  const near =
    ruled.ruleCount <= ALL_RULES_MAX ? [...all.keys()] : rulesNear(ruled, question, first.rules);
  const reasoning = startReasoning(ruled, question, near, meter);
  const core = near.flatMap((rule, place) => (first.rules.includes(rule) ? [place] : []));
  const rules =
    findFew(reasoning) ??
    minimalSelection(core, (selected) => excludes(reasoning, selected, reasoning.question.assumed));
  if (rules === undefined) return { kind: 'unknown' };
  const places = [...question.assumed.keys()].reverse();
  const literal = (place: number): Literal => reasoning.question.assumed[place] ?? 0;
  const own = minimalSelection(places, (selected) =>
    excludes(reasoning, rules, selected.map(literal)),
  );
  if (own === undefined) return { kind: 'unknown' };
  return {
    kind: 'core',
    assumed: question.assumed.filter((_, place) => own.includes(place)),
    rules: Int32Array.from(rules, (place) => near[place] ?? 0).sort(),
  };
}
