import { type Literal, makeProblem, type Problem, variablesOfOptions } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import type { Meter } from './answers.ts';
import { minimalSelection } from './minimal.ts';
import { type Desk, openDesk, solveOn } from './questions.ts';

/** Tests for a single rule, or a pair, that explains all, at most. */
const FEW_RULES_TESTS_MAX = 600;
/** Rules looked at for that at most. */
const NEAR_RULES_MAX = 150;

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

interface Reasoning {
  /** Some rules of a problem, numbered anew. */
  readonly desk: Desk;
  readonly question: CoreQuestion;
  readonly meter: Meter;
  readonly count: number;
}

/** A desk that holds some rules only, numbered by their place in the list. */
function deskOfRules({ problem, ruleOf }: Ruled, rules: readonly number[]): Desk {
  const placeOf = new Map(rules.map((rule, i) => [rule, i]));
  const places: number[] = [];
  const constraints = problem.constraints.filter((_, k) => {
    const place = placeOf.get(ruleOf[k] ?? 0);
    if (place !== undefined) places.push(place);
    return place !== undefined;
  });
  return openDesk(makeProblem(problem.sizes, constraints), places);
}

function excludes(
  { desk, question, meter, count }: Reasoning,
  rules: readonly number[],
  assumed: ArrayLike<Literal>,
): boolean | undefined {
  const activeRules = new Uint8Array(count);
  for (const rule of rules) activeRules[rule] = 1;
  const literals = Int32Array.of(...question.wanted, ...Array.from(assumed));
  const { kind } = solveOn(desk, { assumed: literals, activeRules }, meter);
  return kind === 'unknown' ? undefined : kind === 'conflict';
}

/** No rule, the first single rule, or the first pair that explains all with the choices. */
function findFew(reasoning: Reasoning): readonly number[] | undefined {
  const { question, count, meter } = reasoning;
  let tests = 0;
  const isEnough = (rules: readonly number[]): boolean => {
    tests++;
    return excludes(reasoning, rules, question.assumed) === true;
  };
  if (isEnough([])) return [];
  for (let k = 0; k < count; k++) if (isEnough([k])) return [k];
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i && tests < FEW_RULES_TESTS_MAX && meter.left > 0; j++) {
      if (isEnough([j, i])) return [j, i];
    }
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
  const near = rulesNear(ruled, question, first.rules);
  const desk = deskOfRules(ruled, near);
  const reasoning: Reasoning = { desk, question, meter, count: near.length };
  const core = near.flatMap((rule, place) => (first.rules.includes(rule) ? [place] : []));
  const rules =
    findFew(reasoning) ??
    minimalSelection(core, (selected) => excludes(reasoning, selected, question.assumed));
  if (rules === undefined) return { kind: 'unknown' };
  const latestFirst = [...question.assumed].reverse();
  const own = minimalSelection(latestFirst, (selected) => excludes(reasoning, rules, selected));
  if (own === undefined) return { kind: 'unknown' };
  return {
    kind: 'core',
    assumed: question.assumed.filter((literal) => own.includes(literal)),
    rules: Int32Array.from(rules, (place) => near[place] ?? 0).sort(),
  };
}
