import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSolutions } from '../testing/random-problem.ts';
import { readDimacs } from './dimacs.ts';

function read(text: string) {
  const result = readDimacs(text, 'small');
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function faults(text: string) {
  const result = readDimacs(text);
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error.map(({ line, column, code }) => `${String(line)}:${String(column)} ${code}`);
}

describe('clauses', () => {
  it('CFG-54 every variable of the header is declared, named by a comment or its number', () => {
    const model = read('c a comment\nc 1 root\nc 3$ My Name\np cnf 4 2\n1 0\n-3 2\n 0\n');
    expect(model.variables.map(({ name }) => name)).toEqual(['root', '2', 'My Name', '4']);
    expect(model.variables[1]?.values).toEqual([false, true]);
    expect([model.declared, model.name]).toEqual([4, 'small']);
    expect(listSolutions(model.problem)).toHaveLength(6);
  });

  it('CFG-54 each clause is a rule that says itself when asked, with its line', () => {
    const model = read('c 1 a\nc 2 b\np cnf 2 3\n1 -2 0 2 -2 0\n2\n2 0\n');
    expect([model.rules.at(0), model.rules.at(1), model.rules.length]).toEqual([
      { id: 'clause-1', text: 'a or not b', line: 4 },
      { id: 'clause-2', text: 'b', line: 5 },
      2,
    ]);
    expect([...model.ruleOf]).toEqual([0, 1]);
  });

  it('an empty clause leaves no design', () => {
    const model = read('p cnf 2 1\n0\n');
    expect(listSolutions(model.problem)).toEqual([]);
    expect(model.rules.at(0)?.text).toBe('nothing fits');
  });

  it('ends at a percent sign, and takes the line ends of Windows', () => {
    expect(read('p cnf 2 1\r\n1 2 0\r\n%\r\n0\r\n').rules.length).toBe(1);
  });

  it('CFG-54 tells all faults with line and column', () => {
    expect(faults('')).toEqual(['1:1 text/malformed']);
    expect(faults('1 0\np cnf 1 1\n')).toEqual(['1:1 text/malformed']);
    expect(faults('p cnf 2 2\n1 3 0\n1 x 0\n')).toEqual(['2:3 name/unknown', '3:3 text/malformed']);
    expect(faults('p cnf 2 2\n1 0\n')).toEqual(['3:1 value/bounds']);
    expect(faults('p cnf 2 1\n 1 2\n')).toEqual(['2:2 text/malformed']);
    expect(faults('c 1 a\nc 2 a\np cnf 2 0\n')).toEqual(['2:1 name/duplicate']);
    expect(faults('c 1 2\np cnf 2 0\n')).toEqual(['1:1 name/duplicate']);
    expect(faults('c 1 a\nc 1 b\np cnf 2 0\n')).toEqual(['2:1 name/duplicate']);
    expect(faults('p cnf 1000001 0\n')).toEqual(['1:1 limit/exceeded']);
    expect(faults('p cnf 1 1\n1 \u0000 0')).toEqual(['2:3 text/malformed']);
    const many = faults(`p cnf 1 1\n${'2 0\n'.repeat(300)}`);
    expect([many.length, many.at(-1)]).toEqual([200, '201:1 name/unknown']);
  });

  it('CFG-54 has the solutions of its clauses', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const dice = seededRandom(seed);
        const count = 1 + dice.below(5);
        const clauses = Array.from({ length: dice.below(6) }, () =>
          Array.from({ length: dice.below(4) }, () => {
            const number = 1 + dice.below(count);
            return dice.below(2) === 0 ? number : -number;
          }),
        );
        const lines = clauses.map((clause) =>
          [...clause, 0].join(dice.below(2) === 0 ? ' ' : '\n'),
        );
        const header = `p cnf ${String(count)} ${String(clauses.length)}`;
        const { problem } = read([header, ...lines, ''].join('\n'));
        const wanted = Array.from({ length: 2 ** count }, (_, bits) => bits).filter((bits) =>
          clauses.every((clause) =>
            clause.some(
              (number) => ((bits >> (Math.abs(number) - 1)) & 1) === (number > 0 ? 1 : 0),
            ),
          ),
        );
        const found = listSolutions(problem).map((values) =>
          values.reduce((bits, value, v) => bits + value * 2 ** v, 0),
        );
        expect(found.sort((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('takes clauses by the hundred thousand', () => {
    const clauses = Array.from({ length: 240_000 }, (_, k) => `-${String(1 + (k % 14_000))} 1 0`);
    const text = ['p cnf 14000 240000', ...clauses].join('\n');
    expect(read(text).rules.length).toBe(240_000 - Math.ceil(240_000 / 14_000));
  });
});
