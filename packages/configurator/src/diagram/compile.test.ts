import { describe, expect, it } from 'vitest';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';
import { benchmarkFolder, readBenchmark } from '../testing/benchmark-data.ts';
import { carFamily } from '../testing/car-family.ts';
import { compileNow } from './compile-problem.ts';
import type { Diagram } from './diagram.ts';

const isThere = benchmarkFolder() !== undefined;
const skipped = isThere ? '' : ' (skipped: no benchmark data)';

function countPaths({ edgeAt, children }: Diagram): bigint {
  const counts = new Array<bigint>(Math.max(1, edgeAt.length - 1)).fill(0n);
  if (edgeAt.length > 1) counts[counts.length - 1] = 1n;
  for (let n = edgeAt.length - 3; n >= 0; n--) {
    let sum = 0n;
    for (const child of children.subarray(edgeAt[n], edgeAt[n + 1])) sum += counts[child] ?? 0n;
    counts[n] = sum;
  }
  return counts[0] ?? 0n;
}

function countSolutions(problem: Problem, seed: number): bigint {
  const compiled = compileNow(problem, { seed });
  if (compiled.kind !== 'compiled') throw new Error(compiled.kind);
  return compiled.diagrams.map(countPaths).reduce((a, b) => a * b, 1n);
}

interface TableFile {
  readonly variables: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly tables: readonly {
    readonly scope: readonly string[];
    readonly tuples: readonly (readonly number[])[];
  }[];
}

function readTables(name: string): Problem {
  // The file is ours to trust: it stands beside its verified counts.
  const file = JSON.parse(readBenchmark(name)) as TableFile;
  const indexOf = new Map(file.variables.map((variable, v) => [variable.name, v]));
  const constraints: Constraint[] = file.tables.map(({ scope, tuples }) => ({
    kind: 'table',
    scope: Int32Array.from(scope, (id) => indexOf.get(id) ?? 0),
    rows: Int32Array.from(tuples.flat()),
  }));
  return makeProblem(
    file.variables.map(({ values }) => values.length),
    constraints,
  );
}

function readClauses(name: string): Problem {
  const lines = readBenchmark(name).split('\n');
  const header = lines.find((line) => line.startsWith('p')) ?? '';
  const constraints: Constraint[] = lines
    .filter((line) => /^-?\d/.test(line))
    .map((line) => {
      const numbers = line.trim().split(/\s+/).map(Number).slice(0, -1);
      const literals = Int32Array.from(numbers, (n) => 4 * (Math.abs(n) - 1) + (n > 0 ? 2 : 0));
      return { kind: 'clause', literals };
    });
  return makeProblem(new Int32Array(Number(header.split(/\s+/)[2])).fill(2), constraints);
}

describe('public models', () => {
  it.skipIf(!isThere)(`CFG-32 have the published number of solutions${skipped}`, () => {
    const problem = readTables('renault_small.json');
    expect([1, 2, 3].map((seed) => countSolutions(problem, seed))).toEqual([
      172_056n,
      172_056n,
      172_056n,
    ]);
  });

  it
    .skipIf(!isThere)
    .each(['bank', 'berkeleydb', 'decisional', 'e_shop', 'FRSCS', 'printer', 'tankwar', 'xtext'])(
    `CFG-30 have the counted number of solutions: %s${skipped}`,
    (name) => {
      const file = `${name}.dimacs`;
      const truth = JSON.parse(readBenchmark('truth.json')) as Record<string, { count: string }>;
      expect(String(countSolutions(readClauses(file), 1))).toBe(truth[file]?.count);
    },
  );
});

describe('made-up car families', () => {
  it('CFG-32 have solutions, as many under each seed of the compiler', () => {
    const family = carFamily({ seed: 3, variables: 40, values: 160, tables: 45, rows: 6_000 });
    const counts = [1, 2, 3].map((seed) => countSolutions(family, seed));
    expect(counts[0]).toBeGreaterThan(0n);
    expect(new Set(counts).size).toBe(1);
  });

  it('CFG-32 fit into a small budget, whatever the seed', () => {
    const family = carFamily({ seed: 2, variables: 150, values: 720, tables: 165, rows: 30_000 });
    const kinds = [1, 2, 3].map((seed) => compileNow(family, { seed, nodesMax: 40_000 }).kind);
    expect(kinds).toEqual(['compiled', 'compiled', 'compiled']);
  });
});

describe('a budget of steps', () => {
  it('CFG-34 ends the reading of a long table', () => {
    const rows = Int32Array.from({ length: 2 * 400_000 }, (_, i) => {
      return i % 2 === 0 ? (i >> 1) % 1000 : Math.floor((i >> 1) / 1000);
    });
    const table = { kind: 'table' as const, scope: Int32Array.of(0, 1), rows };
    const problem = makeProblem([1000, 1000], [table]);
    const told = compileNow(problem, { stepsMax: 50_000 });
    expect(told.kind).toBe('too-large');
    expect(told.stats.steps).toBeLessThan(200_000);
    expect(compileNow(problem).stats.steps).toBeGreaterThan(400_000);
  });
});
