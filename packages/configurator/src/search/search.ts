import { finish, type Work } from '@keepsake/kernel';
import type { Decided, Literal, Problem } from '../problem/problem.ts';
import { type Assumptions, type Meter, type Solved, type Swept, UNKNOWN } from './answers.ts';
import {
  type Core,
  type CoreQuestion,
  minimalCoreOf,
  openRuled,
  type Ruled,
  ruledDesk,
} from './core.ts';
import { innerOf } from './literals.ts';
import { solveOn } from './questions.ts';
import { type RepairQuestion, type RepairSets, smallestRepairsOf } from './repairs.ts';
import { openSeeker, type Seeker, seekUnder } from './seeker.ts';
import { openSweeper, type Sweeper, type SweepWish, sweepSlices } from './sweep.ts';

/** What it may cost to find a design with what is assumed, near to which reasons are looked for. */
const WITNESS_STEPS = 200_000;

/**
 * Answers about one problem by search. It keeps what it learns and every solution it finds; answers
 * never depend on that, only their cost does.
 */
export interface Search {
  readonly problem: Problem;
  readonly ruleOf: ArrayLike<number>;
  readonly seeker: Seeker;
  readonly sweeper: Sweeper;
  /** Made when rules are first asked about. */
  ruled: Ruled | undefined;
}

/**
 * Opens a problem and draws what follows from its constraints alone. `ruleOf` tells the rule of each
 * constraint, from 0; each is its own where it is left out. Linear in the problem, about.
 */
export function createSearch(
  problem: Problem,
  options: { readonly ruleOf?: ArrayLike<number> } = {},
): Search {
  const ruleOf = options.ruleOf ?? Int32Array.from(problem.constraints.keys());
  const seeker = openSeeker(problem);
  return { problem, ruleOf, seeker, sweeper: openSweeper(seeker), ruled: undefined };
}

function ruledOf(search: Search): Ruled {
  search.ruled ??= openRuled(search.problem, search.ruleOf, search.seeker.desk.loaded.wide);
  return search.ruled;
}

/** A solution under assumptions, or assumptions and rules that leave none, or `unknown`. */
export function solve(search: Search, assumptions: Assumptions, meter: Meter): Solved {
  const { seeker } = search;
  const { assumed } = assumptions;
  if (assumptions.activeRules !== undefined) {
    return solveOn(ruledDesk(ruledOf(search)), assumptions, meter);
  }
  const inner = assumed.map((literal) => innerOf(seeker.desk.loaded.numbering, literal));
  const ended = seekUnder(seeker, { inner, wantsCore: true }, meter);
  if (ended.kind === 'unknown') return ended;
  if (ended.kind === 'solution') {
    return { kind: 'solution', values: seeker.known?.witness.values.slice() ?? new Int32Array(0) };
  }
  const core = new Set(ended.core);
  const kept = assumed.filter((_, i) => core.has(inner[i] ?? -1));
  return { kind: 'conflict', assumed: kept, rules: new Int32Array(0) };
}

/**
 * The validity of all options under decisions, in slices of some milliseconds. Give `validity`, one
 * entry an option and all `UNKNOWN`, to read what is known between slices.
 */
export function sweepWork(
  search: Search,
  decided: Decided,
  meter: Meter,
  wish: SweepWish & { readonly validity?: Uint8Array } = {},
): Work<Swept> {
  const options = search.problem.optionAt.at(-1) ?? 0;
  const validity = wish.validity ?? new Uint8Array(options).fill(UNKNOWN);
  return sweepSlices(search.sweeper, decided, { ...wish, meter, validity });
}

/** The validity of all options under decisions, in one go. */
export function sweep(search: Search, decided: Decided, meter: Meter, wish: SweepWish = {}): Swept {
  return finish(sweepWork(search, decided, meter, wish));
}

/** The validity of the options of a variable under the decisions about all others. */
export function switchable(
  search: Search,
  decided: Decided,
  variable: number,
  meter: Meter,
): Uint8Array {
  const others = decided.slice();
  others[variable] = -1;
  const { validity } = sweep(search, others, meter, { only: [variable] });
  const { optionAt } = search.problem;
  return validity.slice(optionAt[variable], optionAt[variable + 1]);
}

/** Options that every solution has, and options that none has. */
export interface Backbone {
  readonly outcome: Swept['outcome'];
  readonly core: Int32Array;
  readonly dead: Int32Array;
}

/** The core and the dead options of a problem; those not settled by the meter are left out. */
export function backbone(search: Search, meter: Meter): Backbone {
  const { problem } = search;
  const open = new Int32Array(problem.sizes.length).fill(-1);
  const { outcome, validity } = sweep(search, open, meter);
  const [core, dead]: [number[], number[]] = [[], []];
  problem.sizes.forEach((size, v) => {
    const first = problem.optionAt[v] ?? 0;
    const own = Array.from(validity.slice(first, first + size));
    own.forEach((is, x) => {
      if (is === 0) dead.push(first + x);
      else if (own.every((other, y) => y === x || other === 0)) core.push(first + x);
    });
  });
  return { outcome, core: Int32Array.from(core), dead: Int32Array.from(dead) };
}

/**
 * Why literals cannot be had along with others: a minimal set of rules and assumed literals. One
 * rule is preferred to two, two to more; among the literals, later ones.
 */
export function minimalCore(search: Search, question: CoreQuestion, meter: Meter): Core {
  const { seeker } = search;
  const valuesNow = (): Int32Array => seeker.known?.witness.values ?? new Int32Array(0);
  const better = (): Int32Array => {
    const { numbering } = seeker.desk.loaded;
    const inner = question.assumed.map((literal) => innerOf(numbering, literal));
    seekUnder(seeker, { inner, wantsCore: false }, { left: Math.min(meter.left, WITNESS_STEPS) });
    return valuesNow();
  };
  return minimalCoreOf(ruledOf(search), question, { from: valuesNow(), better }, meter);
}

/** The smallest sets of held literals to give up so that the wanted ones can be had. */
export function smallestRepairs(
  search: Search,
  question: RepairQuestion,
  meter: Meter,
): RepairSets {
  return smallestRepairsOf(search.seeker, question, meter);
}

/** The literals of decisions, in the order of the variables. */
export function literalsOf(problem: Problem, decided: Decided): readonly Literal[] {
  return Array.from(decided, (value, v) => 2 * ((problem.optionAt[v] ?? 0) + value)).filter(
    (_, v) => (decided[v] ?? -1) >= 0,
  );
}
