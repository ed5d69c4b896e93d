import { accepts } from '../problem/accepts.ts';
import { type Literal, type Problem, variablesOfOptions } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import type { Meter } from './answers.ts';
import { bitsOf, type RowBits, type Wide } from './load.ts';
import { minimalSelection } from './minimal.ts';
import { type Desk, openDesk, solveOn } from './questions.ts';
import { restrict } from './restrict.ts';
import {
  brokenTables,
  emptyTable,
  keepsTable,
  openTableQuestion,
  type TableQuestion,
} from './table-question.ts';
import { type TableRules, tableRulesOf, valuesNear } from './table-rules.ts';
import { searchTables, type Tested } from './table-search.ts';

/** Candidates for a single rule or a pair that are tested at most. */
const FEW_RULES_TESTS_MAX = 200;
/** Rules that are looked at for that at most, where there are more. */
const NEAR_RULES_MAX = 150;
/** Up to so many rules all of them are looked at. */
const ALL_RULES_MAX = 400;

/** How many broken rules are so many that a better assignment is looked for. */
const BROKEN_MAX = 12;
/** Steps after which tables are searched with all that search has, and no longer by rows alone. */
const ROW_STEPS_MAX = 4_000_000;

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
  /** By variable: rules that mention it; by rule: variables that it mentions. */
  readonly rulesAt: readonly (readonly number[])[];
  readonly scopes: readonly ReadonlySet<number>[];
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
  const scopes: Set<number>[] = [];
  problem.constraints.forEach((constraint, k) => {
    const rule = ruleOf[k] ?? 0;
    scopes[rule] ??= new Set();
    for (const v of scopeOf(problem, constraint)) scopes[rule].add(v);
  });
  const rulesAt: number[][] = Array.from(problem.sizes, () => []);
  scopes.forEach((scope, rule) => {
    for (const v of scope) rulesAt[v]?.push(rule);
  });
  const variableOf = variablesOfOptions(problem);
  const tables = tableRulesOf({ problem, variableOf, rulesAt }, wide, ruleOf);
  return {
    problem,
    ruleOf,
    ruleCount: scopes.length,
    desk: undefined,
    variableOf,
    rulesAt,
    scopes,
    tables,
    bits: bitsOf(wide),
  };
}

/** A search in which rules can be left out; the problem is loaded for it once. */
export function ruledDesk(ruled: Ruled): Desk {
  ruled.desk ??= openDesk(ruled.problem, ruled.ruleOf, ruled.bits);
  return ruled.desk;
}

/** Answers about some rules and literals. */
interface Tester {
  /** Tests for a single rule or a pair at most. */
  readonly testsMax: number;
  /** A rule that is known to leave nothing with all that is assumed. */
  readonly single?: number;
  /** What these rules leave along with what is wanted. */
  readonly test: (rules: readonly number[], assumed: Int32Array) => Tested;
  /** Whether a solution breaks a rule. */
  readonly breaks: (values: Int32Array) => (rule: number) => boolean;
}

/** Tests by search over some rules, loaded as a problem of their own unless they are all. */
function deskTester(
  ruled: Ruled,
  { assumed, wanted }: CoreQuestion,
  rules: readonly number[],
  meter: Meter,
): Tester {
  const { problem, ruleOf, bits } = ruled;
  const placeOf = new Map(rules.map((rule, i) => [rule, i]));
  const places = problem.constraints.map((_, k) => placeOf.get(ruleOf[k] ?? 0) ?? -1);
  const isAll = rules.length === ruled.ruleCount;
  const constraints = problem.constraints.filter((_, k) => (places[k] ?? -1) >= 0);
  const own = isAll ? undefined : restrict(problem, constraints, [...assumed, ...wanted]);
  const kept = places.filter((place) => place >= 0);
  const desk = own === undefined ? ruledDesk(ruled) : openDesk(own.problem, kept, bits);
  const literalOf = own?.literalOf ?? ((literal: Literal) => literal);
  return {
    testsMax: FEW_RULES_TESTS_MAX,
    test(selected, literals) {
      const activeRules = new Uint8Array(rules.length);
      for (const rule of selected) activeRules[placeOf.get(rule) ?? 0] = 1;
      const all = Int32Array.of(...wanted, ...literals).map(literalOf);
      const answer = solveOn(desk, { assumed: all, activeRules }, meter);
      if (answer.kind !== 'conflict') return answer;
      return { kind: 'conflict', rules: answer.rules.map((place) => rules[place] ?? 0) };
    },
    breaks(values) {
      const { problem: tested } = desk.loaded;
      const broken = new Set<number>();
      tested.constraints.forEach((constraint, k) => {
        if (!accepts(tested, constraint, values)) broken.add(rules[kept[k] ?? 0] ?? 0);
      });
      return (rule) => broken.has(rule);
    },
  };
}

/** Tests by the rows of tables alone; nothing where the literals exclude each other. */
function rowsTester(
  tables: TableRules,
  { assumed, wanted }: CoreQuestion,
  { known, meter }: { readonly known: Nearby; readonly meter: Meter },
): Tester {
  const open = (literals: Int32Array): TableQuestion | undefined =>
    openTableQuestion(tables, [...wanted, ...literals], meter);
  const whole = open(assumed);
  const near = whole && brokenTables(whole, valuesNear(tables.problem, whole.base, known.from));
  const single = near ? emptyTable(whole, near) : -1;
  const isFar = single < 0 && near !== undefined && near.length > BROKEN_MAX;
  const from = isFar ? known.better() : known.from;
  return {
    testsMax: Number.POSITIVE_INFINITY,
    test(rules, literals) {
      const question = literals === assumed ? whole : open(literals);
      if (question === undefined) return { kind: 'conflict', rules: new Int32Array(0) };
      return searchTables(question, rules, from);
    },
    breaks(values) {
      const known: boolean[] = [];
      return (rule) => {
        known[rule] ??= whole !== undefined && !keepsTable(whole, rule, values);
        return known[rule];
      };
    },
    ...(single < 0 ? {} : { single }),
  };
}

/** Each broken rule, then with it each of the rules that it shares variables with. */
function* singlesAndPairs(
  { rulesAt, scopes }: Ruled,
  broken: readonly number[],
  rules: readonly number[],
): Generator<readonly number[]> {
  for (const rule of broken) yield [rule];
  const left = new Set(rules);
  for (const a of broken) {
    left.delete(a);
    const others = new Set([...(scopes[a] ?? [])].flatMap((v) => rulesAt[v] ?? []));
    for (const b of others) if (left.has(b)) yield [a, b];
  }
}

/**
 * No rule, one or two that explain all with the choices, if any do; two share a variable then. Rules
 * explain all exactly when every assignment that keeps the choices breaks one of them; so each that is
 * found rules out all candidates but those it breaks (Ignatiev et al., CP 2015).
 */
function findFew(
  tester: Tester,
  ruled: Ruled,
  { assumed }: CoreQuestion,
  rules: readonly number[],
): readonly number[] | undefined {
  if (tester.single !== undefined) return [tester.single];
  const first = tester.test([], assumed);
  if (first.kind !== 'solution') return first.kind === 'conflict' ? [] : undefined;
  const found = [tester.breaks(first.values)];
  const broken = rules.filter((rule) => found[0]?.(rule) === true);
  for (const few of singlesAndPairs(ruled, broken, rules)) {
    if (found.some((breaks) => !few.some(breaks))) continue;
    const tested = tester.test(few, assumed);
    if (tested.kind === 'conflict') return few;
    if (tested.kind === 'unknown' || found.length >= tester.testsMax) return;
    found.push(tester.breaks(tested.values));
  }
  return;
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

/** Rules that may be named: all, or the near ones where rules are many. */
function rulesToLookAt(ruled: Ruled, question: CoreQuestion, core: Int32Array): readonly number[] {
  if (ruled.ruleCount > ALL_RULES_MAX) return rulesNear(ruled, question, core);
  return [...ruled.scopes.keys()];
}

/**
 * Places of the assumed literals, the last first, that can matter to rules: of the variables they
 * mention; all where no rule is needed, as then the literals exclude each other.
 */
function placesNear(
  { variableOf, scopes }: Ruled,
  { assumed, wanted }: CoreQuestion,
  rules: readonly number[],
): readonly number[] {
  const near = new Set(rules.flatMap((rule) => [...(scopes[rule] ?? [])]));
  for (const literal of wanted) near.add(variableOf[literal >> 1] ?? 0);
  const isNear = (place: number): boolean => near.has(variableOf[(assumed[place] ?? 0) >> 1] ?? 0);
  const places = [...assumed.keys()].reverse();
  return rules.length === 0 ? places : places.filter(isNear);
}

/** Smaller cores by asking about one alone, as long as that makes it smaller; then without each. */
function leastRules(
  tester: Tester,
  { assumed }: CoreQuestion,
  start: readonly number[],
): readonly number[] | 'possible' | undefined {
  let own = start;
  for (;;) {
    const tested = tester.test(own, assumed);
    if (tested.kind !== 'conflict') return tested.kind === 'solution' ? 'possible' : undefined;
    if (tested.rules.length >= own.length) break;
    own = [...tested.rules];
  }
  for (const rule of own) {
    if (!own.includes(rule)) continue;
    const tested = tester.test(
      own.filter((other) => other !== rule),
      assumed,
    );
    if (tested.kind === 'unknown') return;
    if (tested.kind === 'conflict') own = own.filter((other) => tested.rules.includes(other));
  }
  return own;
}

/** The core by a tester: few rules, or the least of some; and the choices they need, later preferred. */
function coreBy(
  tester: Tester,
  ruled: Ruled,
  question: CoreQuestion,
  { near, start }: { readonly near: readonly number[]; readonly start: readonly number[] },
): Core {
  const few = findFew(tester, ruled, question, near);
  const rules = few ?? leastRules(tester, question, start);
  if (rules === 'possible') return { kind: 'possible' };
  if (rules === undefined) return { kind: 'unknown' };
  const { assumed } = question;
  const own = minimalSelection(placesNear(ruled, question, rules), (selected) => {
    const { kind } = tester.test(
      rules,
      Int32Array.from(selected, (place) => assumed[place] ?? 0),
    );
    return kind === 'unknown' ? undefined : kind === 'conflict';
  });
  if (own === undefined) return { kind: 'unknown' };
  const named = assumed.filter((_, place) => own.includes(place));
  return { kind: 'core', assumed: named, rules: Int32Array.from(rules).sort() };
}

/** The core of rules that one search over all of them names. */
function coreBySearch(ruled: Ruled, question: CoreQuestion, meter: Meter): Core {
  const all = new Uint8Array(ruled.ruleCount).fill(1);
  const assumed = Int32Array.of(...question.assumed, ...question.wanted);
  const first = solveOn(ruledDesk(ruled), { assumed, activeRules: all }, meter);
  if (first.kind === 'solution') return { kind: 'possible' };
  if (first.kind === 'unknown') return first;
  const near = rulesToLookAt(ruled, question, first.rules);
  const tester = deskTester(ruled, question, near, meter);
  return coreBy(tester, ruled, question, { near, start: [...first.rules] });
}

/** An assignment, and how to find one that keeps what is assumed. */
export interface Nearby {
  readonly from: Int32Array;
  readonly better: () => Int32Array;
}

/**
 * A minimal set of rules and assumed literals that exclude what is wanted. One rule is preferred to
 * two, two to more, as far as rules near to the question go; among the literals, later ones. Where
 * the rules are tables, they are asked about by their rows alone, as long as that is cheap; of
 * several reasons with two rules or more, `known` may decide which is told. Otherwise the rules come
 * from one search over all; all tests after that are about a few of them.
 */
export function minimalCoreOf(
  ruled: Ruled,
  question: CoreQuestion,
  known: Nearby,
  meter: Meter,
): Core {
  if (ruled.tables !== undefined) {
    const steps = Math.min(meter.left, ROW_STEPS_MAX);
    const own = { left: steps };
    const tester = rowsTester(ruled.tables, question, { known, meter: own });
    const near = [...ruled.scopes.keys()];
    const core = coreBy(tester, ruled, question, { near, start: near });
    meter.left -= steps - own.left;
    if (core.kind !== 'unknown') return core;
  }
  return coreBySearch(ruled, question, meter);
}
