import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from './expression.ts';
import { problemOf } from './family-problem.ts';
import { scopeOf } from './problem/scopes.ts';
import { compileSpace, type Space } from './space.ts';
import { enumerateDesigns } from './testing/oracle.ts';
import { randomFamily } from './testing/random-family.ts';
import { listSolutions } from './testing/random-problem.ts';
import { parseFamily } from './yaml.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 1, max: 5 }),
  rules: fc.integer({ min: 0, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.integer({ min: 0, max: 2 }),
  prices: fc.integer({ min: 0, max: 2 }),
});

/** The designs that the solutions stand for, as text; every class stands for all its values. */
function designsOf(space: Space, solutions: readonly Int32Array[]): string[] {
  const attributes = space.lookup.variables.flatMap(({ kind }, v) =>
    kind === 'attribute' ? [v] : [],
  );
  const designs: string[] = [];
  for (const solution of solutions) {
    let partial: Value[][] = [[]];
    for (const v of attributes) {
      const members = space.classes.members[v]?.[solution[v] ?? 0] ?? [];
      const values = members.map((i) => space.lookup.variables[v]?.values[i] ?? null);
      partial = partial.flatMap((before) => values.map((value) => [...before, value]));
    }
    designs.push(...partial.map((values) => JSON.stringify(values)));
  }
  return designs.sort();
}

/** Solutions in which no text is written, so that each design is met once. */
function unwritten(space: Space, solutions: readonly Int32Array[]): readonly Int32Array[] {
  return solutions.filter((solution) =>
    space.lookup.variables.every(
      ({ kind }, v) => kind !== 'text' || space.classes.classOf[v]?.[0] === solution[v],
    ),
  );
}

test('CFG-60 the solutions of a family as a problem are its valid designs, each once', () => {
  let found = 0;
  fc.assert(
    fc.property(size, (of) => {
      const parsed = parseFamily(randomFamily(of));
      if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
      const space = compileSpace(parsed.value);
      const { multiplicity, problem, ruleOf } = problemOf(space);
      const solutions = unwritten(space, listSolutions(problem));
      const oracle = enumerateDesigns(space);
      found += oracle.designs.length;
      const expected = oracle.designs.map((values) => JSON.stringify(Object.values(values))).sort();
      expect(designsOf(space, solutions)).toEqual(expected);
      const counted = solutions.map((solution) =>
        space.lookup.variables.reduce((product, { kind }, v) => {
          const option = (problem.optionAt[v] ?? 0) + (solution[v] ?? 0);
          return kind === 'attribute' ? product * (multiplicity[option] ?? 0) : product;
        }, 1),
      );
      expect(counted.reduce((sum, each) => sum + each, 0)).toBe(expected.length);
      problem.constraints.forEach((constraint, k) => {
        const own = new Set(space.relations[ruleOf[k] ?? -1]?.scope);
        for (const v of scopeOf(problem, constraint)) expect(own.has(v)).toBe(true);
      });
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(0);
});
