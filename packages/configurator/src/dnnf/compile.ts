import type { Work } from '@keepsake/kernel';
import type { Problem } from '../problem/problem.ts';
import type { Circuit } from './circuit.ts';
import type { CircuitBuilder, Node } from './circuit-builder.ts';
import { ComponentCompiler } from './component-compiler.ts';
import { rankVariables } from './decision-order.ts';
import { mergeEquivalences } from './equivalences.ts';
import { gatherExclusions } from './exclusion-cliques.ts';
import { readFormula } from './formula.ts';
import { hangLeaves } from './leaves.ts';
import { probe } from './probing.ts';
import { beginReduction, type Reduction, settledNodes, tidy } from './reduction.ts';
import { shareParts } from './shared-parts.ts';
import { shortenClauses } from './subsumption.ts';
import { mergeTwins } from './twins.ts';

/** What a compilation may cost; it is given up at the first that runs out. */
export interface CircuitBudget {
  /** Literals, constraints and variables looked at; about a hundred million take a second. */
  readonly stepsMax: number;
  /** Children of all gates made: 4 bytes each, and once more for the finished circuit. */
  readonly edgesMax: number;
  /** Components remembered, a power of two: 24 bytes each. */
  readonly componentsMax: number;
}

/** Enough for product lines of some ten thousand features: a minute, some 200 MB. */
export const CIRCUIT_BUDGET: CircuitBudget = {
  stepsMax: 3_000_000_000,
  edgesMax: 20_000_000,
  componentsMax: 1 << 22,
};

/** Steps of a slice: a few milliseconds. */
const SLICE = 200_000;
const ROUNDS_MAX = 40;
/** Of so many parts of the work it is told how many are done. */
const PARTS = 1000;
const PROBING_SHARE = 0.05;
/** Orders of decision, one after the other, and the share of the steps that each may take. */
const ATTEMPTS = [
  ['distance', 0.05],
  ['elimination', 0.05],
  ['distance', 0.25],
  ['elimination', 1],
] as const;
/** Attempts after which it is asked whether more steps can be of use. */
const TRIALS = 2;
/**
 * A share of the work that leaves no hope: what has not come further in a twentieth of the steps
 * would take millions of times as many.
 */
const HOPELESS_SHARE = 1e-15;

/** Takes apart, merges and hangs until nothing more changes. */
function* fold(reduction: Reduction): Generator<undefined, void> {
  for (let round = 0; round < ROUNDS_MAX && !reduction.isContradiction; round++) {
    yield* tidy(reduction);
    let isAny = mergeEquivalences(reduction);
    yield* tidy(reduction);
    yield;
    isAny = shortenClauses(reduction) || isAny;
    yield;
    isAny = mergeTwins(reduction) || isAny;
    yield* tidy(reduction);
    yield;
    isAny = hangLeaves(reduction) || isAny;
    if (!isAny) break;
    yield;
  }
  yield* tidy(reduction);
}

/** Reduces a formula: what is left by one round of probing can be probed once more. */
function* reduce(reduction: Reduction, budget: CircuitBudget): Generator<undefined, void> {
  yield* tidy(reduction);
  yield* gatherExclusions(reduction);
  if (reduction.isContradiction) return;
  yield* probe(reduction, budget.stepsMax * PROBING_SHARE);
  yield* fold(reduction);
  if (reduction.isContradiction) return;
  yield* probe(reduction, budget.stepsMax * PROBING_SHARE);
  yield* fold(reduction);
}

/** Variables of the constraints that are left, numbered through, so that nothing else is carried. */
function rest(reduction: Reduction) {
  const kept: number[] = [];
  const nameOf = new Int32Array(reduction.variables).fill(-1);
  const rename = (lit: number): number => {
    const v = lit >> 1;
    if (nameOf[v] === -1) nameOf[v] = kept.push(v) - 1;
    return 2 * (nameOf[v] ?? 0) + (lit & 1);
  };
  const clauses = reduction.clauses.map((clause) => clause.map(rename));
  const exclusions = reduction.exclusions.map((exclusion) => exclusion.map(rename));
  const nodes = kept.flatMap((v) => [reduction.nodes[2 * v] ?? 0, reduction.nodes[2 * v + 1] ?? 0]);
  return { variables: kept.length, clauses, exclusions, nodes: Int32Array.from(nodes) };
}

/**
 * Compiles a Boolean problem to a circuit: reduces it, then decides what is left along a tree
 * decomposition. Undefined where the problem is none of clauses, counts and sums over variables of at
 * most two values, or where a budget ran out. Worst case exponential in the width of the
 * decomposition.
 */
export function* compileCircuit(
  problem: Problem,
  budget: CircuitBudget = CIRCUIT_BUDGET,
): Work<Circuit | undefined> {
  const formula = yield* reporting(readFormula(problem));
  if (formula === undefined) return undefined;
  const reduction = beginReduction(problem, formula);
  const { builder } = reduction;
  yield* reporting(reduce(reduction, budget));
  if (reduction.isContradiction) return yield* close(builder, builder.no, problem);
  const nodes: Node[] = settledNodes(reduction);
  const left = rest(reduction);
  const ranks = yield* reporting(rankVariables(left));
  const mark = builder.mark;
  let spent = reduction.steps;
  let furthest = 0;
  for (const [trial, [by, share]] of ATTEMPTS.entries()) {
    if (trial === TRIALS && furthest < HOPELESS_SHARE) return undefined;
    const stepsMax = Math.min(share * budget.stepsMax, budget.stepsMax - spent);
    const task = { ...left, builder, rank: ranks[by], cacheMax: budget.componentsMax };
    const compiler = new ComponentCompiler(task);
    const isDone = yield* run(compiler, builder, { ...budget, stepsMax });
    if (isDone) return yield* close(builder, builder.all([...nodes, compiler.root]), problem);
    builder.forget(mark);
    spent += compiler.steps;
    furthest = Math.max(furthest, compiler.progress);
  }
  return undefined;
}

/** The circuit under a root, as small as it is easily made. */
function* close(builder: CircuitBuilder, root: Node, { optionAt }: Problem): Work<Circuit> {
  const whole = yield* reporting(builder.finish(root));
  return yield* reporting(shareParts(whole, optionAt));
}

/** Slices that do not know how far they have come, as some that begin or end the work. */
function* reporting<T>(slices: Generator<undefined, T>): Work<T> {
  let step = slices.next();
  for (; step.done !== true; step = slices.next()) yield { done: 0, of: PARTS };
  return step.value;
}

/** Works a compiler off; false where a budget ran out. */
function* run(
  compiler: ComponentCompiler,
  builder: CircuitBuilder,
  { stepsMax, edgesMax }: CircuitBudget,
): Work<boolean> {
  let slice = compiler.steps;
  while (!compiler.step()) {
    if (compiler.steps > stepsMax || builder.edges > edgesMax) return false;
    if (compiler.steps - slice < SLICE) continue;
    slice = compiler.steps;
    yield { done: Math.floor(PARTS * compiler.progress), of: PARTS };
  }
  return true;
}
