import { completeBySearch } from './complete.ts';
import { classesDecided, isPossibleWith } from './component-search.ts';
import { costsOf } from './costs.ts';
import type { Desk } from './desk.ts';
import { fullStore } from './domains.ts';
import { propagate } from './network.ts';
import type { Backend, Completed, Decided, Problem, Sweep } from './problem.ts';
import { buildRelaxation } from './relaxation.ts';
import { sweepBySearch } from './sweep.ts';

/** Answers remembered for each component at most; the oldest goes first. */
const ANSWERS_MAX = 512;

function keyOf(variables: readonly number[], decided: Decided): string {
  let key = '';
  for (const v of variables) key += `${String(decided[v] ?? -1)},`;
  return key;
}

function openDesk(problem: Problem): Desk {
  const { network } = problem;
  const root = fullStore(network.layout);
  const run = { meter: { left: 0 }, active: undefined };
  const isConsistent = problem.components.map((variables) => {
    const own = new Set(variables.flatMap((v) => [...(network.watching[v] ?? [])]));
    return propagate(network, root, { constraints: Int32Array.from(own) }, run);
  });
  return {
    problem,
    root,
    isConsistent,
    cheapest: costsOf(problem, 'cheapest'),
    relaxation: buildRelaxation(network),
    dearest: costsOf(problem, 'dearest'),
    witnesses: problem.components.map(() => []),
  };
}

function remember<T>(answers: Map<string, T>, key: string, answer: T): void {
  if (answers.size >= ANSWERS_MAX) {
    for (const oldest of answers.keys()) {
      answers.delete(oldest);
      break;
    }
  }
  answers.set(key, answer);
}

/** The answer for all but one of the decided variables, which the next one can only narrow. */
function findPrior(
  answers: Map<string, Sweep>,
  variables: readonly number[],
  decided: Decided,
): Sweep | undefined {
  const fewer = decided.slice();
  for (const v of variables) {
    const own = decided[v] ?? -1;
    if (own < 0) continue;
    fewer[v] = -1;
    const sweep = answers.get(keyOf(variables, fewer));
    fewer[v] = own;
    if (sweep !== undefined) return sweep;
  }
  return undefined;
}

/**
 * The backend that is always there: propagation and depth-first search, with the assignments found
 * so far kept as witnesses. Nothing is compiled beyond the space. Remembering changes no answer,
 * only its cost.
 */
export function searchBackend(problem: Problem): Backend {
  const desk = openDesk(problem);
  const sweeps = problem.components.map(() => new Map<string, Sweep>());
  const completions = problem.components.map(() => new Map<string, Completed>());
  const variablesOf = (component: number): readonly number[] => problem.components[component] ?? [];
  return {
    name: 'search',
    sweep(component, decided, meter) {
      const variables = variablesOf(component);
      const answers = sweeps[component] ?? new Map<string, Sweep>();
      const key = keyOf(variables, decided);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const prior = findPrior(answers, variables, decided);
      const sweep = sweepBySearch(desk, { component, variables, decided, meter, prior });
      const isWhole = sweep.isExact && sweep.unsure.every((word) => word === 0);
      if (isWhole && sweep.outcome !== 'unknown') remember(answers, key, sweep);
      return sweep;
    },
    isPossible(component, decided, meter) {
      const classes = classesDecided(problem, variablesOf(component), decided);
      return isPossibleWith(problem.search(component), classes, meter);
    },
    complete(component, decided, meter) {
      const variables = variablesOf(component);
      const answers = completions[component] ?? new Map<string, Completed>();
      const key = keyOf(variables, decided);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const completed = completeBySearch(desk, { component, variables, decided, meter });
      if (completed.kind !== 'unknown') remember(answers, key, completed);
      return completed;
    },
  };
}
