import type { Backend, ClassTable, Completed, Decided, Problem, Sweep } from '../solve/problem.ts';
import { searchBackend } from '../solve/search-backend.ts';
import { toDense } from './dense-diagram.ts';
import { compileDiagram, type Diagram, type DiagramTask, type Work } from './old-compile.ts';
import { type Amounts, cheapestPath, type Fixed, markValid, sweepUp } from './sweep.ts';

/** Answers remembered for each component at most; the oldest goes first. */
const ANSWERS_MAX = 512;

/** One component, compiled. */
interface Compiled {
  readonly diagram: Diagram;
  readonly sweeps: Map<string, Sweep>;
  readonly completions: Map<string, Completed>;
}

/**
 * The backend of diagrams: once a component is compiled, every answer is a few passes over its
 * edges. Until then, and for a component that outgrows the budget of nodes or holds a condition too
 * wide for a table, search answers. `prepare` compiles, a slice at a time.
 */
export function diagramBackend(problem: Problem): Backend {
  const search = searchBackend(problem);
  const compiled = new Map<number, Compiled>();
  const work = compileAll(problem, compiled);
  let isPrepared = false;
  const sweepOf = (entry: Compiled, decided: Decided): Sweep =>
    remembered(entry.sweeps, keyOf(entry.diagram, decided), () =>
      sweep(problem, entry.diagram, decided),
    );
  return {
    name: 'diagram',
    prepare: (slices) => {
      for (let slice = 0; slice < slices && !isPrepared; slice++) {
        isPrepared = work.next().done === true;
      }
      return isPrepared;
    },
    adopt: (diagrams) => {
      for (const diagram of diagrams) {
        const component = problem.componentOf[diagram.order[0] ?? 0] ?? 0;
        const dense = toDense(diagram, (v) => problem.network.layout.sizes[v] ?? 1);
        compiled.set(component, { diagram: dense, sweeps: new Map(), completions: new Map() });
      }
      isPrepared = true;
    },
    sweep: (component, decided, meter) => {
      const entry = compiled.get(component);
      return entry === undefined
        ? search.sweep(component, decided, meter)
        : sweepOf(entry, decided);
    },
    isPossible: (component, decided, meter) => {
      const entry = compiled.get(component);
      return entry === undefined
        ? search.isPossible(component, decided, meter)
        : sweepOf(entry, decided).outcome === 'possible';
    },
    complete: (component, decided, meter) => {
      const entry = compiled.get(component);
      if (entry === undefined) return search.complete(component, decided, meter);
      return remembered(entry.completions, keyOf(entry.diagram, decided), () =>
        complete(problem, entry.diagram, decided),
      );
    },
  };
}

function* compileAll(problem: Problem, into: Map<number, Compiled>): Work<void> {
  for (const component of problem.components.keys()) {
    const task = taskOf(problem, component);
    const diagram = task && (yield* compileDiagram(task));
    if (diagram === undefined) continue;
    into.set(component, { diagram, sweeps: new Map(), completions: new Map() });
  }
}

/** A component as the compiler takes it; undefined when it holds what is no table. */
function taskOf(problem: Problem, component: number): DiagramTask | undefined {
  const variables = problem.components[component] ?? [];
  const { sizes } = problem.network.layout;
  const tables: ClassTable[] = [];
  for (const { scope, rows } of problem.tables) {
    if (problem.componentOf[scope[0] ?? -1] !== component) continue;
    if (rows === undefined) return undefined;
    tables.push({ scope, rows });
  }
  return { variables, sizes, tables };
}

function keyOf(diagram: Diagram, decided: Decided): string {
  let key = '';
  for (const v of diagram.order) key += `${decided[v] ?? -1},`;
  return key;
}

function remembered<T>(answers: Map<string, T>, key: string, work: () => T): T {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = work();
  const oldest = answers.keys().next().value;
  if (answers.size >= ANSWERS_MAX && oldest !== undefined) answers.delete(oldest);
  answers.set(key, answer);
  return answer;
}

function fixedBy({ classes }: Problem, diagram: Diagram, decided: Decided): Fixed {
  return Int32Array.from(diagram.order, (v) => {
    const own = decided[v] ?? -1;
    return own < 0 ? -1 : (classes.classOf[v]?.[own] ?? -1);
  });
}

/** The amount of each class: of its decided value, else the best of its members. */
function amountsOf(
  { lookup, classes }: Problem,
  diagram: Diagram,
  decided: Decided,
  better: (a: number, b: number) => number,
): Amounts {
  return Array.from(diagram.order, (v) => {
    const amounts = lookup.variables[v]?.amountsMinor ?? [];
    const own = decided[v] ?? -1;
    const members = classes.members[v] ?? [];
    const best = Float64Array.from(members, (list) =>
      list.map((i) => amounts[i] ?? 0).reduce((a, b) => better(a, b)),
    );
    if (own >= 0) best[classes.classOf[v]?.[own] ?? 0] = amounts[own] ?? 0;
    return best;
  });
}

function sweep(problem: Problem, diagram: Diagram, decided: Decided): Sweep {
  const { layout } = problem.network;
  const words = layout.at[layout.sizes.length] ?? 0;
  const fixed = fixedBy(problem, diagram, decided);
  const least = sweepUp(diagram, fixed, amountsOf(problem, diagram, decided, Math.min), 1);
  const most = sweepUp(diagram, fixed, amountsOf(problem, diagram, decided, Math.max), -1);
  const valid = new Int32Array(words);
  markValid(diagram, fixed, least, { layout, store: valid });
  const min = least[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const isPossible = min < Number.POSITIVE_INFINITY;
  return {
    outcome: isPossible ? 'possible' : 'impossible',
    valid,
    unsure: new Int32Array(words),
    minMinor: isPossible ? min : 0,
    maxMinor: isPossible ? (most[0]?.[0] ?? 0) : 0,
    isExact: true,
  };
}

/** What is decided, then each wish in the order of the variables, then the cheapest rest. */
function complete(problem: Problem, diagram: Diagram, decided: Decided): Completed {
  const { lookup, classes } = problem;
  const wished = decided.slice();
  const levelOf = new Map(Array.from(diagram.order, (v, l) => [v, l]));
  const fixed = fixedBy(problem, diagram, decided);
  let witness = cheapestPath(diagram, fixed, wishCosts(problem, diagram));
  if (witness === undefined) return { kind: 'impossible' };
  for (const v of [...diagram.order].sort((a, b) => a - b)) {
    const wish = lookup.variables[v]?.wish ?? -1;
    const level = levelOf.get(v) ?? 0;
    if (wish < 0 || (decided[v] ?? -1) >= 0) continue;
    const wanted = classes.classOf[v]?.[wish] ?? 0;
    fixed[level] = wanted;
    if (witness[level] !== wanted) {
      const other = cheapestPath(diagram, fixed, wishCosts(problem, diagram));
      if (other === undefined) {
        fixed[level] = -1;
        continue;
      }
      witness = other;
    }
    wished[v] = wish;
  }
  const path = cheapestPath(diagram, fixed, amountsOf(problem, diagram, wished, Math.min));
  if (path === undefined) return { kind: 'impossible' };
  return { kind: 'complete', indexes: indexesOf(problem, diagram, wished, path) };
}

/** A cost of 1 for every class that is not wished for: the cheapest path grants most wishes. */
function wishCosts({ lookup, classes }: Problem, diagram: Diagram): Amounts {
  return Array.from(diagram.order, (v) => {
    const wish = lookup.variables[v]?.wish ?? -1;
    const costs = new Float64Array(classes.members[v]?.length ?? 1);
    if (wish < 0) return costs;
    costs.fill(1);
    costs[classes.classOf[v]?.[wish] ?? 0] = 0;
    return costs;
  });
}

function indexesOf(
  { lookup, classes }: Problem,
  diagram: Diagram,
  wished: Decided,
  path: Int32Array,
): Int32Array {
  const indexes = new Int32Array(wished.length).fill(-1);
  diagram.order.forEach((v, l) => {
    const amounts = lookup.variables[v]?.amountsMinor ?? [];
    const members = classes.members[v]?.[path[l] ?? 0] ?? [];
    let best = members[0] ?? 0;
    for (const i of members) if ((amounts[i] ?? 0) < (amounts[best] ?? 0)) best = i;
    const own = wished[v] ?? -1;
    indexes[v] = own >= 0 ? own : best;
  });
  return indexes;
}
