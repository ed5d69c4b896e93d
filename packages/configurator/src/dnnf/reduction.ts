import type { Problem } from '../problem/problem.ts';
import { CircuitBuilder, type Node } from './circuit-builder.ts';
import type { Formula, Lit } from './formula.ts';

/**
 * A formula that is being made smaller. What is taken out of it lives on in the nodes of the
 * literals that stay: the node of a literal says the literal and all that hangs on it alone.
 */
export interface Reduction {
  readonly builder: CircuitBuilder;
  readonly variables: number;
  /** Of each literal. */
  readonly nodes: Int32Array;
  /** Of each literal: 1 true, -1 false, 0 open. */
  readonly value: Int8Array;
  /** Of each variable: whether another variable's nodes hold it. */
  readonly isGone: Uint8Array;
  clauses: Lit[][];
  exclusions: Lit[][];
  isContradiction: boolean;
  /** Literals looked at so far. */
  steps: number;
}

/** Clauses after which a slice ends. */
const SLICE = 4096;

/** The option that a literal of a declared variable says. */
function optionOf(problem: Problem, lit: Lit): number {
  const v = lit >> 1;
  return (problem.optionAt[v] ?? 0) + (problem.sizes[v] === 2 ? 1 - (lit & 1) : 0);
}

/**
 * Begins with the formula as it is, and takes its lists over. The nodes of auxiliary literals hold always: a design has one
 * way to set them, so nothing is counted twice.
 */
export function beginReduction(problem: Problem, formula: Formula): Reduction {
  const builder = new CircuitBuilder(problem.optionAt.at(-1) ?? 0);
  const { variables, declared } = formula;
  const nodes = Int32Array.from({ length: 2 * variables }, (_, lit) => {
    if (lit >> 1 >= declared) return builder.yes;
    return problem.sizes[lit >> 1] === 1 && (lit & 1) === 1 ? builder.no : optionOf(problem, lit);
  });
  return {
    builder,
    variables,
    nodes,
    value: new Int8Array(2 * variables),
    isGone: new Uint8Array(variables),
    clauses: formula.clauses,
    exclusions: formula.exclusions,
    isContradiction: false,
    steps: 0,
  };
}

/** Makes a literal true for good; false where it was already so. */
export function fix(reduction: Reduction, lit: Lit): boolean {
  const value = reduction.value[lit];
  if (value === 1) return false;
  if (value === -1) {
    reduction.isContradiction = true;
    return false;
  }
  reduction.value[lit] = 1;
  reduction.value[lit ^ 1] = -1;
  return true;
}

/** Whether a clause is as it should be: all open, ascending, each variable once. */
function isTidy({ value }: Reduction, clause: readonly Lit[]): boolean {
  let before = -2;
  for (const lit of clause) {
    if (value[lit] !== 0 || lit >> 1 <= before >> 1) return false;
    before = lit;
  }
  return true;
}

/** The open literals of a clause, each once, ascending; undefined where it holds anyway. */
function openClause(reduction: Reduction, clause: Lit[]): Lit[] | undefined {
  if (isTidy(reduction, clause)) return clause;
  const { value } = reduction;
  if (clause.some((lit) => value[lit] === 1)) return undefined;
  const open = clause.filter((lit) => value[lit] === 0).sort((a, b) => a - b);
  const kept = open.filter((lit, i) => lit !== open[i - 1]);
  return kept.some((lit, i) => kept[i + 1] === (lit ^ 1)) ? undefined : kept;
}

/** A name for a clause, the same for equal ones: a number where it has two literals. */
function nameOf(clause: readonly Lit[], literals: number): number | string {
  const [a = 0, b = 0] = clause;
  return clause.length === 2 ? a * literals + b : clause.join();
}

/** Clauses without what is settled, each once; answers whether a variable was settled on the way. */
function* tidyClauses(reduction: Reduction): Generator<undefined, boolean> {
  let isFixed = false;
  const known = new Set<number | string>();
  const kept: Lit[][] = [];
  for (const [row, clause] of reduction.clauses.entries()) {
    if (row % SLICE === SLICE - 1) yield;
    reduction.steps += clause.length;
    const open = openClause(reduction, clause);
    if (open === undefined) continue;
    const [first] = open;
    if (first === undefined) reduction.isContradiction = true;
    else if (open.length === 1) isFixed = fix(reduction, first) || isFixed;
    else {
      const { size } = known;
      if (known.add(nameOf(open, 2 * reduction.variables)).size > size) kept.push(open);
    }
  }
  reduction.clauses = kept;
  return isFixed;
}

/**
 * The literals that an exclusion still holds apart. A literal that stands there twice cannot hold;
 * where one stands there with its opposite, one of the two holds and no other can.
 */
function openExclusion(reduction: Reduction, exclusion: readonly Lit[]): Lit[] {
  const sorted = [...exclusion].sort((a, b) => a - b);
  const own = new Set(sorted);
  const isFull =
    sorted.some((lit) => reduction.value[lit] === 1) || sorted.some((lit) => own.has(lit ^ 1));
  const open: Lit[] = [];
  sorted.forEach((lit, i) => {
    const isTwice = sorted[i - 1] === lit || sorted[i + 1] === lit;
    const isPaired = own.has(lit ^ 1);
    if (reduction.value[lit] === 0) {
      if (isTwice || (isFull && !isPaired)) fix(reduction, lit ^ 1);
      else open.push(lit);
    } else if (reduction.value[lit] === 1 && isTwice) reduction.isContradiction = true;
  });
  return open;
}

function tidyExclusions(reduction: Reduction): boolean {
  const { value } = reduction;
  let isFixed = false;
  const kept: Lit[][] = [];
  for (const exclusion of reduction.exclusions) {
    reduction.steps += exclusion.length;
    const trues = exclusion.filter((lit) => value[lit] === 1);
    if (trues.length > 1) reduction.isContradiction = true;
    const before = exclusion.filter((lit) => value[lit] === 0).length;
    const open = openExclusion(reduction, exclusion);
    if (exclusion.filter((lit) => value[lit] === 0).length < before) isFixed = true;
    if (trues.length > 0) continue;
    if (open.length > 2) kept.push(open);
    else if (open.length === 2) reduction.clauses.push(open.map((lit) => lit ^ 1));
  }
  reduction.exclusions = kept;
  return isFixed;
}

/** Takes settled variables out of all constraints, until nothing more follows from one alone. */
export function* tidy(reduction: Reduction): Generator<undefined, void> {
  let isFixed = true;
  while (isFixed && !reduction.isContradiction) {
    const byExclusions = tidyExclusions(reduction);
    isFixed = (yield* tidyClauses(reduction)) || byExclusions;
  }
}

/** What all that is settled or bound by nothing says, and the literals of what is left. */
export function settledNodes(reduction: Reduction): Node[] {
  const { builder, nodes, value, isGone } = reduction;
  const isBound = new Uint8Array(reduction.variables);
  for (const list of [...reduction.clauses, ...reduction.exclusions]) {
    for (const lit of list) isBound[lit >> 1] = 1;
  }
  const settled: Node[] = [];
  for (let v = 0; v < reduction.variables; v++) {
    if (isGone[v] === 1 || isBound[v] === 1) continue;
    const [pro = builder.yes, contra = builder.yes] = [nodes[2 * v], nodes[2 * v + 1]];
    if (value[2 * v] === 1) settled.push(pro);
    else if (value[2 * v] === -1) settled.push(contra);
    else settled.push(builder.either(pro, contra));
  }
  return settled;
}
