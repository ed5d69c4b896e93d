import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startSession } from '../session.ts';
import { compileSpace } from '../space.ts';
import { countByTrial, enumerateDesigns } from '../testing/oracle.ts';
import { randomFamily } from '../testing/random-family.ts';
import { parseFamily } from '../yaml.ts';
import { openDesignCounter } from './design-counter.ts';
import { openAnswers } from './space-answers.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 1, max: 6 }),
  rules: fc.integer({ min: 0, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.integer({ min: 0, max: 2 }),
  prices: fc.integer({ min: 0, max: 2 }),
});

test('CFG-37 designs are counted as by trying all, choice after choice and back again', () => {
  fc.assert(
    fc.property(size, (of) => {
      const parsed = parseFamily(randomFamily(of));
      if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
      const family = parsed.value;
      const answers = openAnswers(family);
      while (!answers.prepare());
      const file = answers.write();
      const space = compileSpace(family);
      const count = file && openDesignCounter(space, file);
      if (count === undefined) return;
      const oracle = enumerateDesigns(space);
      const dice = seededRandom(of.seed);
      const session = startSession(space);
      const design = oracle.designs[dice.below(Math.max(1, oracle.designs.length))] ?? {};
      const choices = Object.entries(design).map(([attribute, value]) => ({ attribute, value }));
      const lengths = [...choices.keys(), choices.length, ...choices.map(() => dice.below(7)), 0];
      for (const length of lengths) {
        const some = choices.slice(0, length);
        expect(count({ ...session, choices: some })).toBe(BigInt(countByTrial(oracle, some)));
      }
    }),
    { numRuns: 60 },
  );
});

test('CFG-37 a file of another family counts nothing', () => {
  const none = { rules: 0, tables: 0, formulas: 0, prices: 0 };
  const parsed = parseFamily(randomFamily({ seed: 1, attributes: 2, ...none }));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  expect(openDesignCounter(compileSpace(parsed.value), new Uint8Array(64))).toBeUndefined();
});
