import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileNow } from '../diagram/compile-problem.ts';
import { problemOf } from '../family-problem.ts';
import { compileSpace } from '../space.ts';
import { randomFamily } from '../testing/random-family.ts';
import { parseFamily } from '../yaml.ts';
import { type CompiledSpace, countDesigns, joinDiagrams } from './compiled-space.ts';
import { openReader, type Reading } from './space-reader.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 1, max: 8 }),
  rules: fc.integer({ min: 0, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.integer({ min: 0, max: 2 }),
  prices: fc.integer({ min: 0, max: 3 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

function compiledOf(of: Parameters<typeof randomFamily>[0]): CompiledSpace | undefined {
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  const space = compileSpace(parsed.value);
  const family = problemOf(space);
  const compiled = compileNow(family.problem);
  return compiled.kind === 'compiled' ? joinDiagrams(space, family, compiled.diagrams) : undefined;
}

function allOf({ space }: CompiledSpace, reading: Reading) {
  const { count, maxMinor, minMinor } = reading;
  const values = space.lookup.variables.map((variable, v) =>
    variable.values.map((_, i) => reading.valueAt(v, i)),
  );
  return { count, minMinor, maxMinor, designs: reading.designs(), values };
}

test('a reading after others is the one that a new reader makes', () => {
  let changedCount = 0;
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const compiled = compiledOf(of);
      if (compiled === undefined) return;
      const { variables } = compiled.space.lookup;
      const dice = seededRandom(seed);
      const decided = new Int32Array(variables.length).fill(-1);
      const reader = openReader(compiled);
      for (let turn = 0; turn < 12; turn++) {
        const v = dice.below(variables.length);
        const own = dice.below(4) === 0 ? -1 : dice.below(variables[v]?.values.length ?? 1);
        if ((decided[v] ?? -1) >= 0) changedCount++;
        decided[v] = own;
        const told = allOf(compiled, reader.read(decided));
        expect(told).toEqual(allOf(compiled, openReader(compiled).read(decided)));
        expect(told.designs).toBe(countDesigns(compiled, decided));
      }
    }),
    { numRuns: 60 },
  );
  expect(changedCount).toBeGreaterThan(50);
});
