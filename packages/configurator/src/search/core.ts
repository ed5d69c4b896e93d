import { accepts } from '../problem/accepts.ts';
import { type Literal, type Problem, variablesOfOptions } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import type { Meter } from './answers.ts';
import { findFewTables, isExcludedByFew, type TableRules, tableRulesOf } from './few-tables.ts';
import { bitsOf, type RowBits, type Wide } from './load.ts';
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
  /** The search over all of them; made when one is needed. */
  desk: Desk | undefined;
  readonly variableOf: Int32Array;
  /** By variable: rules that mention it. */
  readonly rulesAt: readonly (readonly number[])[];
  /** Where each rule is one table. */
  readonly tables: TableRules | undefined;
  /** Tables that are loaded already. */
  readonly bits: RowBits;
}

/**
 * Lists the rules of a problem. `ruleOf` tells the rule of each constraint, `wide` the tables that
 * are loaded already.
 */
export function openRuled(
  problem: Problem,
  ruleOf: ArrayLike<number>,
  wide: readonly Wide[],
): Ruled {
  const sets: Set<number>[] = Array.from({ length: problem.sizes.length }, () => new Set());
  let ruleCount = 0;
  problem.constraints.forEach((constraint, k) => {
    const rule = ruleOf[k] ?? 0;
    ruleCount = Math.max(ruleCount, rule + 1);
    for (const v of scopeOf(problem, constraint)) sets[v]?.add(rule);
  });
  const rulesAt = sets.map((set) => [...set]);
  const variableOf = variablesOfOptions(problem);
  const tables = tableRulesOf({ problem, variableOf, rulesAt }, wide, ruleOf);
  return {
    problem,
    ruleOf,
    ruleCount,
    desk: undefined,
    variableOf,
    rulesAt,
    tables,
    bits: bitsOf(wide),
  };
}

/** A search in which rules can be left out; the problem is loaded for it once. */
export function ruledDesk(ruled: Ruled): Desk {
  ruled.desk ??= openDesk(ruled.problem, ruled.ruleOf, ruled.bits);
  return ruled.desk;
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
  { problem, ruleOf, bits }: Ruled,
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
  const desk = openDesk(own.problem, places, bits);
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
  const { variableOf } = ruled;
  const near = new Set<number>();
  for (const literal of [...question.wanted, ...[...question.assumed].reverse()]) {
    const rules = ruled.rulesAt[variableOf[literal >> 1] ?? 0] ?? [];
    if (near.size + rules.length > NEAR_RULES_MAX) break;
    for (const rule of rules) near.add(rule);
  }
  for (const rule of core) near.add(rule);
  return [...near].sort((a, b) => a - b);
}

/**
 * Rules that may be named: where few were ruled out already those of the core; otherwise all, or the
 * near ones where rules are many.
 */
function rulesToLookAt(ruled: Ruled, question: CoreQuestion, core: Int32Array): readonly number[] {
  if (ruled.tables !== undefined) return [...core];
  if (ruled.ruleCount > ALL_RULES_MAX) return rulesNear(ruled, question, core);
  return Array.from({ length: ruled.ruleCount }, (_, rule) => rule);
}

/** Where rules are many, those near to the question alone; otherwise all, as they stand. */
function startReasoning(
  ruled: Ruled,
  question: CoreQuestion,
  near: readonly number[],
  meter: Meter,
): Reasoning {
  const { ruleOf, ruleCount } = ruled;
  if (near.length < ruleCount) return reasonOver(ruled, near, question, meter);
  const desk = ruledDesk(ruled);
  return { desk, ruleOf, question, meter, count: ruleCount, values: new Int32Array(0) };
}

/**
 * Places of the assumed literals, the last first, that can matter to rules: of the variables they
 * mention; all where no rule is needed, as then the literals exclude each other.
 */
function placesNear(
  { problem, variableOf, ruleOf }: Ruled,
  { assumed, wanted }: CoreQuestion,
  rules: Iterable<number>,
): readonly number[] {
  const own = new Set(rules);
  const near = new Set(Array.from(wanted, (literal) => variableOf[literal >> 1] ?? 0));
  problem.constraints.forEach((constraint, k) => {
    if (!own.has(ruleOf[k] ?? 0)) return;
    for (const v of scopeOf(problem, constraint)) near.add(v);
  });
  const isNear = (place: number): boolean => near.has(variableOf[(assumed[place] ?? 0) >> 1] ?? 0);
  const places = [...assumed.keys()].reverse();
  return own.size === 0 ? places : places.filter(isNear);
}

/** Smaller cores by asking about one alone, as long as that makes it smaller; then the smallest. */
function leastRules(reasoning: Reasoning, core: readonly number[]): readonly number[] | undefined {
  const { desk, question, meter, count } = reasoning;
  let own = core;
  for (;;) {
    const activeRules = new Uint8Array(count);
    for (const rule of own) activeRules[rule] = 1;
    const assumed = Int32Array.of(...question.wanted, ...question.assumed);
    const answer = solveOn(desk, { assumed, activeRules }, meter);
    if (answer.kind !== 'conflict') return;
    if (answer.rules.length >= own.length) break;
    own = [...answer.rules];
  }
  return minimalSelection(own, (selected) => excludes(reasoning, selected, question.assumed));
}

/** The core of some rules: the choices that they need, later ones preferred. */
function coreWith(
  ruled: Ruled,
  question: CoreQuestion,
  rules: readonly number[],
  test: (assumed: readonly Literal[]) => boolean | undefined,
): Core {
  const places = placesNear(ruled, question, rules);
  const literal = (place: number): Literal => question.assumed[place] ?? 0;
  const own = minimalSelection(places, (selected) => test(selected.map(literal)));
  if (own === undefined) return { kind: 'unknown' };
  const assumed = question.assumed.filter((_, place) => own.includes(place));
  return { kind: 'core', assumed, rules: Int32Array.from(rules).sort() };
}

/** The core of rules that one search over all of them names. */
function coreBySearch(ruled: Ruled, question: CoreQuestion, meter: Meter): Core {
  const all = new Uint8Array(ruled.ruleCount).fill(1);
  const assumed = Int32Array.of(...question.assumed, ...question.wanted);
  const first = solveOn(ruledDesk(ruled), { assumed, activeRules: all }, meter);
  if (first.kind === 'solution') return { kind: 'possible' };
  if (first.kind === 'unknown') return first;
  const near = rulesToLookAt(ruled, question, first.rules);
  const reasoning = startReasoning(ruled, question, near, meter);
  const core = near.flatMap((rule, place) => (first.rules.includes(rule) ? [place] : []));
  const few = ruled.tables === undefined ? findFew(reasoning) : undefined;
  const rules = few ?? leastRules(reasoning, core);
  if (rules === undefined) return { kind: 'unknown' };
  const named = rules.map((place) => near[place] ?? 0);
  const literalOf = new Map(
    Array.from(question.assumed, (literal, i) => [literal, reasoning.question.assumed[i] ?? 0]),
  );
  return coreWith(ruled, question, named, (selected) =>
    excludes(
      reasoning,
      rules,
      selected.map((literal) => literalOf.get(literal) ?? 0),
    ),
  );
}

/**
 * A minimal set of rules and assumed literals that exclude what is wanted. One rule is preferred to
 * two, two to more, as far as rules near to the question go; among the literals, later ones. Where
 * the rules are tables, one or two are found by their rows alone, whatever their number; `known` is
 * any assignment, best one that keeps most. Otherwise the rules come from one search over all; all
 * tests after that are about a few of them.
 */
export function minimalCoreOf(
  ruled: Ruled,
  question: CoreQuestion,
  known: Int32Array,
  meter: Meter,
): Core {
  const { tables } = ruled;
  if (tables === undefined) return coreBySearch(ruled, question, meter);
  const { wanted, assumed } = question;
  const found = findFewTables(tables, [...wanted, ...assumed], { from: known, most: 2, meter });
  if (found.kind === 'possible') return { kind: 'possible' };
  if (found.kind === 'more') return coreBySearch(ruled, question, meter);
  return coreWith(ruled, question, found.rules, (selected) =>
    isExcludedByFew(tables, found.rules, [...wanted, ...selected], meter),
  );
}
