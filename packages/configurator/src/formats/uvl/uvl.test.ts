import { describe, expect, it } from 'vitest';
import type { Model } from '../../model/model.ts';
import { backtrackSolutions } from '../../testing/backtrack.ts';
import { readUvl } from './uvl.ts';

function read(text: string): Model {
  const result = readUvl(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function count(text: string): number {
  const { problem, declared } = read(text);
  const all = backtrackSolutions(problem);
  expect(new Set(all.map((values) => values.subarray(0, declared).join())).size).toBe(all.length);
  return all.length;
}

function faults(text: string): readonly string[] {
  const result = readUvl(text);
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error.map(({ line, column, message }) => {
    return `${String(line)}:${String(column)} ${message}`;
  });
}

/** Features a … in one group below the root, and constraints. */
function model(group: string, features: readonly string[], constraints: readonly string[] = []) {
  const lines = features.map((feature) => `\t\t\t${feature}`);
  const tree = ['features', '\troot', `\t\t${group}`, ...lines];
  return [...tree, 'constraints', ...constraints.map((text) => `\t${text}`), ''].join('\n');
}

const BIKE = `features
    Bike
        mandatory
            Brake {Weight 3}
            String Manufacturer
            Integer Inch
        [1..3]
            Bell {Weight 1}
            "Training Wheels" cardinality [1..5] {Manufacturer 'Wheelio', Price 5}
                optional
                    Blah
            "Light System"
                or
                    Front {Weight 2}
                    Back {Weight 1.5}
            Dynamo {Weight 3}

constraints
    sum(Weight) < 10
    Inch > 22 => !"Training Wheels"
    sum(Price) < 10
    Front | Back => Dynamo
    "Training Wheels" => (Manufacturer == "Training Wheels".Manufacturer)
    Inch == 22 => !"Training Wheels"
`;

/** The designs of the bicycle, counted by hand: numbers and texts by what constraints tell apart. */
function bikes(): number {
  let designs = 0;
  for (let bits = 0; bits < 32; bits++) {
    const [bell, wheels, dynamo, front, back] = [0, 1, 2, 3, 4].map((i) => (bits >> i) & 1) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const light = front | back;
    const group = bell + wheels + dynamo + light;
    const weight = 3 + bell + 2 * front + 1.5 * back + 3 * dynamo;
    if (group < 1 || group > 3 || weight >= 10 || (light === 1 && dynamo === 0)) continue;
    // One copy of the wheels costs 5, two would cost 10; each is with or without Blah. Then the
    // maker is theirs and the size below 22; else there are three of each.
    designs += wheels === 1 ? 2 : 3 * 3;
  }
  return designs;
}

describe('trees', () => {
  it('CFG-56 groups of all kinds', () => {
    expect(count(model('mandatory', ['a', 'b']))).toBe(1);
    expect(count(model('optional', ['a', 'b']))).toBe(4);
    expect(count(model('or', ['a', 'b', 'c']))).toBe(7);
    expect(count(model('alternative', ['a', 'b', 'c']))).toBe(3);
    expect(count(model('[1..2]', ['a', 'b', 'c']))).toBe(6);
    expect(count(model('[2]', ['a', 'b', 'c']))).toBe(3);
    expect(count(model('[2..*]', ['a', 'b', 'c']))).toBe(4);
    expect(count(model('[0..1]', ['a', 'b', 'c']))).toBe(4);
    expect(count(model('[4..5]', ['a', 'b', 'c']))).toBe(0);
  });

  it('CFG-56 groups below a feature that need not be there', () => {
    const below = (group: string): string =>
      model('optional', ['a', `\t${group}`, '\t\tx', '\t\ty', '\t\tz']);
    expect(count(below('[2..3]'))).toBe(1 + 4);
    expect(count(below('[1..2]'))).toBe(1 + 6);
    expect(count(below('[4..4]'))).toBe(1);
    expect(count(below('alternative'))).toBe(1 + 3);
  });

  it('spaces or tabs, comments, quotes, namespaces, levels, words of the language as names', () => {
    const text = `namespace Shop.One // a comment
include
    Boolean.*
    Arithmetic.group-cardinality
features /* over
two lines */
    "A root" {abstract,
        vendor "x", depth {a 1, b 'two'}, list [1, 'x', [2]]}
        optional
            Integer
            Boolean sum
            "4x USB" {abstract true}
            a3D
constraints
    Integer | !sum & a3D
    "Shop"."One"."4x USB" | (sum
        & Integer)
`;
    const found = read(text);
    expect(found.name).toBe('Shop.One');
    expect(found.variables.map(({ name }) => name)).toEqual([
      'A root',
      'Integer',
      'sum',
      '4x USB',
      'a3D',
    ]);
    expect(count(text)).toBe(7);
    expect(found.rules.at(-1)).toMatchObject({ line: 16, id: 'constraint-2' });
  });

  it('the rules of the tree name features and lines', () => {
    const texts = Array.from({ length: 4 }, (_, i) =>
      read(model('alternative', ['a', 'b'])).rules.at(i),
    );
    expect(texts).toEqual([
      { id: 'root', text: 'root is always there', line: 2 },
      { id: 'group-1', text: 'root: exactly one of a, b', line: 4 },
      undefined,
      undefined,
    ]);
  });
});

describe('numbers and texts', () => {
  const priced = ['a {Price 1.5}', 'b {Price 2}', "c {Price -0.25, Name 'x'}"];

  it('CFG-56 sums, averages and attributes of features', () => {
    expect(count(model('optional', priced, ['sum(Price) < 2']))).toBe(5);
    expect(count(model('optional', priced, ['sum(Price) * 4 == 5']))).toBe(1);
    expect(count(model('optional', priced, ['sum(Price) / 2 - 1 != 0.75']))).toBe(7);
    expect(count(model('optional', priced, ['avg(Price) >= 1.5']))).toBe(3);
    expect(count(model('optional', priced, ['0 >= avg(Price)']))).toBe(2);
    expect(count(model('optional', priced, ['a.Price * b.Price > 2']))).toBe(2);
    expect(count(model('optional', priced, ["c.Name == 'x' => a.Price + b.Price > 3"]))).toBe(5);
    expect(count(model('optional', priced, ['len(c.Name) == 1 & floor(a.Price) == 1']))).toBe(2);
    expect(count(model('optional', priced, ['sum(a, Price) > 1 <=> sum(root, Price) > 1']))).toBe(
      6,
    );
  });

  it('CFG-57 offers the numbers of attributes by option', () => {
    const { amounts } = read(model('optional', priced));
    expect(amounts).toEqual({ Price: Float64Array.of(0, 0, 0, 1.5, 0, 2, 0, -0.25) });
  });

  it('CFG-56 numbers without a domain are ranges', () => {
    const found = read(model('mandatory', ['Integer n', 'Real r'], ['n > 3 => r < 0.5', 'n != 5']));
    expect(found.variables.slice(3)).toEqual([
      { name: 'value of n', values: [null, 'below 3', 3, 4, 5, 'above 5'] },
      { name: 'value of r', values: [null, 'below 0.5', 0.5, 'above 0.5'] },
    ]);
    expect(backtrackSolutions(found.problem)).toHaveLength(2 * 3 + 2 * 1);
    expect(found.outside[0]).toBe(
      "a whole number of 'n' (line 4) is known only as far as constraints ask: below 3, 3, 4, 5, above 5",
    );
  });

  it('CFG-56 what is not there holds 0 or the empty text', () => {
    expect(count(model('optional', ['Integer n'], ['n < 0']))).toBe(1);
    expect(count(model('optional', ['Integer n'], ['n >= 0']))).toBe(3);
    expect(count(model('optional', ['String s'], ["s == 'x'"]))).toBe(1);
    expect(count(model('optional', ['String s'], ["s != 'x'"]))).toBe(2);
  });

  it('CFG-56 leaves out what cannot be taken over, with its line', () => {
    const lines = [
      'n > m',
      'len(s) > 3',
      'n * n == 4',
      's == t',
      'avg(P) > n',
      'n > 2 | n / 0 == 1',
    ];
    const typed = ['Integer n', 'Integer m', 'String s', 'String t', 'a {P 1}'];
    const found = read(model('mandatory', typed, lines));
    const left = found.outside.filter((text) => text.startsWith('line'));
    expect(left.map((text) => text.slice(0, 19))).toEqual(
      [10, 11, 12, 13, 15].map((line) => `line ${String(line)} is left out`),
    );
    expect(found.rules.at(-1)?.text).toBe('avg(P) > n');
  });
});

describe('copies', () => {
  it('CFG-56 are counted without an order', () => {
    expect(count(model('mandatory', ['a cardinality [1..3]']))).toBe(3);
    expect(count(model('optional', ['a cardinality [0..2]']))).toBe(1 + 3);
    const below = ['a cardinality [1..3]', '\toptional', '\t\tb'];
    expect(count(model('mandatory', below))).toBe(2 + 3 + 4);
    const twice = [
      'a cardinality [1..2]',
      '\toptional',
      '\t\tb cardinality [1..2]',
      '\t\t\tmandatory',
      '\t\t\t\tc',
      '\t\tInteger n',
    ];
    // A copy has no b, one or two of them, and n or not.
    expect(count(model('mandatory', twice))).toBe(6 + (6 * 7) / 2);
    // With n: absent, below, at and above 2.
    expect(count(model('mandatory', twice, ['n != 2']))).toBe(9 + (9 * 10) / 2);
  });

  it('CFG-56 keep constraints each by itself, and count what they carry', () => {
    const below = ['a cardinality [1..3] {P 2}', '\toptional', '\t\tb {P 1}', '\t\tc'];
    expect(count(model('mandatory', below, ['b <=> c']))).toBe(2 + 3 + 4);
    // Copies that come to at most 5: of 2 and 3 each, with or without c.
    expect(count(model('mandatory', below, ['sum(P) <= 5']))).toBe(4 + (3 + 2 * 2));
    const { notes, amounts } = read(model('mandatory', ['a cardinality [1..2] {P 2}']));
    expect(notes).toHaveLength(1);
    expect(amounts?.['P']).toEqual(Float64Array.of(0, 0, 0, 0, 0, 2, 4));
  });

  it('names that are made up are names of nothing else', () => {
    const features = ['a cardinality [1..2]', '"copies of a"', 'Integer n', '"value of n"', '"#1"'];
    const found = read(
      model('optional', features, ['n == 1 <=> (n < 3 <=> "#1")', 'a | n > 1 & n < 7']),
    );
    expect(new Set(found.variables.map(({ name }) => name)).size).toBe(found.variables.length);
    expect(found.variables.map(({ name }) => name)).toContain("value of n'");
  });

  it('without end are left out', () => {
    const found = read(
      model('mandatory', ['a cardinality [1..*]', '\toptional', '\t\tb'], ['b => a', 'a']),
    );
    expect(found.outside).toEqual([
      "how often 'a' (line 4) is there, and what is below it",
      "line 8 is left out, since 'a' can be there too often to be counted: b => a",
    ]);
    expect(found.variables.map(({ name }) => name)).toEqual(['root', 'a']);
  });

  it('CFG-56 a bicycle with all of it', () => {
    expect(bikes()).toBe(86);
    expect(count(BIKE)).toBe(bikes());
  });
});

describe('faults', () => {
  it('CFG-59 are told all at once, with line and column', () => {
    expect(faults('')).toEqual([
      "1:1 there is no feature: the section 'features' is missing or empty",
    ]);
    expect(faults('imports\n\tother as o\nfeatures\n\troot\n')).toEqual([
      '2:2 this file needs other files: imports are not read',
    ]);
    const broken = ['a', 'a', '"b', 'c [1..2]', 'd {x 1, x}'];
    expect(faults(model('optional', broken, ['a &', 'z', 'a == 1', '(a']))).toEqual([
      "5:4 'a' is in line 4 already",
      '6:4 a quote that does not end',
      "7:6 expected the end of the line, not '['",
      "8:12 the attribute 'x' is there already",
      '10:5 expected a feature, not the end of the line',
      "11:2 no feature or attribute is called 'z'",
      "12:2 expected a feature that holds a number or a text: 'a' is there or not",
      "13:2 '(' is never closed",
      "13:4 expected ')', not the end of the line",
    ]);
    expect(
      faults('features\n\troot\n\t\toptional\n\t\t\ta\n\t\t  b\n\tsecond\nfeatures\n\tx\n'),
    ).toEqual([
      '5:5 this line is indented unlike those beside it',
      "6:2 a second root beside 'root'",
      "7:1 a second 'features'",
    ]);
    expect(faults(model('some', ['a']))).toEqual(["3:3 expected a group, not 'some'"]);
    expect(faults(model('[3..2]', ['a']))).toEqual(['3:3 nothing lies between 3 and 2']);
  });

  it('CFG-59 nesting has a limit, long chains have none', () => {
    const deep = `${'('.repeat(100_000)}a${')'.repeat(100_000)}`;
    expect(faults(model('optional', ['a'], [deep]))).toEqual([
      '6:203 an expression is nested deeper than 200 levels',
    ]);
    expect(faults(model('optional', ['a'], [`${'!'.repeat(100_000)}a`]))).toHaveLength(1);
    expect(faults(model('optional', ['a'], [`a${' => a'.repeat(100_000)}`]))).toHaveLength(1);
    expect(read(model('optional', ['a'], [`a${' | a'.repeat(100_000)}`])).rules.length).toBe(3);
    const nested = Array.from({ length: 2_000 }, (_, i) => {
      const name = `f${String(i)}`;
      return `${' '.repeat(2 * i + 1)}${name}\n${' '.repeat(2 * i + 2)}optional`;
    });
    expect(faults(`features\n${nested.join('\n')}`)).toContain(
      '502:502 the tree is deeper than 500 levels',
    );
  });
});
