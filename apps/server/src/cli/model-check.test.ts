import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkoutFolder } from '../platform/paths.ts';
import { reportOnModel } from './model-check.ts';

const HEAD = `keepsake: 1
family: cup
name: Cup
summary: A cup.
currency: EUR
taxClass: standard
basePrice: 9.00
groups: [{ id: all, name: All }]
attributes:
  - { id: glaze, name: Glaze, group: all, type: choice, values: [{ id: blue, name: Blue }, { id: red, name: Red }], default: blue }
  - { id: lid, name: Lid, group: all, type: boolean, default: false }
rules:
`;
const TAIL = `components: [{ item: cup, name: Cup, quantity: 1, unit: piece }]
operations: [{ id: throw, name: Throw, workCentre: wheel, minutes: 5 }]
demand: order
picture: { width: 10, height: 10, alt: A cup, layers: [] }
`;
const family = (rules: string) => reportOnModel('cup.yaml', HEAD + rules + TAIL);

test('a family that is whole is good', () => {
  const { lines, isGood } = family(
    "  - { id: calm, text: Blue has no lid, require: 'not (glaze = blue and lid)' }\n",
  );
  expect([lines, isGood]).toEqual([['cup.yaml: nothing wrong'], true]);
});

test('a fault is named with its line and column', () => {
  const { lines, isGood } = family("  - { id: odd, text: Odd, require: 'glaze = green' }\n");
  expect(isGood).toBe(false);
  expect(lines[0]).toMatch(/^cup\.yaml:13:\d+ .*green/);
});

test('a contradiction is named with the rules that make it', () => {
  const { lines, isGood } = family(
    '  - { id: on, text: Always a lid, require: lid }\n  - { id: off, text: Never a lid, require: not lid }\n',
  );
  expect(isGood).toBe(false);
  expect(lines[0]).toBe(
    'cup.yaml: contradiction: no design obeys these together: on (Always a lid); off (Never a lid)',
  );
});

test('a value that no design can have is named', () => {
  const { lines, isGood } = family('  - { id: dull, text: Never red, require: glaze = blue }\n');
  expect(isGood).toBe(false);
  expect(lines).toContain('cup.yaml: dead value: no design can have glaze = red');
});

test.each(['bicycle', 'coffee', 'hotel-room'])('the example %s is good', (name) => {
  const file = join(checkoutFolder, 'examples', 'families', name, 'family.yaml');
  expect(reportOnModel(name, readFileSync(file, 'utf8')).isGood).toBe(true);
});
