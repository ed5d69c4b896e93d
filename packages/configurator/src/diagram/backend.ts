import type { Work } from '@keepsake/kernel';
import { problemOf } from '../family-problem.ts';
import { answer, makeAnswer } from '../questions/answer.ts';
import { firstCheapestPath } from '../questions/first-path.ts';
import { cheapestPath } from '../questions/paths.ts';
import { cheapestIndex, placesOf } from '../solve/costs.ts';
import { addClass } from '../solve/domains.ts';
import type { Backend, Completed, Decided, Problem, Sweep } from '../solve/problem.ts';
import { searchBackend } from '../solve/search-backend.ts';
import { FAMILY_BUDGET } from './compile.ts';
import { listTasks } from './compile-problem.ts';
import type { Diagram } from './diagram.ts';

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
        compiled.set(component, { diagram, sweeps: new Map(), completions: new Map() });
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
  for (const task of listTasks(problemOf(problem).problem)) {
    const component = problem.componentOf[task.variables[0] ?? 0] ?? 0;
    // A constraint may join variables for the space that it leaves apart for the compiler.
    if (problem.components[component]?.length !== task.variables.length) continue;
    const result = yield* task.compile(FAMILY_BUDGET);
    if (result.kind !== 'compiled') continue;
    const { diagram } = result;
    into.set(component, { diagram, sweeps: new Map(), completions: new Map() });
  }
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

/** Classes and what they add, as the questions about a diagram take them: classes are options. */
interface Sheet {
  readonly optionAt: Int32Array;
  readonly amounts: Float64Array;
}

function optionsOf({ network }: Problem): Int32Array {
  const { sizes } = network.layout;
  const optionAt = new Int32Array(sizes.length + 1);
  for (let v = 0; v < sizes.length; v++) optionAt[v + 1] = (optionAt[v] ?? 0) + (sizes[v] ?? 0);
  return optionAt;
}

function classesOf({ classes }: Problem, decided: Decided): Int32Array {
  return decided.map((own, v) => (own < 0 ? -1 : (classes.classOf[v]?.[own] ?? -1)));
}

/** The amount of each class: of its decided value, else the best of its members. */
function amountsOf(
  problem: Problem,
  diagram: Diagram,
  decided: Decided,
  better: (a: number, b: number) => number,
): Sheet {
  const { lookup, classes } = problem;
  const optionAt = optionsOf(problem);
  const sheet = new Float64Array(optionAt.at(-1) ?? 0);
  for (const v of diagram.order) {
    const amounts = lookup.variables[v]?.amountsMinor ?? [];
    const from = optionAt[v] ?? 0;
    classes.members[v]?.forEach((list, c) => {
      sheet[from + c] = list.map((i) => amounts[i] ?? 0).reduce((a, b) => better(a, b));
    });
    const own = decided[v] ?? -1;
    if (own >= 0) sheet[from + (classes.classOf[v]?.[own] ?? 0)] = amounts[own] ?? 0;
  }
  return { optionAt, amounts: sheet };
}

function sweep(problem: Problem, diagram: Diagram, decided: Decided): Sweep {
  const { layout } = problem.network;
  const words = layout.at[layout.sizes.length] ?? 0;
  const own = classesOf(problem, decided);
  const cheap = amountsOf(problem, diagram, decided, Math.min);
  const dear = amountsOf(problem, diagram, decided, Math.max);
  const into = makeAnswer(cheap.amounts.length);
  const { greatest } = answer(diagram, { ...dear, decided: own }, into);
  const { least } = answer(diagram, { ...cheap, decided: own }, into);
  const valid = new Int32Array(words);
  for (const v of diagram.order) {
    const from = cheap.optionAt[v] ?? 0;
    for (let c = 0; c < (layout.sizes[v] ?? 0); c++) {
      if (into.valid[from + c] === 1) addClass(layout, valid, v, c);
    }
  }
  const isPossible = least < Number.POSITIVE_INFINITY;
  return {
    outcome: isPossible ? 'possible' : 'impossible',
    valid,
    unsure: new Int32Array(words),
    minMinor: isPossible ? least : 0,
    maxMinor: isPossible ? greatest : 0,
    isExact: true,
  };
}

/** The same amounts, infinite for every class but the one that is fixed. */
function only({ optionAt, amounts }: Sheet, fixed: Int32Array): Sheet {
  const kept = amounts.slice();
  fixed.forEach((own, v) => {
    const [from, to] = [optionAt[v] ?? 0, optionAt[v + 1] ?? 0];
    for (let o = from; own >= 0 && o < to; o++) {
      if (o !== from + own) kept[o] = Number.POSITIVE_INFINITY;
    }
  });
  return { optionAt, amounts: kept };
}

/** What is decided, then each wish in the order of the variables, then the first cheapest rest. */
function complete(problem: Problem, diagram: Diagram, decided: Decided): Completed {
  const { lookup, classes } = problem;
  const wished = decided.slice();
  const fixed = classesOf(problem, decided);
  const levelOf = new Map(Array.from(diagram.order, (v, l) => [v, l]));
  const wishes = wishCosts(problem, diagram);
  let witness = cheapestPath(diagram, only(wishes, fixed))?.values;
  if (witness === undefined) return { kind: 'impossible' };
  for (const v of [...diagram.order].sort((a, b) => a - b)) {
    const wish = lookup.variables[v]?.wish ?? -1;
    if (wish < 0 || (decided[v] ?? -1) >= 0) continue;
    const wanted = classes.classOf[v]?.[wish] ?? 0;
    fixed[v] = wanted;
    if (witness[levelOf.get(v) ?? 0] !== wanted) {
      const other = cheapestPath(diagram, only(wishes, fixed))?.values;
      if (other === undefined) {
        fixed[v] = -1;
        continue;
      }
      witness = other;
    }
    wished[v] = wish;
  }
  const costs = amountsOf(problem, diagram, wished, Math.min);
  const places = placesOf(problem, (v) => lookup.variables[v]?.amountsMinor ?? []);
  const path = firstCheapestPath(diagram, { ...only(costs, fixed), places });
  if (path === undefined) return { kind: 'impossible' };
  return { kind: 'complete', indexes: indexesOf(problem, diagram, wished, path.values) };
}

/** A cost of 1 for every class that is not wished for: the cheapest path grants most wishes. */
function wishCosts(problem: Problem, diagram: Diagram): Sheet {
  const { lookup, classes } = problem;
  const optionAt = optionsOf(problem);
  const amounts = new Float64Array(optionAt.at(-1) ?? 0);
  for (const v of diagram.order) {
    const wish = lookup.variables[v]?.wish ?? -1;
    if (wish < 0) continue;
    amounts.fill(1, optionAt[v], optionAt[v + 1]);
    amounts[(optionAt[v] ?? 0) + (classes.classOf[v]?.[wish] ?? 0)] = 0;
  }
  return { optionAt, amounts };
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
    const own = wished[v] ?? -1;
    indexes[v] = own >= 0 ? own : cheapestIndex(members, amounts);
  });
  return indexes;
}
