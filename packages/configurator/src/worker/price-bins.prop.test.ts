import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileNow } from '../diagram/compile-problem.ts';
import { problemOf } from '../family-problem.ts';
import { decidedOf, startSession } from '../session.ts';
import { compileSpace } from '../space.ts';
import { randomFamily } from '../testing/random-family.ts';
import { parseFamily } from '../yaml.ts';
import { joinDiagrams } from './compiled-space.ts';
import type { PriceBins } from './messages.ts';
import { planBins, priceBins } from './price-bins.ts';
import { openReader } from './space-reader.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 2, max: 8 }),
  rules: fc.integer({ min: 0, max: 3 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.constant(0),
  prices: fc.integer({ min: 0, max: 3 }),
});

function totalOf({ designs }: PriceBins): number {
  return designs.reduce((sum, count) => sum + count, 0);
}

/** The mean price, in bins. */
function meanOf(bins: PriceBins): number {
  return bins.designs.reduce((sum, count, i) => sum + i * count, 0) / totalOf(bins);
}

test('a coarse grid holds all designs, and its mean is that of the exact one within a bin', () => {
  let coarseCount = 0;
  fc.assert(
    fc.property(size, (of) => {
      const parsed = parseFamily(randomFamily(of));
      if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
      const space = compileSpace(parsed.value);
      const family = problemOf(space);
      const made = compileNow(family.problem);
      if (made.kind !== 'compiled') return;
      const compiled = joinDiagrams(space, family, made.diagrams);
      const decided = decidedOf(space, startSession(space));
      const whole = openReader(compiled).read(decided);
      if (whole.count === 0) return;
      const plan = planBins(whole.minMinor, whole.maxMinor);
      const exact = priceBins(compiled, decided, plan);
      const coarse = priceBins(compiled, decided, plan, 0);
      if (exact === undefined || coarse === undefined) throw new Error('there are designs');
      if (!coarse.isExact) coarseCount++;
      expect(totalOf(coarse) / whole.count).toBeCloseTo(1, 9);
      expect(Math.abs(meanOf(coarse) - meanOf(exact))).toBeLessThan(1);
    }),
    { numRuns: 60 },
  );
  expect(coarseCount).toBeGreaterThan(20);
});
