import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice } from '../answers.ts';
import type { Family } from '../family.ts';
import { startSession } from '../session.ts';
import { searchBackend } from '../solve/search-backend.ts';
import { compileSpace, prepareSpace } from '../space.ts';
import {
  countByTrial,
  enumerateDesigns,
  isPossibleByTrial,
  type Oracle,
  rangeByTrial,
} from '../testing/oracle.ts';
import { randomFamily } from '../testing/random-family.ts';
import { viewSession } from '../view.ts';
import { parseFamily } from '../yaml.ts';
import { adoptSpaceFile } from './compiled-space.ts';
import type { SpaceLook, ValueLook } from './messages.ts';
import { openAnswers, type SpaceAnswers } from './space-answers.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 1, max: 6 }),
  rules: fc.integer({ min: 0, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.integer({ min: 0, max: 2 }),
  prices: fc.integer({ min: 0, max: 3 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

function familyOf(of: Parameters<typeof randomFamily>[0]): Family {
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function openCompiled(family: Family): SpaceAnswers {
  const answers = openAnswers(family);
  while (!answers.prepare());
  return answers;
}

/** Families whose cheapest completions are several, with seeds of choices that leave them open. */
const tied: [Required<Omit<Parameters<typeof randomFamily>[0], 'parts'>>, number][] = [
  [{ seed: 702_203, attributes: 4, rules: 1, tables: 2, formulas: 1, prices: 2, sums: 0 }, 505_824],
  [{ seed: 350_482, attributes: 6, rules: 3, tables: 2, formulas: 1, prices: 2, sums: 0 }, 883_076],
  [{ seed: 424_879, attributes: 6, rules: 0, tables: 2, formulas: 2, prices: 3, sums: 0 }, 293_894],
  [{ seed: 301_840, attributes: 1, rules: 0, tables: 1, formulas: 2, prices: 3, sums: 0 }, 871_141],
  [{ seed: 470_713, attributes: 3, rules: 0, tables: 1, formulas: 2, prices: 3, sums: 0 }, 350_968],
];

/** Some choices that go together, by trial. */
function someChoices(oracle: Oracle, seed: number): readonly Choice[] {
  const random = seededRandom(seed);
  const dice = (sides: number): number => (random.bytes(1)[0] ?? 0) % sides;
  const design = oracle.designs[dice(Math.max(1, oracle.designs.length))] ?? {};
  return Object.entries(design)
    .filter(() => dice(3) === 0)
    .map(([attribute, value]) => ({ attribute, value: value ?? null }));
}

/** What trying every design says of a value, or of all of a run of numbers together. */
function byTrial(oracle: Oracle, choices: readonly Choice[], id: string, look: ValueLook) {
  const others = choices.filter(({ attribute }) => attribute !== id);
  const isMeant = (value: unknown): boolean =>
    look.to === undefined
      ? value === look.value
      : typeof value === 'number' && value >= Number(look.value) && value <= look.to;
  const designs = oracle.designs
    .map((design, i) => ({ design, price: oracle.pricesMinor[i] ?? 0 }))
    .filter(
      ({ design }) =>
        isMeant(design[id] ?? null) &&
        others.every(({ attribute, value }) => (design[attribute] ?? null) === value),
    );
  if (designs.length === 0) return { value: look.value, validity: 'invalid' };
  const prices = designs.map(({ price }) => price);
  const price = { minMinor: Math.min(...prices), maxMinor: Math.max(...prices) };
  return { value: look.value, validity: 'valid', designs: designs.length, price };
}

function expectTrue(look: SpaceLook, oracle: Oracle, choices: readonly Choice[]): void {
  expect(look.designs).toBe(BigInt(countByTrial(oracle, choices)));
  if (look.designs !== 0n) expect(look.price).toEqual(rangeByTrial(oracle, choices));
  for (const { id, values } of look.attributes) {
    for (const { to, ...value } of values) {
      const run = to === undefined ? value : { ...value, to };
      expect(value).toEqual(byTrial(oracle, choices, id, run));
    }
  }
}

test('a look tells of every value what trying every design tells', () => {
  let compiledCount = 0;
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const family = familyOf(of);
      const answers = openCompiled(family);
      const oracle = enumerateDesigns(compileSpace(family));
      const figures = answers.figures();
      if (figures.engine === 'search') return;
      compiledCount++;
      expect(figures.designs).toBe(BigInt(oracle.designs.length));
      expectTrue(answers.look([]), oracle, []);
      const choices = someChoices(oracle, seed);
      expectTrue(answers.look(choices), oracle, choices);
    }),
    { numRuns: 80 },
  );
  expect(compiledCount).toBeGreaterThan(35);
});

test('bins of prices hold as many designs as trying every design finds there', () => {
  let multipleCount = 0;
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const family = familyOf(of);
      const answers = openCompiled(family);
      const oracle = enumerateDesigns(compileSpace(family));
      const choices = someChoices(oracle, seed);
      const bins = answers.prices(choices);
      if (bins === undefined) return;
      const counts = bins.designs.map(() => 0);
      oracle.designs.forEach((design, i) => {
        if (!choices.every(({ attribute, value }) => (design[attribute] ?? null) === value)) return;
        const bin = Math.floor(((oracle.pricesMinor[i] ?? 0) - bins.fromMinor) / bins.stepMinor);
        counts[bin] = (counts[bin] ?? 0) + 1;
      });
      if (bins.designs.length > 1) multipleCount++;
      expect(bins.isExact).toBe(true);
      expect(bins.designs.map((each) => Math.round(each))).toEqual(counts);
    }),
    { numRuns: 80 },
  );
  expect(multipleCount).toBeGreaterThan(15);
});

test('search says the same of what is valid while nothing is compiled', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const family = familyOf(of);
      const oracle = enumerateDesigns(compileSpace(family));
      const choices = someChoices(oracle, seed);
      for (const { id, values } of openAnswers(family).look(choices).attributes) {
        for (const { value, validity } of values) {
          const isPossible = isPossibleByTrial(oracle, choices, { attribute: id, value });
          expect([id, value, validity]).toEqual([id, value, isPossible ? 'valid' : 'invalid']);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('a file that one wrote, another takes over and answers alike; no other family does', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const family = familyOf(of);
      const writer = openCompiled(family);
      const file = writer.write();
      if (file === undefined) return;
      const reader = openAnswers(family);
      expect(reader.adopt(file)).toBe(true);
      expect(reader.prepare()).toBe(true);
      expect(reader.write()).toEqual(file);
      const choices = someChoices(enumerateDesigns(compileSpace(family)), seed);
      expect(reader.look(choices)).toEqual(writer.look(choices));
      const other = openAnswers({ ...family, basePriceMinor: family.basePriceMinor + 1 });
      expect(other.adopt(file)).toBe(false);
      expect(other.prepare()).toBeTypeOf('boolean');
    }),
    { numRuns: 40 },
  );
});

test('a session on a space that took a file over is the session that search answers', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1_000_000 }), (of, seed) => {
      const family = familyOf(of);
      const file = openCompiled(family).write();
      if (file === undefined) return;
      const space = compileSpace(family);
      expect(adoptSpaceFile(space, file)).toBe(true);
      expect(prepareSpace(space, 0)).toBe(true);
      const searched = compileSpace(family, searchBackend);
      const choices = someChoices(enumerateDesigns(searched), seed);
      const { stepsSpent: _, ...taken } = viewSession({ ...startSession(space), choices });
      const { stepsSpent: __, ...found } = viewSession({ ...startSession(searched), choices });
      expect(taken).toEqual(found);
      const other = compileSpace({ ...family, basePriceMinor: family.basePriceMinor + 1 });
      expect(adoptSpaceFile(other, file)).toBe(false);
    }),
    { numRuns: 60, examples: tied },
  );
});
