import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from './expression.ts';
import { problemOf } from './family-problem.ts';
import { accepts } from './problem/accepts.ts';
import type { Constraint, Problem } from './problem/problem.ts';
import { scopeOf } from './problem/scopes.ts';
import { compileSpace, type Space } from './space.ts';
import { enumerateDesigns } from './testing/oracle.ts';
import { randomFamily } from './testing/random-family.ts';
import { parseFamily } from './yaml.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 1, max: 4 }),
  rules: fc.integer({ min: 0, max: 2 }),
  tables: fc.integer({ min: 0, max: 1 }),
  formulas: fc.integer({ min: 0, max: 1 }),
  prices: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
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

/** Few tuples, so that small conditions count as wide; auxiliary variables need a dozen. */
const tuplesMax = fc.constantFrom(12, 30, 50_000);

/** A family with the kinds of constraint that chance meets seldom: opaque, and linear of both sorts. */
const rare: [Parameters<typeof randomFamily>[0], number][] = [
  [{ seed: 129, attributes: 2, rules: 0, tables: 1, formulas: 0, prices: 2, sums: 1 }, 12],
];

/** Every kind of constraint must have been met, or the test shows nothing. */
const met = {
  table: 0,
  boxes: 0,
  clause: 0,
  count: 0,
  linear: 0,
  opaque: 0,
  whether: 0,
  designs: 0,
};

/** Solutions by trying the attributes and texts, and then what follows from them, in turn. */
function solve(problem: Problem): readonly Int32Array[] {
  const found: Int32Array[] = [];
  const values = new Int32Array(problem.sizes.length);
  const dueAt = Array.from(values, (): Constraint[] => []);
  for (const constraint of problem.constraints) {
    dueAt[Math.max(...scopeOf(problem, constraint))]?.push(constraint);
  }
  const walk = (v: number): void => {
    if (v === values.length) found.push(values.slice());
    for (let x = 0; x < (problem.sizes[v] ?? 0); x++) {
      values[v] = x;
      if (dueAt[v]?.every((constraint) => accepts(problem, constraint, values))) walk(v + 1);
    }
  };
  walk(0);
  return found;
}

/** Compares the solutions of a family as a problem with its designs by trial. */
function compare(of: Parameters<typeof randomFamily>[0], most: number): void {
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  const space = compileSpace(parsed.value, undefined, most);
  const { multiplicity, problem, ruleOf } = problemOf(space);
  const solutions = unwritten(space, solve(problem));
  const oracle = enumerateDesigns(space);
  met.designs += oracle.designs.length;
  const expected = oracle.designs.map((values) => JSON.stringify(Object.values(values))).sort();
  expect(designsOf(space, solutions)).toEqual(expected);
  const counted = solutions.map((solution) =>
    solution.reduce(
      (product, x, v) => product * (multiplicity[(problem.optionAt[v] ?? 0) + x] ?? 0),
      1,
    ),
  );
  expect(counted.reduce((sum, each) => sum + each, 0)).toBe(expected.length);
  expect(ruleOf.length).toBe(problem.constraints.length);
  problem.constraints.forEach((constraint, k) => {
    met[constraint.kind]++;
    if (constraint.kind === 'linear' && constraint.whether !== undefined) met.whether++;
    const own = new Set(space.relations[ruleOf[k] ?? -1]?.scope);
    for (const v of scopeOf(problem, constraint)) {
      expect(own.has(v) || space.lookup.variables[v]?.kind === 'auxiliary').toBe(true);
    }
  });
}

test('CFG-60 CFG-61 the solutions of a family as a problem are its valid designs, each once', () => {
  fc.assert(fc.property(size, tuplesMax, compare), { numRuns: 200, examples: rare });
  const { clause: _clause, count: _count, ...wanted } = met;
  for (const [kind, times] of Object.entries(wanted))
    expect([kind, times > 0]).toEqual([kind, true]);
});

test('CFG-60 CFG-62 so are those of a family with parts', () => {
  const few = fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    attributes: fc.integer({ min: 1, max: 2 }),
    rules: fc.integer({ min: 0, max: 2 }),
    tables: fc.constant(0),
    formulas: fc.constant(0),
    prices: fc.integer({ min: 0, max: 1 }),
    sums: fc.integer({ min: 0, max: 1 }),
    parts: fc.constant(1),
  });
  const before = met.designs;
  fc.assert(fc.property(few, tuplesMax, compare), { numRuns: 60 });
  expect(met.designs).toBeGreaterThan(before);
});
