import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf, type ModelFormat, readModel } from './read-model.ts';

const SAMPLES: Readonly<Record<ModelFormat, string>> = {
  dimacs: 'c a comment\nc 1 root\nc 2 b\np cnf 2 2\n1 0\n-2 1 0\n',
  uvl: `namespace a.b // x
features
\troot {Price 1.5, x 'y', constraint !a}
\t\t[1..2]
\t\t\tInteger a cardinality [0..3]
\t\t\t"b c" /* d */
\t\t\t\tor
\t\t\t\t\tc {Price 2}
\t\t\t\t\tString d
constraints
\t!a | ("b c" <=> c) & sum(Price) >= 2 => len(d) == 1 | avg(Price) / 2 != 3 * a
`,
  'feature-ide':
    '<featureModel><struct><and name="r"><feature name="a"><attribute name="p" type="long" value="3"/></feature></and></struct><constraints><rule><imp><var>a</var><var>r</var></imp></rule></constraints></featureModel>',
  'table-json':
    '{"name":"t","variables":[{"name":"a","values":["x",1]},{"name":"b","values":[true]}],"tables":[{"name":"u","scope":["a",1],"tuples":[[0,0],[1,0]]}]}',
};
const FORMATS = Object.keys(SAMPLES) as ModelFormat[];

describe('choosing a reader', () => {
  it.each(FORMATS)('CFG-59 %s is known by how it begins', (format) => {
    expect(formatOf(SAMPLES[format])).toBe(format);
    expect(formatOf(`\uFEFF${SAMPLES[format]}`)).toBe(format);
    const read = readModel(`\uFEFF${SAMPLES[format]}`);
    expect(read).toMatchObject({ kind: 'ok' });
  });

  it('CFG-59 the extension decides, and gives a name', () => {
    expect(formatOf('', 'some/car.CNF')).toBe('dimacs');
    expect(formatOf('', 'car.v2.uvl')).toBe('uvl');
    expect(formatOf('', 'car.toString')).toBeUndefined();
    expect(readModel(SAMPLES.dimacs, { name: 'C:\\some\\car.cnf' })).toMatchObject({
      value: { name: 'car' },
    });
    expect(readModel(SAMPLES.uvl, { format: 'dimacs' }).kind).toBe('refused');
  });

  it('CFG-59 a text of no format is refused as such', () => {
    expect(readModel('keepsake: 1\n')).toEqual({
      kind: 'refused',
      error: [expect.objectContaining({ code: 'format/unknown', line: 1, column: 1 })],
    });
  });
});

/** Pieces of a sample, some left out, repeated or replaced. */
function broken(sample: string): fc.Arbitrary<string> {
  const pieces = sample.match(/\s+|\w+|./gs) ?? [];
  const edit = fc.record({
    at: fc.nat({ max: pieces.length - 1 }),
    length: fc.nat({ max: 4 }),
    put: fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '0',
        '-1',
        '99999999999',
        '"',
        '[',
        '{',
        '(',
        '\n',
        'é',
        '..',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    times: fc.constantFrom(0, 1, 1, 1, 2, 400),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const list = [...pieces];
    for (const { at, length, put, times } of edits) list.splice(at, length, put.repeat(times));
    return list.join('');
  });
}

describe('texts that are broken', () => {
  it.each(FORMATS)('CFG-59 %s: read or refused with places, never thrown at', (format) => {
    fc.assert(
      fc.property(fc.oneof(broken(SAMPLES[format]), fc.string()), (text) => {
        const result = readModel(text, { format });
        if (result.kind === 'ok') {
          const { problem, declared, variables, ruleOf, rules } = result.value;
          expect(ruleOf).toHaveLength(problem.constraints.length);
          expect(problem.sizes).toHaveLength(variables.length);
          expect(declared).toBeLessThanOrEqual(variables.length);
          for (const rule of ruleOf) expect(rules.at(rule)).toBeDefined();
          expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
          return;
        }
        const { error } = result;
        expect(error.length).toBeGreaterThan(0);
        expect(error.length).toBeLessThanOrEqual(200);
        const lines = text.split('\n');
        for (const { line, column, message } of error) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});
