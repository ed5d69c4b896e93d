import { finish, type Work } from '@keepsake/kernel';
import { accepts } from '../problem/accepts.ts';
import type { Constraint, Problem } from '../problem/problem.ts';
import { componentsOf, scopeOf } from '../problem/scopes.ts';
import { type CompileOptions, type CompileStats, compilePart } from './compile.ts';
import { type Diagram, emptyDiagram } from './diagram.ts';
import { type Relation, relationOf } from './relation.ts';

/** A problem as diagrams, or the statement which component is none. */
export type Compiled =
  | {
      readonly kind: 'compiled';
      /** One for each component, in the order of `componentsOf`. */
      readonly diagrams: readonly Diagram[];
      readonly stats: CompileStats;
    }
  | {
      readonly kind: 'too-large' | 'opaque';
      /** Which component outgrew the budget, or holds a condition that only search can keep. */
      readonly component: number;
      readonly stats: CompileStats;
    };

/** A component as a diagram, or the statement that it is none. */
export type CompiledComponent =
  | { readonly kind: 'compiled'; readonly diagram: Diagram; readonly stats: CompileStats }
  | { readonly kind: 'too-large' | 'opaque'; readonly stats: CompileStats };

const NO_STATS: CompileStats = { nodes: 0, edges: 0, peakNodes: 0, ordersTried: 0, steps: 0 };

/** A problem by components: the variables of each, and the constraints that bind them. */
interface Components {
  readonly lists: readonly Int32Array[];
  readonly constraints: readonly (readonly Constraint[])[];
  /** The place of each variable in its component. */
  readonly local: Int32Array;
  /** Whether a constraint over no variables fails. */
  readonly isImpossible: boolean;
}

function divide(problem: Problem): Components {
  const lists = componentsOf(problem);
  const own = new Int32Array(problem.sizes.length);
  const local = new Int32Array(problem.sizes.length);
  lists.forEach((list, c) => {
    list.forEach((v, i) => {
      own[v] = c;
      local[v] = i;
    });
  });
  const constraints: Constraint[][] = lists.map(() => []);
  let isImpossible = false;
  for (const constraint of problem.constraints) {
    const first = scopeOf(problem, constraint)[0];
    if (first !== undefined) constraints[own[first] ?? 0]?.push(constraint);
    else if (!accepts(problem, constraint, [])) isImpossible = true;
  }
  return { lists, constraints, local, isImpossible };
}

/** The diagram of a variable that nothing binds. Arrays are shared by all of the same size. */
function freeDiagram(variable: number, size: number, known: Map<number, Diagram>): Diagram {
  let shape = known.get(size);
  if (shape === undefined) {
    const values = Int32Array.from({ length: size }, (_, x) => x);
    shape = {
      order: new Int32Array(1),
      nodeAt: Int32Array.of(0, 1, 2),
      edgeAt: Int32Array.of(0, size, size),
      values: size <= 0x100 ? Uint8Array.from(values) : values,
      children: new Int32Array(size).fill(1),
    };
    known.set(size, shape);
  }
  return { ...shape, order: Int32Array.of(variable) };
}

/** Values of scopes that are read between two chances to pause. */
const SLICE = 1 << 16;

function* compileOne(
  problem: Problem,
  parts: Components,
  component: number,
  options: CompileOptions,
): Work<CompiledComponent> {
  const variables = parts.lists[component] ?? new Int32Array(0);
  const relations: Relation[] = [];
  let values = 0;
  for (const constraint of parts.constraints[component] ?? []) {
    const relation = yield* relationOf(problem, constraint, parts.local);
    if (relation === undefined) return { kind: 'opaque', stats: NO_STATS };
    relations.push(relation);
    values += relation.scope.reduce((sum, v) => sum + (problem.sizes[variables[v] ?? 0] ?? 1), 0);
    if (values < SLICE) continue;
    values = 0;
    yield { done: 0, of: 1 };
  }
  const alive = Array.from(variables, (v) => new Uint8Array(problem.sizes[v] ?? 1).fill(1));
  return yield* compilePart({ variables, alive, relations }, options);
}

function sum(a: CompileStats, b: CompileStats): CompileStats {
  return {
    nodes: a.nodes + b.nodes,
    edges: a.edges + b.edges,
    peakNodes: Math.max(a.peakNodes, b.peakNodes),
    ordersTried: a.ordersTried + b.ordersTried,
    steps: a.steps + b.steps,
  };
}

/** A component of a problem that can be compiled by itself. */
export interface ComponentTask {
  /** Its variables, ascending. */
  readonly variables: Int32Array;
  compile(options?: CompileOptions): Work<CompiledComponent>;
}

/** The components of a problem, in the order of `componentsOf`, each to be compiled by itself. */
export function listTasks(problem: Problem): readonly ComponentTask[] {
  const parts = divide(problem);
  const known = new Map<number, Diagram>();
  return parts.lists.map((variables, component) => ({
    variables,
    compile: (options = {}) => compileTask(problem, { parts, component, known }, options),
  }));
}

interface Task {
  readonly parts: Components;
  readonly component: number;
  /** Diagrams of free variables by their number of values. */
  readonly known: Map<number, Diagram>;
}

function* compileTask(
  problem: Problem,
  { parts, component, known }: Task,
  options: CompileOptions,
): Work<CompiledComponent> {
  const variables = parts.lists[component] ?? new Int32Array(0);
  const isFree = parts.constraints[component]?.length === 0;
  if (!parts.isImpossible && !isFree) {
    return yield* compileOne(problem, parts, component, options);
  }
  const first = variables[0] ?? 0;
  const diagram = parts.isImpossible
    ? emptyDiagram(variables)
    : freeDiagram(first, problem.sizes[first] ?? 1, known);
  return { kind: 'compiled', diagram, stats: NO_STATS };
}

/** Compiles every component of a problem; stops at the first that is too large or opaque. */
export function* compileProblem(problem: Problem, options: CompileOptions = {}): Work<Compiled> {
  const tasks = listTasks(problem);
  const diagrams: Diagram[] = [];
  let stats = NO_STATS;
  for (const [component, task] of tasks.entries()) {
    const result = yield* task.compile(options);
    stats = sum(stats, result.stats);
    if (result.kind !== 'compiled') return { kind: result.kind, component, stats };
    diagrams.push(result.diagram);
    if ((component & 1023) === 1023) yield { done: component, of: tasks.length };
  }
  return { kind: 'compiled', diagrams, stats };
}

/** Compiles a problem in one go. */
export function compileNow(problem: Problem, options: CompileOptions = {}): Compiled {
  return finish(compileProblem(problem, options));
}
