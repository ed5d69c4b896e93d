import { expect, test } from 'vitest';
import { evaluate, holds } from './expression.ts';
import type { Family } from './family.ts';
import { familyHash } from './family.ts';
import type { ModelIssue } from './issue.ts';
import { bicycleFamily } from './testing/bicycle.ts';
import { parseFamily } from './yaml.ts';

const HEAD = `keepsake: 1
family: lamp
name: { en: Lamp, de: Lampe }
currency: EUR
basePrice: 20
`;

function familyOf(text: string): Family {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function issuesOf(text: string): readonly ModelIssue[] {
  const parsed = parseFamily(text);
  return parsed.kind === 'refused' ? parsed.error : [];
}

const LAMP = `${HEAD}
attributes:
  - id: shade
    name: Shade
    type: choice
    values:
      - { id: linen, name: Linen }
      - { id: '40', name: Forty, price: 12.50, swatch: '#fa0' }
    default: linen
  - { id: cord, name: Cord, type: decimal, min: 0.5, max: 3, step: 0.1, unit: m, pricePerUnit: 2.5 }
  - { id: dimmer, name: Dimmer, type: boolean, price: 9 }
  - { id: note, name: Note, type: text, maxLength: 10, price: 3, optional: true }
`;

test('CFG-10 a family becomes plain data: minor units, resolved expressions, every text with English', () => {
  const family = familyOf(`${LAMP}
rules:
  - { id: r-1, text: Why, when: shade = '40' and not dimmer, then: cord * 2 <= 3 }
`);
  expect(family).toEqual(JSON.parse(JSON.stringify(family)));
  expect(family.basePriceMinor).toBe(2000);
  expect(family.name).toEqual({ en: 'Lamp', de: 'Lampe' });
  const [shade, cord] = family.attributes;
  expect(shade?.type === 'choice' && shade.values[1]).toEqual({
    id: '40',
    name: { en: 'Forty' },
    priceMinor: 1250,
    swatch: '#fa0',
  });
  expect(cord).toMatchObject({ digits: 1, pricePerUnitMinor: 250, optional: false });
  expect(family.rules[0]).toHaveProperty('then.source', 'cord * 2 <= 3');
});

test('CFG-11 every fault is told at once, each at its place', () => {
  const issues = issuesOf(`${HEAD}attributes:
  - { id: a, name: A, type: choice, values: [{ id: x, name: X }, { id: x, name: X }] }
  - { id: b, name: B, type: integer, min: 1, max: 5, default: 9 }
  - { id: c, name: C, type: colour }
rules:
  - { id: r, text: R, when: a = z, then: b > 2 }
  - { id: s, text: S, require: b >> 2 }
  - { id: t, text: T, require: a + 1 > 2 }
  - { id: u, text: U, require: missing }
extra: 1
`);
  const told = issues.map(({ code, line, path }) => [code, line, path]);
  expect(told).toEqual([
    ['id/duplicate', 7, 'attributes[0].values[1]'],
    ['value/bounds', 8, 'attributes[1].default'],
    ['value/form', 9, 'attributes[2].type'],
    ['id/unknown', 11, 'rules[0].when'],
    ['expression/syntax', 12, 'rules[1].require'],
    ['expression/type', 13, 'rules[2].require'],
    ['id/unknown', 14, 'rules[3].require'],
    ['key/unknown', 15, 'extra'],
  ]);
  const [, , , unknown] = issues;
  expect(unknown?.column).toBe(`  - { id: r, text: R, when: a = `.length + 1);
});

test('CFG-12 a text that no store and no page can hold is refused where it stands', () => {
  const raw = issuesOf(LAMP.replace('Linen', 'Lin\0en'));
  expect(raw).toMatchObject([{ code: 'yaml/malformed', line: 12, column: 31 }]);
  const escaped = issuesOf(LAMP.replace('Linen', '"Lin\\0en"').replace('Forty', '"\\ud800"'));
  expect(escaped).toMatchObject([
    { code: 'value/form', path: 'attributes[0].values[0].name' },
    { code: 'value/form', path: 'attributes[0].values[1].name' },
  ]);
  expect(escaped.map(({ message }) => message)).toEqual([
    'the character U+0000 cannot stand in a text',
    'the character U+D800 cannot stand in a text',
  ]);
});

test('CFG-12 documents that are malformed, too large, too deep or bombs are refused', () => {
  const codeOf = (text: string): string | undefined => issuesOf(text)[0]?.code;
  expect(codeOf('a: [')).toBe('yaml/malformed');
  expect(codeOf('')).toBe('value/type');
  expect(issuesOf('a: 1\na: 2')).toContainEqual(
    expect.objectContaining({ code: 'key/duplicate', path: 'a', line: 2 }),
  );
  expect(codeOf(`# ${'x'.repeat(1024 * 1024)}`)).toBe('yaml/too-large');
  for (const mark of ['[', '{', '- ', '? ', ']']) {
    expect(codeOf(mark.repeat(500_000))).toBe('yaml/too-deep');
  }
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++) {
    const from = String.fromCharCode(96 + i);
    const name = String.fromCharCode(97 + i);
    bomb.push(`${name}: &${name} [${Array(10).fill(`*${from}`).join(', ')}]`);
  }
  const text = `${HEAD}${bomb.join('\n')}\nattributes: *j\nrules: *j\n`;
  expect(issuesOf(text).length).toBeGreaterThan(0);
  const cells = `${HEAD}attributes:
  - { id: q, name: Q, type: boolean }
tables:
  - id: t
    text: T
    columns: [q]
    rows:
      - &cell [&v [${'true, '.repeat(2000)}true]]
${'      - *cell\n'.repeat(1000)}`;
  expect(issuesOf(cells).map(({ code }) => code)).toContain('limit/exceeded');
});

test('CFG-13 the limits of the format are enforced', () => {
  const attribute = (i: number): string => `  - { id: a${String(i)}, name: A, type: boolean }\n`;
  const many = Array.from({ length: 201 }, (_, i) => attribute(i)).join('');
  expect(issuesOf(`${HEAD}attributes:\n${many}`)[0]).toMatchObject({
    code: 'limit/exceeded',
    path: 'attributes',
  });
  const steps = '  - { id: a, name: A, type: integer, min: 0, max: 1001 }\n';
  expect(issuesOf(`${HEAD}attributes:\n${steps}`)[0]?.code).toBe('limit/exceeded');
  expect(issuesOf(`${HEAD}attributes:\n${steps.replace('1001', '1000')}`)).toEqual([]);
  const nested = (levels: number): string =>
    `${HEAD}attributes:\n${attribute(0)}rules:\n  - { id: r, text: R, require: '${'('.repeat(levels)}a0${')'.repeat(levels)}' }\n`;
  expect(issuesOf(nested(39))).toEqual([]);
  expect(issuesOf(nested(41))[0]?.code).toBe('expression/syntax');
  expect(issuesOf(nested(41).replaceAll('(', 'not '))[0]?.code).toBe('expression/syntax');
  const amount = `${HEAD.replace('20', '20.005')}attributes:\n${attribute(0)}`;
  expect(issuesOf(amount)[0]?.path).toBe('basePrice');
});

test('CFG-14 absent makes comparisons false and arithmetic absent', () => {
  const family = familyOf(`${HEAD}attributes:
  - { id: x, name: X, type: integer, min: 0, max: 9, optional: true }
components:
  - { item: a, name: A, unit: piece, when: x > 3 }
  - { item: b, name: B, unit: piece, when: not (x > 3) }
  - { item: c, name: C, unit: piece, when: x != 3 }
  - { item: d, name: D, unit: piece, quantity: round(x / 2) + (x = 4) }
`);
  const [a, b, c, d] = family.components;
  expect([a, b, c].map((line) => holds(line?.when, { x: null }))).toEqual([false, true, false]);
  const quantity = d?.quantity;
  if (quantity === undefined || typeof quantity === 'number') throw new Error('an expression');
  expect(evaluate(quantity, { x: null })).toBe(null);
  expect([3, 4, 5].map((x) => evaluate(quantity, { x }))).toEqual([2, 3, 3]);
});

test('CFG-14 numbers are decimals, not binary fractions', () => {
  const family = familyOf(`${LAMP}components:
  - { item: a, name: A, unit: piece, when: cord * 3 = 2.1 }
`);
  expect(holds(family.components[0]?.when, { cord: 0.7 })).toBe(true);
});

test('CFG-15 a text is mentioned only as empty or not, and only outside the rules', () => {
  const price = `prices:\n  - { id: p, text: P, when: "note != ''", price: 1 }\n`;
  expect(issuesOf(LAMP + price)).toEqual([]);
  const rule = `rules:\n  - { id: r, text: R, require: "note != ''" }\n`;
  expect(issuesOf(LAMP + rule)[0]?.code).toBe('expression/type');
  const other = price.replace("''", "'x'");
  expect(issuesOf(LAMP + other)[0]?.code).toBe('expression/type');
});

test('CFG-16 the hash of a family does not depend on the order of keys', () => {
  const family = familyOf(LAMP);
  const turned: Family = { ...Object.fromEntries(Object.entries(family).reverse()), ...family };
  expect(familyHash(turned)).toBe(familyHash(family));
  expect(familyHash({ ...family, basePriceMinor: 1 })).not.toBe(familyHash(family));
});

test('CFG-10 a family of the size of a bicycle is read without a fault', () => {
  expect(familyOf(bicycleFamily(1)).attributes).toHaveLength(40);
});
