/** What is measured: published models where their data are at hand, generated and own ones always. */
import { compileSpace } from '@keepsake/configurator';
import type { Model } from '@keepsake/configurator/explore';
import { readTableJson } from '@keepsake/configurator/formats';
import { seededRandom } from '@keepsake/kernel';
// Generators and problems without names are no part of the package's interface.
import { problemOf } from '../../packages/configurator/src/family-problem.ts';
import type { Problem } from '../../packages/configurator/src/problem/problem.ts';
import {
  benchmarkFolder,
  readBenchmark,
} from '../../packages/configurator/src/testing/benchmark-data.ts';
import {
  type CarFamilySize,
  carFamily,
} from '../../packages/configurator/src/testing/car-family.ts';
import { familyText, readFamily } from '../support/families.ts';

/** A model to be measured, and what each option adds to its price. */
export interface Instance {
  readonly model: Model;
  readonly amounts: Float64Array;
}

/** What instance to make; plain data, so that a child process can make it. */
export type InstanceTask =
  | { readonly kind: 'tables'; readonly title: string; readonly file: string }
  | { readonly kind: 'cars'; readonly title: string; readonly size: CarFamilySize }
  | { readonly kind: 'family'; readonly title: string; readonly folder: string };

const MEGANE = { variables: 99, values: 396, tables: 113, rows: 112_680 };
const BIG = { variables: 268, values: 1_273, tables: 332, rows: 225_989 };

/** Models of tables, from small to large. */
export const TABLE_MODELS: readonly InstanceTask[] = [
  { kind: 'family', title: 'bicycle of the examples', folder: 'bicycle' },
  { kind: 'tables', title: 'Renault, small', file: 'renault_small.json' },
  { kind: 'cars', title: 'car family, as the Mégane', size: { ...MEGANE, seed: 2 } },
  { kind: 'cars', title: 'car family, large', size: { ...BIG, seed: 2 } },
];

/** Makes an instance; undefined where its data are not at hand. */
export function loadInstance(task: InstanceTask): Instance | undefined {
  if (task.kind === 'cars') return priced(modelOf(task.title, carFamily(task.size)));
  if (task.kind === 'family') {
    const space = compileSpace(readFamily(familyText(task.folder)));
    return priced(modelOf(task.title, problemOf(space).problem));
  }
  if (benchmarkFolder() === undefined) return undefined;
  const read = readTableJson(readBenchmark(task.file));
  if (read.kind === 'refused') throw new Error(`${task.file}: ${read.error[0]?.message}`);
  return priced(read.value);
}

/** Prices by chance, the same for the same model: whole amounts to a thousand. */
function priced(model: Model): Instance {
  const dice = seededRandom(11);
  const options = model.problem.optionAt.at(-1) ?? 0;
  return { model, amounts: Float64Array.from({ length: options }, () => dice.below(1000)) };
}

/** A problem as a model, its names made up. */
export function modelOf(name: string, problem: Problem): Model {
  const { constraints } = problem;
  return {
    name,
    variables: Array.from(problem.sizes, (size, v) => ({
      name: `v${v}`,
      values: size === 2 ? [false, true] : Array.from({ length: size }, (_, x) => x),
    })),
    declared: problem.sizes.length,
    problem,
    rules: constraints.map(({ kind }, k) => ({ id: `rule-${k}`, text: `${kind} ${k}` })),
    ruleOf: Int32Array.from(constraints.keys()),
    outside: [],
  };
}

/** Rows of all tables, or clauses where there are none. */
export function rulesOf({ problem }: Model): number {
  return problem.constraints.reduce((sum, each) => {
    if (each.kind === 'table') return sum + each.rows.length / Math.max(1, each.scope.length);
    return sum + (each.kind === 'boxes' ? each.rows.length : 1);
  }, 0);
}
