import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, it } from 'vitest';
import { readDimacs } from '../formats/dimacs.ts';
import { benchmarkFolder, FEATURE_MODELS, readBenchmark } from '../testing/benchmark-data.ts';
import { compileCircuit } from './compile.ts';
import { countDesigns, countDesignsByOption } from './counts.ts';
import { makeValidityScratch, markValidOptions } from './valid-options.ts';

/** What `truth.json` says of a model; variables from 1. */
interface Truth {
  readonly count: string;
  readonly coreVars: readonly number[];
  readonly deadVars: readonly number[];
}

const isThere = benchmarkFolder() !== undefined;

describe.skipIf(!isThere)(isThere ? 'public models' : 'skipped: no benchmark data', () => {
  it.each(FEATURE_MODELS)('CFG-50 %s has the known count, core and dead features', (name) => {
    const truths = JSON.parse(readBenchmark('truth.json')) as Record<string, Truth>;
    const truth = truths[`${name}.dimacs`];
    const read = readDimacs(readBenchmark(`${name}.dimacs`));
    if (read.kind === 'refused' || truth === undefined) throw new Error('it can be read');
    const { problem } = read.value;
    const circuit = finish(compileCircuit(problem));
    if (circuit === undefined) throw new Error('it compiles');
    expect(countDesigns(circuit, problem.optionAt)).toBe(BigInt(truth.count));
    const counts = countDesignsByOption(circuit, problem.optionAt);
    const without = (x: 0 | 1): number[] =>
      Array.from(problem.sizes.keys(), (v) => v + 1).filter((v) => counts[2 * (v - 1) + x] === 0n);
    expect(without(0)).toEqual(truth.coreVars);
    expect(without(1)).toEqual(truth.deadVars);
  });

  it.each(['busybox-1.18.0', 'financial-2018-05-09'])(
    'CFG-51 %s: what is valid after choices is what designs are counted for',
    (name) => {
      const read = readDimacs(readBenchmark(`${name}.dimacs`));
      if (read.kind === 'refused') throw new Error('it can be read');
      const { problem } = read.value;
      const circuit = finish(compileCircuit(problem));
      if (circuit === undefined) throw new Error('it compiles');
      const dice = seededRandom(7);
      const decided = new Int32Array(problem.sizes.length).fill(-1);
      const valid = new Uint8Array(circuit.options);
      const scratch = makeValidityScratch(circuit);
      for (let choice = 0; choice < 12; choice++) {
        const question = { optionAt: problem.optionAt, decided };
        expect(markValidOptions(circuit, question, scratch, valid)).toBe(true);
        const counts = countDesignsByOption(circuit, problem.optionAt, decided);
        expect(Array.from(valid)).toEqual(counts.map((count) => (count > 0n ? 1 : 0)));
        const open = Array.from(decided.keys()).filter(
          (v) => decided[v] === -1 && valid[2 * v] === 1 && valid[2 * v + 1] === 1,
        );
        const chosen = open[dice.below(open.length)];
        if (chosen !== undefined) decided[chosen] = dice.below(2);
      }
    },
  );
});
