import type { Work } from '@keepsake/kernel';
import { compileProblem } from '../diagram/compile-problem.ts';
import type { Problem } from '../problem/problem.ts';
import type { CircuitCompiler, Explorer } from './explorer.ts';

/** What compiling a model may cost. */
export interface PrepareOptions {
  /** Nodes of diagrams that may be held at a time; see `CompileOptions`. */
  readonly nodesMax?: number;
  /** Edges that may be looked at while diagrams are made. */
  readonly stepsMax?: number;
  /** Further orders that are tried for a smaller diagram; see `CompileOptions`. */
  readonly polish?: number;
  /**
   * For Boolean models that outgrow diagrams: `circuitsWithin()` of `@keepsake/configurator/circuits`.
   * Without it they are left to search.
   */
  readonly circuits?: CircuitCompiler;
}

/** What stands ready, in numbers. */
export interface Prepared {
  readonly kind: 'diagrams' | 'circuit' | 'search';
  readonly nodes: number;
  readonly edges: number;
}

/** Beyond so many features an order of levels that stays small is too rare to look for it first. */
const FEATURES_MAX = 400;
/** For a Boolean model a diagram is a first try only; a circuit comes after it. */
const FIRST_TRY = { nodesMax: 400_000, stepsMax: 40_000_000 };

function isBoolean(problem: Problem): boolean {
  return (
    problem.sizes.every((size) => size <= 2) &&
    problem.constraints.every(
      ({ kind }) => kind === 'clause' || kind === 'count' || kind === 'linear',
    )
  );
}

function* prepareDiagrams(
  explorer: Explorer,
  limits: Omit<PrepareOptions, 'circuits'>,
): Work<Prepared | undefined> {
  const compiled = yield* compileProblem(explorer.model.problem, limits);
  if (compiled.kind !== 'compiled') return undefined;
  const { diagrams, stats } = compiled;
  explorer.compiled = { kind: 'diagrams', diagrams };
  return { kind: 'diagrams', nodes: stats.nodes, edges: stats.edges };
}

function* prepareCircuit(
  explorer: Explorer,
  compile: CircuitCompiler | undefined,
): Work<Prepared | undefined> {
  const circuit = compile && (yield* compile(explorer.model.problem));
  if (circuit === undefined) return undefined;
  explorer.compiled = { kind: 'circuit', circuit };
  return { kind: 'circuit', nodes: circuit.nodes, edges: circuit.edges };
}

/**
 * Compiles a model as far as budgets allow, in slices: to diagrams; a Boolean one to a circuit where
 * diagrams grow too large. Positions made from then on are answered by it; search answers those
 * before, and all where neither fits. Give the work up at any time.
 */
export function* prepareExplorer(explorer: Explorer, options: PrepareOptions = {}): Work<Prepared> {
  const { problem } = explorer.model;
  const isFeatures = isBoolean(problem);
  let prepared: Prepared | undefined;
  if (!isFeatures) prepared = yield* prepareDiagrams(explorer, options);
  else if (problem.sizes.length <= FEATURES_MAX || options.circuits === undefined) {
    prepared = yield* prepareDiagrams(explorer, { ...FIRST_TRY, ...options });
  }
  if (prepared === undefined && isFeatures) {
    prepared = yield* prepareCircuit(explorer, options.circuits);
  }
  return prepared ?? { kind: 'search', nodes: 0, edges: 0 };
}
