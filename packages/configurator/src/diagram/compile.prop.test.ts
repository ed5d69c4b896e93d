import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY, makeProblem } from '../problem/problem.ts';
import { componentsOf } from '../problem/scopes.ts';
import { listPaths } from '../testing/naive-diagram.ts';
import { listSolutions, type ProblemSize, randomProblem } from '../testing/random-problem.ts';
import { type Compiled, compileNow, compileProblem } from './compile-problem.ts';
import type { Diagram } from './diagram.ts';

const SIZE: fc.Arbitrary<ProblemSize> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  variables: fc.integer({ min: 1, max: 6 }),
  values: fc.integer({ min: 1, max: 4 }),
  tables: fc.nat(3),
  boxes: fc.nat(2),
  clauses: fc.nat(3),
  counts: fc.nat(2),
  sums: fc.nat(2),
});

/** Solutions of all diagrams together, sorted, as text. */
function solutionsOf(diagrams: readonly Diagram[], variables: number): readonly string[] {
  let partial = [new Int32Array(variables)];
  for (const diagram of diagrams) {
    const paths = listPaths(diagram);
    partial = partial.flatMap((values) =>
      paths.map((path) => {
        const next = values.slice();
        diagram.order.forEach((v, l) => {
          next[v] = path[l] ?? 0;
        });
        return next;
      }),
    );
  }
  return partial.map((values) => values.join()).sort();
}

function diagramsOf(compiled: Compiled): readonly Diagram[] {
  if (compiled.kind !== 'compiled') throw new Error(compiled.kind);
  return compiled.diagrams;
}

/** What is wrong with the format of a diagram, in words. */
function faultsOf({ order, nodeAt, edgeAt, values, children }: Diagram): readonly string[] {
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  const nodes = edgeAt.length - 1;
  check(nodeAt.length === order.length + 2, 'entries of nodeAt');
  check(nodeAt.at(-1) === nodes && nodeAt[0] === 0, 'nodeAt ends with the nodes');
  check(edgeAt.at(-1) === values.length && values.length === children.length, 'number of edges');
  const isReached = new Uint8Array(nodes);
  isReached.fill(1, 0, 1);
  const seen = new Set<string>();
  for (let l = 0; l < order.length; l++) {
    for (let n = nodeAt[l] ?? 0; n < (nodeAt[l + 1] ?? 0); n++) {
      const [from, to] = [edgeAt[n] ?? 0, edgeAt[n + 1] ?? 0];
      check(to > from, `node ${n} leads nowhere`);
      check(isReached[n] === 1, `node ${n} is not reached`);
      const own = [...values.slice(from, to)];
      check(new Set(own).size === to - from, `values of ${n} differ`);
      check(own.join() === [...own].sort((a, b) => a - b).join(), `values of ${n} ascend`);
      const [low = 0, high = 0] = nodeAt.slice(l + 1, l + 3);
      const below = children.slice(from, to);
      check(
        below.every((child) => low <= child && child < high),
        `children of ${n}`,
      );
      for (const child of below) isReached[child] = 1;
      const key = `${l}:${values.slice(from, to).join()}:${children.slice(from, to).join()}`;
      check(!seen.has(key), `node ${n} stands twice`);
      seen.add(key);
    }
  }
  check(nodes === 0 || nodeAt[order.length] === nodes - 1, 'one last node');
  return faults;
}

describe('compiled problems', () => {
  it('CFG-30 have exactly the solutions of the problem as paths', () => {
    fc.assert(
      fc.property(SIZE, (size) => {
        const problem = randomProblem(size);
        const diagrams = diagramsOf(compileNow(problem));
        expect(solutionsOf(diagrams, size.variables)).toEqual(
          listSolutions(problem)
            .map((values) => values.join())
            .sort(),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('CFG-31 keep the format: complete levels, children behind parents, no node twice or idle', () => {
    fc.assert(
      fc.property(SIZE, (size) => {
        const problem = randomProblem(size);
        const diagrams = diagramsOf(compileNow(problem));
        expect(diagrams.map((d) => [...d.order].sort((a, b) => a - b))).toEqual(
          componentsOf(problem).map((component) => [...component]),
        );
        expect(diagrams.flatMap(faultsOf)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('CFG-32 have the same solutions under every seed and every order of constraints', () => {
    fc.assert(
      fc.property(SIZE, fc.integer({ min: 2, max: 99 }), (size, seed) => {
        const problem = randomProblem(size);
        const turned = { ...problem, constraints: problem.constraints.toReversed() };
        const [a, b, c] = [
          compileNow(problem),
          compileNow(problem, { seed }),
          compileNow(turned, { seed }),
        ].map((each) => solutionsOf(diagramsOf(each), size.variables));
        expect(b).toEqual(a);
        expect(c).toEqual(a);
      }),
      { numRuns: 150 },
    );
  });

  it('CFG-33 are the same when made in slices', () => {
    fc.assert(
      fc.property(SIZE, (size) => {
        const problem = randomProblem(size);
        const work = compileProblem(problem, { seed: 7 });
        let step = work.next();
        while (step.done !== true) {
          expect(step.value.done).toBeLessThanOrEqual(step.value.of);
          step = work.next();
        }
        expect(step.value).toEqual(compileNow(problem, { seed: 7 }));
      }),
      { numRuns: 100 },
    );
  });

  it('CFG-34 tell what outgrows a budget of nodes, edges or steps, and never hang on wide domains', () => {
    const wide = 100_000;
    const scope = Int32Array.of(0, 1, 2);
    const amounts = [1, 3, 7].map((factor) =>
      Float64Array.from({ length: wide }, (_, x) => factor * x),
    );
    const sum = { kind: 'linear' as const, scope, amounts, min: 5_000, max: 400_001 };
    const problem = makeProblem([wide, wide, wide], [sum]);
    const options = { nodesMax: 20_000, edgesMax: 400_000, stepsMax: 2_000_000 };
    expect(compileNow(problem, options).kind).toBe('too-large');
    const rows = Int32Array.from({ length: 2 * wide }, (_, i) => i >> 1);
    const equal = { kind: 'table' as const, scope: Int32Array.of(0, 1), rows };
    const matched = diagramsOf(compileNow(makeProblem([wide, wide], [equal])));
    expect(matched.map(({ children }) => children.length)).toEqual([2 * wide]);
    const opaque = { kind: 'opaque' as const, scope: Int32Array.of(0), prune: () => true };
    expect(compileNow(makeProblem([2], [opaque])).kind).toBe('opaque');
  });

  it('CFG-34 share the arrays of free variables, and have no solution where a constraint over none fails', () => {
    const free = diagramsOf(compileNow(makeProblem(new Int32Array(20_000).fill(3), [])));
    expect(free.length).toBe(20_000);
    expect(free[7]?.children).toBe(free[19_999]?.children);
    const never = { kind: 'clause' as const, literals: new Int32Array(0) };
    expect(diagramsOf(compileNow(makeProblem([2, 2], [never]))).flatMap(listPaths)).toEqual([]);
    const gap = { kind: 'table' as const, scope: Int32Array.of(0, 1), rows: Int32Array.of(ANY, 1) };
    expect(diagramsOf(compileNow(makeProblem([2, 2], [gap]))).flatMap(listPaths).length).toBe(2);
  });
});
