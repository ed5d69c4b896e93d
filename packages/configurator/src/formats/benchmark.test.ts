import { describe, expect, it } from 'vitest';
import { compileCircuit } from '../dnnf/compile.ts';
import { countDesigns, countDesignsByOption } from '../dnnf/counts.ts';
import type { Model } from '../model/model.ts';
import { benchmarkFolder, FEATURE_MODELS, readBenchmark } from '../testing/benchmark-data.ts';
import { type ModelFormat, readModel, writeUvl } from './index.ts';

const NAMES = FEATURE_MODELS.filter((name) => name !== 'pc-richmond');

interface Truth {
  readonly count: string;
  readonly coreVars: readonly number[];
  readonly deadVars: readonly number[];
}

function read(name: string, format?: ModelFormat): Model {
  const result = readModel(readBenchmark(name), format === undefined ? { name } : { format });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** How many designs there are, and which features every and no design has. */
function figuresOf({ problem, variables, declared }: Model) {
  const work = compileCircuit(problem);
  let step = work.next();
  while (step.done !== true) step = work.next();
  if (step.value === undefined) throw new Error('it was not compiled');
  const count = countDesigns(step.value, problem.optionAt);
  const byOption = countDesignsByOption(step.value, problem.optionAt);
  const having = (wanted: bigint): readonly string[] =>
    variables
      .slice(0, declared)
      .flatMap(({ name }, v) => (byOption[(problem.optionAt[v] ?? 0) + 1] === wanted ? [name] : []))
      .sort();
  return { count, core: having(count), dead: having(0n) };
}

const skipped = benchmarkFolder() === undefined;

describe.skipIf(skipped)(
  `published models${skipped ? ' (skipped: no benchmark data)' : ''}`,
  () => {
    const truth = skipped ? {} : (JSON.parse(readBenchmark('truth.json')) as Record<string, Truth>);

    it.each(NAMES)('CFG-54 CFG-56 %s has the same designs as UVL and as clauses', (name) => {
      const clauses = read(`${name}.dimacs`);
      const known = truth[`${name}.dimacs`];
      const named = (numbers: readonly number[] = []): readonly string[] =>
        numbers.map((number) => clauses.variables[number - 1]?.name ?? '').sort();
      const wanted = {
        count: BigInt(known?.count ?? -1),
        core: named(known?.coreVars),
        dead: named(known?.deadVars),
      };
      expect(figuresOf(clauses)).toEqual(wanted);
      const tree = read(`${name}.uvl`);
      expect(tree.outside).toEqual([]);
      expect(tree.declared).toBe(clauses.declared);
      // One file calls two features as words of the language, which the other had to write otherwise.
      const renamed = (names: readonly string[]): readonly string[] =>
        names.map((each) => each.replace(/^(true|false)_0$/, '$1')).sort();
      const { count, core, dead } = figuresOf(tree);
      expect({ count, core: renamed(core), dead: renamed(dead) }).toEqual(wanted);
    });

    it('a model of which the UVL file lacks 13 features is read as each file says', () => {
      const [clauses, tree] = [read('pc-richmond.dimacs'), read('pc-richmond.uvl')];
      expect([clauses.declared, tree.declared]).toEqual([377, 364]);
      const { count } = figuresOf(clauses);
      expect(count).toBe(BigInt(truth['pc-richmond.dimacs']?.count ?? -1));
      expect(figuresOf(tree).count * 6n).toBe(count);
    });

    it('CFG-57 tables of a car, a bicycle in UVL and two models of FeatureIDE are read', () => {
      const car = read('renault_small.json');
      expect([car.declared, car.problem.optionAt.at(-1), car.rules.length]).toEqual([
        139, 340, 147,
      ]);
      const rows = car.problem.constraints.map((each) =>
        each.kind === 'table' ? each.rows.length / each.scope.length : 0,
      );
      expect(rows.reduce((sum, count) => sum + count, 0)).toBe(3_044);
      expect(read('uvl-bike.uvl').rules.length).toBe(27);
      // Bread 3, cheese 1 + 3 · 2 · 2, meat 2³, vegetables 1 + 2³.
      expect(figuresOf(read('featureide-Sandwich.xml')).count).toBe(3n * 13n * 8n * 9n);
      expect(Object.keys(read('featureide-BikeConfigurator.xml').amounts ?? {})).toEqual(['Price']);
    });

    it('CFG-58 written as UVL and read again they have as many designs', () => {
      for (const name of ['FRSCS.uvl', 'tankwar.dimacs', 'pc-richmond.uvl']) {
        const model = read(name);
        const text = writeUvl(model);
        if (text.kind === 'refused') throw new Error(text.error.join());
        const again = readModel(text.value, { format: 'uvl' });
        if (again.kind === 'refused') throw new Error(JSON.stringify(again.error));
        expect(figuresOf(again.value).count).toBe(figuresOf(model).count);
      }
    });
  },
);
