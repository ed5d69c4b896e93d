import type { Branch } from './ascent.ts';
import { boundOf, type Costs, cheapestClass, liesIn, sumOf } from './costs.ts';
import { assign, nextClass, type Store } from './domains.ts';
import { descend, grainOf, type Hunt, isHopeless, ROUNDS_FIRST } from './hunt.ts';
import { type Part, splitOpen } from './parts.ts';
import { buildBoundTask, type Relaxation } from './relaxation.ts';
import { follow, readOff, type Task } from './task.ts';

/** The cheapest assignment, or a lower bound of its sum when the budget ran out. */
export type Optimum =
  | { readonly kind: 'optimal'; readonly sum: number; readonly classes: Int32Array }
  | { readonly kind: 'unknown'; readonly atLeast: number };

/** What to minimise over. */
export interface Goal {
  readonly costs: Costs;
  readonly relaxation: Relaxation;
  /** Assignments that obey all constraints; those outside the store are passed over. */
  readonly witnesses: readonly Int32Array[];
  /** A sum below which there is none, if one is known. */
  readonly atLeast: number;
  /**
   * The place of each class in the order of its variable, laid out as the costs; different places
   * within a variable. Where given, the answer is the first of the cheapest assignments: variable by
   * variable, in the order of their numbers. Otherwise any of them will do.
   */
  readonly places?: Int32Array;
}

/** The witness with the least sum over some variables. */
function bestWitness(
  goal: Goal,
  witnesses: readonly Int32Array[],
  variables: readonly number[],
): { readonly sum: number; readonly classes: Int32Array | undefined } {
  let [sum, classes]: [number, Int32Array | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const witness of witnesses) {
    const own = sumOf(goal.costs, witness, variables);
    if (own < sum) [sum, classes] = [own, witness];
  }
  return { sum, classes };
}

type Solved =
  | { readonly kind: 'solved'; readonly classes: Int32Array }
  | { readonly kind: 'unknown'; readonly atLeast: number };

function solvePart(
  task: Task,
  store: Store,
  goal: Goal,
  of: { readonly part: Part; readonly known: ReturnType<typeof bestWitness> },
): Solved {
  const { costs, relaxation } = goal;
  const { known, part } = of;
  const own = { ...task, variables: part.variables };
  const { grain, offset } = grainOf(costs, store, own);
  const bounds = buildBoundTask(relaxation, costs, { ...part, store });
  const hunt: Hunt = {
    task: own,
    costs,
    bounds,
    grain,
    offset,
    stack: [],
    best: known.sum,
    enough: Number.NEGATIVE_INFINITY,
    classes: undefined,
    isCut: false,
    atLeast: boundOf(task.network.layout, costs, store, part.variables),
  };
  descend(hunt, store.slice(), bounds.start, 0);
  const classes = hunt.classes ?? known.classes;
  const isSolved = !hunt.isCut && classes !== undefined;
  if (isSolved && goal.places === undefined) return { kind: 'solved', classes };
  const first = isSolved ? firstOfPart(hunt, store, classes, goal) : undefined;
  if (first !== undefined) return { kind: 'solved', classes: first };
  // Sums are whole numbers of grains apart.
  const steps = Math.ceil((hunt.atLeast - offset) / grain);
  return { kind: 'unknown', atLeast: offset + steps * grain };
}

/** Classes of a variable in a store that stand before one, first to last. */
function classesBefore(hunt: Hunt, store: Store, places: Int32Array, at: Branch): number[] {
  const { layout } = hunt.task.network;
  const from = hunt.costs.from[at.v] ?? 0;
  const placeOf = (c: number): number => places[from + c] ?? 0;
  const before: number[] = [];
  for (
    let c = nextClass(layout, store, at.v, 0);
    c >= 0;
    c = nextClass(layout, store, at.v, c + 1)
  ) {
    if (placeOf(c) < placeOf(at.c)) before.push(c);
  }
  return before.sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Of the assignments of a part that cost as little as a known one, the first by places; undefined
 * when the budget runs out. Each variable in turn asks for the classes before the one it has: most
 * often propagation or a bound denies it at once.
 */
function firstOfPart(
  hunt: Hunt,
  within: Store,
  known: Int32Array,
  { costs, places = new Int32Array(0) }: Goal,
): Int32Array | undefined {
  const { bounds, grain, task } = hunt;
  const { layout } = task.network;
  const enough = sumOf(costs, known, task.variables);
  const store = within.slice();
  const potentials = bounds.start.slice();
  isHopeless({ ...hunt, best: enough + grain }, store, potentials, ROUNDS_FIRST);
  let first = known;
  for (const v of [...task.variables].sort((a, b) => a - b)) {
    for (const c of classesBefore(hunt, store, places, { v, c: first[v] ?? 0 })) {
      const child = store.slice();
      if (!assign(layout, child, v, c) || !follow(task, child, v)) continue;
      const seek: Hunt = { ...hunt, best: enough + grain, enough, stack: [], classes: undefined };
      descend(seek, child, potentials, 1);
      if (seek.isCut) return undefined;
      if (seek.classes === undefined) continue;
      first = seek.classes;
      break;
    }
    assign(layout, store, v, first[v] ?? 0);
    follow(task, store, v);
  }
  return first;
}

/** A part without constraints: each variable takes its cheapest class, the first of equals. */
function solveFree(task: Task, store: Store, { costs, places }: Goal, part: Part): Int32Array {
  const { layout } = task.network;
  const classes = new Int32Array(layout.sizes.length);
  for (const v of part.variables) {
    const from = costs.from[v] ?? 0;
    let best = cheapestClass(layout, costs, store, v);
    for (let c = best; c >= 0; c = nextClass(layout, store, v, c + 1)) {
      const isEqual = costs.amounts[from + c] === costs.amounts[from + best];
      if (isEqual && (places?.[from + c] ?? 0) < (places?.[from + best] ?? 0)) best = c;
    }
    classes[v] = best;
  }
  return classes;
}

/**
 * The least sum over all assignments in a store that has been propagated and holds one at least.
 * What is left of the component is split into independent parts; each is solved by depth-first
 * branch and bound under the dual bound of its linear relaxation, from the best part of a witness.
 * The first of equals costs further hunts, each for a sum that is known.
 */
export function minimise(task: Task, store: Store, goal: Goal): Optimum {
  const { costs } = goal;
  const { layout } = task.network;
  const witnesses = goal.witnesses.filter((each) => liesIn(layout, store, each, task.variables));
  const parts = splitOpen(task, store, goal.relaxation).map((part) => ({
    part,
    known: bestWitness(goal, witnesses, part.variables),
  }));
  const classes = readOff(task, store);
  const put = (part: Part, from: Int32Array): void => {
    for (const v of part.variables) classes[v] = from[v] ?? 0;
  };
  for (const { part, known } of parts) {
    if (part.live.length === 0) put(part, solveFree(task, store, goal, part));
    else if (known.classes !== undefined) put(part, known.classes);
  }
  const isKnown = parts.every(({ part, known }) => part.live.length === 0 || known.classes);
  const free = boundOf(layout, costs, store, task.variables);
  const bound = Math.max(goal.atLeast, free);
  const sum = sumOf(costs, classes, task.variables);
  if (isKnown && goal.places === undefined && sum <= bound)
    return { kind: 'optimal', sum, classes };
  for (const each of parts) {
    if (each.part.live.length === 0) continue;
    const solved = solvePart(task, store, goal, each);
    if (solved.kind === 'unknown') {
      const naive = boundOf(layout, costs, store, each.part.variables);
      return { kind: 'unknown', atLeast: Math.max(bound, free + solved.atLeast - naive) };
    }
    put(each.part, solved.classes);
  }
  return { kind: 'optimal', sum: sumOf(costs, classes, task.variables), classes };
}
