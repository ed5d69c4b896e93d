import { finish } from '@keepsake/kernel';
import { describe, expect, it } from 'vitest';
import { readModel } from '../formats/index.ts';
import type { Model } from '../model/model.ts';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { writeSpace } from '../questions/write-space.ts';
import { randomProblem } from '../testing/index.ts';
import { nameProblem } from '../testing/name-problem.ts';
import { type Explorer, openExplorer } from './explorer.ts';
import { countOf } from './figures.ts';
import { startPosition } from './position.ts';
import { prepareExplorer } from './prepare.ts';
import { whyNot } from './reasons.ts';
import { adoptExplorer, writeExplorer } from './saving.ts';

const meter = (): { left: number } => ({ left: 1e7 });

function read(text: string): Model {
  const result = readModel(text, { format: 'table-json' });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function prepared(problem: Problem): Explorer {
  const explorer = openExplorer(nameProblem(problem));
  expect(finish(prepareExplorer(explorer)).kind).toBe('diagrams');
  return explorer;
}

/** Three columns of a hundred values, a row each way to join them: a million. */
function millionRows(): string {
  const values = JSON.stringify(Array.from({ length: 100 }, (_, x) => x));
  const names = ['a', 'b', 'c'].map((name) => `{"name":"${name}","values":${values}}`);
  const rows = Array.from({ length: 1_000_000 }, (_, r) => {
    return `[${String(r % 100)},${String(Math.floor(r / 100) % 100)},${String(Math.floor(r / 10_000))}]`;
  });
  return `{"variables":[${names.join()}],"tables":[{"scope":[0,1,2],"tuples":[${rows.join()}]}]}`;
}

describe('limits of an explorer', () => {
  it('a million rows are read and compiled (CFG-55, CFG-30)', () => {
    const model = read(millionRows());
    const explorer = openExplorer(model);
    expect(finish(prepareExplorer(explorer)).kind).toBe('diagrams');
    expect(countOf(startPosition(explorer, meter()))).toBe(1_000_000n);
  });

  it('what explodes is left to search, which answers still (CFG-26)', () => {
    const problem = randomProblem({
      ...{ seed: 7, variables: 60, values: 4, tables: 90 },
      ...{ boxes: 0, clauses: 0, counts: 0, sums: 0 },
    });
    const explorer = openExplorer(nameProblem(problem));
    const { kind } = finish(prepareExplorer(explorer, { nodesMax: 1, stepsMax: 100 }));
    expect(kind).toBe('search');
    const { outcome, told } = startPosition(explorer, meter());
    expect(told.kind).toBe('search');
    expect(outcome).not.toBe('unknown');
  });

  it('a model that contradicts itself has no design, and says which rules do (CFG-6)', () => {
    const scope = Int32Array.of(0);
    const bystander = {
      kind: 'table' as const,
      scope: Int32Array.of(1),
      rows: Int32Array.of(0, 1),
    };
    const problem = makeProblem(
      [3, 3],
      [
        bystander,
        { kind: 'table', scope, rows: Int32Array.of(0, 1) },
        { kind: 'table', scope, rows: Int32Array.of(2) },
      ],
    );
    for (const explorer of [prepared(problem), openExplorer(nameProblem(problem))]) {
      const position = startPosition(explorer, meter());
      expect(position.outcome).toBe('impossible');
      expect(position.validity.every((is) => is === 0)).toBe(true);
      expect(countOf(position) ?? 0n).toBe(0n);
      const why = whyNot(explorer, [], { variable: 1, value: 0 }, meter());
      const named = why.kind === 'impossible' ? why.rules.map(({ id }) => id) : [];
      expect(named).toEqual(['r1', 'r2']);
    }
  });
});

describe('space files that are not taken', () => {
  const problem = makeProblem(
    [3, 3, 2],
    [{ kind: 'table', scope: Int32Array.of(0, 1), rows: Int32Array.of(0, 1, 2, 2, 1, 0) }],
  );
  const bytes = writeExplorer(prepared(problem), 'one') ?? new Uint8Array(0);
  const faultOf = (own: Problem, file: Uint8Array, hash: string): string => {
    const explorer = openExplorer(nameProblem(own));
    const adopted = adoptExplorer(explorer, file, hash);
    expect(explorer.compiled === undefined).toBe(adopted.kind === 'refused');
    return adopted.kind === 'refused' ? adopted.error.kind : adopted.kind;
  };

  it('leave an explorer as it was, and say why (CFG-43)', () => {
    expect(faultOf(problem, bytes, 'one')).toBe('ok');
    expect(faultOf(problem, bytes, 'other')).toBe('otherModel');
    expect(faultOf(problem, new TextEncoder().encode('<html></html>'), 'one')).toBe('notSpace');
    for (let length = 0; length < bytes.length; length++) {
      expect(faultOf(problem, bytes.slice(0, length), 'one')).not.toBe('ok');
    }
    const other = writeExplorer(prepared(makeProblem([3, 3, 2], [])), 'one') ?? bytes;
    expect(faultOf(problem, other, 'one')).toBe('damaged');
    expect(faultOf(makeProblem([3, 3], []), bytes, 'one')).toBe('damaged');
  });

  it('of another version of the format or the engine are told as such (CFG-43)', () => {
    const format = bytes.slice();
    format[8] = 99;
    expect(faultOf(problem, format, 'one')).toBe('otherFormat');
    const { compiled } = prepared(problem);
    if (compiled?.kind !== 'diagrams') throw new Error('it is compiled');
    const { diagrams } = compiled;
    const older = writeSpace({ diagrams, modelHash: 'one', engineVersion: '0' });
    expect(faultOf(problem, older, 'one')).toBe('otherEngine');
  });
});
