import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, it } from 'vitest';
import { readModel } from '../formats/index.ts';
import type { Model } from '../model/model.ts';
import { benchmarkFolder, FEATURE_MODELS, readBenchmark } from '../testing/benchmark-data.ts';
import { type OtherLogic, otherSolver, validityByOther } from '../testing/other-solver.ts';
import { circuitsWithin } from './circuits.ts';
import { openExplorer } from './explorer.ts';
import { countOf } from './figures.ts';
import { decideAt, type Position, startPosition } from './position.ts';
import { prepareExplorer } from './prepare.ts';

const Logic = (await import('logic-solver' as string)).default as OtherLogic;

const OTHERS = [
  ...['featureide-BikeConfigurator.xml', 'featureide-Sandwich.xml'],
  ...['renault_small.json', 'uvl-bike.uvl'],
];
const FILES = [...FEATURE_MODELS.flatMap((name) => [`${name}.dimacs`, `${name}.uvl`]), ...OTHERS];

/** Too large to ask another solver about every option. */
const NOT_ASKED = ['busybox-1.18.0.dimacs', 'financial-2018-05-09.dimacs'];
const SESSIONS = 7;
const STEPS = 5;

interface Truth {
  readonly count: string;
  readonly coreVars: readonly number[];
  readonly deadVars: readonly number[];
}

const meter = (): { left: number } => ({ left: 1e9 });

function read(name: string): Model {
  const result = readModel(readBenchmark(name), { name });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function searched(name: string): Position {
  return startPosition(openExplorer(read(name)), meter());
}

const known = new Map<string, Position>();

/** Compiled once for all tests. */
function compiled(name: string): Position {
  const own = known.get(name);
  if (own !== undefined) return own;
  const explorer = openExplorer(read(name));
  if (finish(prepareExplorer(explorer, { circuits: circuitsWithin() })).kind === 'search')
    throw new Error('it was not compiled');
  const position = startPosition(explorer, meter());
  known.set(name, position);
  return position;
}

/** Features by name without the option that they are there, or that they are not. */
function lacking({ explorer, validity }: Position, value: 0 | 1): readonly string[] {
  const { variables, declared, problem } = explorer.model;
  return variables
    .slice(0, declared)
    .flatMap(({ name }, v) =>
      // One file calls two features as words of the language, which the other had to write otherwise.
      validity[(problem.optionAt[v] ?? 0) + value] === 0
        ? [name.replace(/^(true|false)_0$/, '$1')]
        : [],
    )
    .sort();
}

/** An option of an open variable that can still be had; -1 where all is decided. */
function pick(dice: ReturnType<typeof seededRandom>, position: Position): readonly number[] {
  const { optionAt } = position.explorer.model.problem;
  const open: (readonly number[])[] = [];
  position.decided.forEach((value, v) => {
    const own = [...position.validity.slice(optionAt[v], optionAt[v + 1]).entries()];
    const valid = own.filter(([, is]) => is === 1);
    if (value < 0 && valid.length > 1) open.push(...valid.map(([x]) => [v, x]));
  });
  return open[dice.below(Math.max(1, open.length))] ?? [];
}

/** Takes valid decisions on two engines side by side, and tells each moment. */
function* walk(
  seed: number,
  [first, second]: readonly [Position, Position],
): Generator<readonly [Position, Position]> {
  const dice = seededRandom(seed);
  let at = [first, second] as const;
  yield at;
  for (let step = 0; step < STEPS; step++) {
    const [variable, value] = pick(dice, at[0]);
    if (variable === undefined || value === undefined) return;
    at = [
      decideAt(at[0], variable, value, meter()),
      decideAt(at[1], variable, value, meter()),
    ] as const;
    yield at;
  }
}

const isThere = benchmarkFolder() !== undefined;

describe.skipIf(!isThere)(isThere ? 'published models' : 'skipped: no benchmark data', () => {
  const truths = isThere
    ? (JSON.parse(readBenchmark('truth.json')) as Readonly<Record<string, Truth>>)
    : {};

  it.each(FEATURE_MODELS)(
    'CFG-25 %s, compiled, has its known designs, core and dead features',
    (name) => {
      const truth = truths[`${name}.dimacs`];
      const clauses = compiled(`${name}.dimacs`);
      const { variables } = clauses.explorer.model;
      const named = (numbers: readonly number[] = []): readonly string[] =>
        numbers.map((number) => variables[number - 1]?.name ?? '').sort();
      expect(countOf(clauses)).toBe(BigInt(truth?.count ?? -1));
      expect(lacking(clauses, 0)).toEqual(named(truth?.coreVars));
      expect(lacking(clauses, 1)).toEqual(named(truth?.deadVars));
      const tree = compiled(`${name}.uvl`);
      // Of one model the tree lacks 13 features, which are free to six kinds.
      const times = name === 'pc-richmond' ? 6n : 1n;
      expect(times * (countOf(tree) ?? 0n)).toBe(BigInt(truth?.count ?? -1));
      if (times > 1n) return;
      expect(lacking(tree, 0)).toEqual(lacking(clauses, 0));
      expect(lacking(tree, 1)).toEqual(lacking(clauses, 1));
    },
  );

  it('CFG-25 a car family of tables has its known designs and valid values', () => {
    const car = compiled('renault_small.json');
    expect(countOf(car)).toBe(172_056n);
    expect(car.validity.filter((is) => is === 1).length).toBe(338);
    // Bread 3, cheese 1 + 3 · 2 · 2, meat 2³, vegetables 1 + 2³.
    expect(countOf(compiled('featureide-Sandwich.xml'))).toBe(3n * 13n * 8n * 9n);
  });

  it.each(FILES)('CFG-25 %s: every engine says the same of every value after choices', (name) => {
    const [first, second] = [compiled(name), searched(name)];
    const { problem } = first.explorer.model;
    const isAsked = name.endsWith('.dimacs') && !NOT_ASKED.includes(name);
    const other = isAsked ? otherSolver(Logic, problem) : undefined;
    for (let session = 0; session < SESSIONS; session++) {
      for (const [one, another] of walk(session + 1, [first, second])) {
        expect(one.outcome).toBe('possible');
        expect(another.outcome).toBe('possible');
        expect(another.validity).toEqual(one.validity);
        if (other === undefined || session > 0) continue;
        expect(validityByOther(Logic, other, one.decided)).toEqual(one.validity);
      }
    }
  });
});
