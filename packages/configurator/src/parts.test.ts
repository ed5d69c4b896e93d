import { expect, test } from 'vitest';
import { checkModel } from './check-model.ts';
import { decide } from './decide.ts';
import { checkDesign, freezeDesign } from './design.ts';
import { holds, quantityOf, type Values } from './expression.ts';
import type { Family } from './family.ts';
import { priceDesign } from './price.ts';
import { repairs } from './repair.ts';
import { startSession } from './session.ts';
import { compileSpace } from './space.ts';
import { enumerateDesigns } from './testing/oracle.ts';
import { viewSession } from './view.ts';
import { fillWords } from './words.ts';
import { parseFamily } from './yaml.ts';

const PANNIERS = `
keepsake: 1
family: tourer
name: Tourer
currency: EUR
basePrice: 100
attributes:
  - { id: rack, name: Rack, type: boolean, price: 40 }
parts:
  - id: panniers
    name: { en: Panniers, de: Packtaschen }
    one: { id: pannier, name: { en: Pannier, de: Packtasche } }
    max: 3
    price: 30
    attributes:
      - { id: colour, name: { en: Colour, de: Farbe }, type: choice, values: [{ id: black }, { id: red, price: 5 }] }
      - { id: volume, name: { en: Volume, de: Volumen }, type: integer, min: 10, max: 20, step: 5, unit: l, pricePerUnit: 1 }
rules:
  - { id: rack, text: Panniers hang on a rack, when: count(panniers) > 0, then: rack }
prices:
  - { id: pair, text: A red one and a large one, when: any(panniers.colour = red) and any(panniers.volume = 20), price: -2 }
components:
  - { item: bag-red, name: Bag, quantity: count(panniers.colour = red), unit: piece }
  - { item: cloth, name: Cloth, quantity: sum(panniers.volume * 2 + 1), unit: dm2 }
  - { item: lining, name: Lining, when: all(panniers.volume > 10), unit: piece }
  - { item: net, name: Net, quantity: 'sum(1 + (panniers.colour = red))', unit: piece }
`;

function read(text: string): Family {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function faultsOf(text: string): readonly string[] {
  const parsed = parseFamily(text);
  if (parsed.kind === 'ok') return [];
  return parsed.error.map(({ line, message }) => `${String(line)}: ${message}`);
}

const family = read(PANNIERS);
const space = compileSpace(family);

const two: Values = {
  rack: true,
  panniers: 2,
  'pannier.1.colour': 'black',
  'pannier.1.volume': 20,
  'pannier.2.colour': 'red',
  'pannier.2.volume': 10,
  'pannier.3.colour': null,
  'pannier.3.volume': null,
};

test('CFG-62 each set of interchangeable parts is one design', () => {
  // Six designs of one: the multisets of up to three of them, none with and without a rack.
  const multisets = 1 + 6 + (6 * 7) / 2 + (6 * 7 * 8) / 6;
  expect(enumerateDesigns(space).designs).toHaveLength(multisets + 1);
  const apart = read(PANNIERS.replace('max: 3', 'max: 3\n    interchangeable: false'));
  expect(enumerateDesigns(compileSpace(apart)).designs).toHaveLength(1 + 6 + 36 + 216 + 1);
});

test('CFG-62 parts are attributes with stable ids, named, priced, checked and frozen like others', () => {
  expect(family.attributes.map(({ id }) => id)).toEqual(['rack', ...Object.keys(two).slice(1)]);
  expect(family.attributes[2]?.name).toEqual({
    en: 'Pannier 1: Colour',
    de: 'Packtasche 1: Farbe',
  });
  expect(checkDesign(space, two)).toEqual([]);
  const swapped = { ...two, 'pannier.1.colour': 'red', 'pannier.2.colour': 'black' };
  expect(checkDesign(space, swapped)).toMatchObject([{ rule: { id: 'panniers:order.1' } }]);
  const missing = { ...two, 'pannier.2.volume': null };
  expect(checkDesign(space, missing).length).toBeGreaterThan(0);
  const lines = priceDesign(family, two).lines.map(({ id, amountMinor }) => [id, amountMinor]);
  expect(lines).toEqual([
    ['tourer', 10_000],
    ['rack', 4_000],
    ['panniers', 6_000],
    ['pannier.1.volume', 2_000],
    ['pannier.2.colour', 500],
    ['pannier.2.volume', 1_000],
    ['pair', -200],
  ]);
  const frozen = freezeDesign(space, two);
  expect(frozen.kind === 'ok' && Object.keys(frozen.value.values)).toEqual(Object.keys(two));
  const words = fillWords(
    family,
    { en: '{pannier.1.volume} {pannier.2.colour}' },
    { values: two, texts: {} },
    'en',
  );
  expect(words).toBe('20 l red');
  expect(checkModel(space)).toMatchObject({ contradictions: [], dead: [], forced: [], idle: [] });
});

test('CFG-62 count, sum, any and all are about the parts that are there', () => {
  const none: Values = Object.fromEntries(Object.keys(two).map((id) => [id, null]));
  const quantities = (values: Values): readonly unknown[] =>
    family.components.map(({ quantity, when }) => [
      holds(when, values) ? quantityOf(quantity, values) : 0,
    ]);
  expect(quantities(two).flat()).toEqual([1, 2 * 30 + 2, 0, 3]);
  expect(quantities({ ...none, panniers: 0, rack: false }).flat()).toEqual([0, 0, 1, 0]);
});

test('CFG-62 a session counts parts, and they appear and vanish with the count', () => {
  const start = startSession(space);
  const [, count, colour] = viewSession(start).attributes;
  expect(count).toMatchObject({ id: 'panniers', standing: 'open' });
  expect(colour).toMatchObject({ standing: 'open', absent: 'valid' });
  const taken = decide(start, { attribute: 'pannier.2.volume', value: 15 });
  if (taken.kind === 'refused') throw new Error('it can be had');
  expect(taken.value.forced).toContainEqual({ attribute: 'rack', value: true });
  const view = viewSession(taken.value.session);
  expect(view.attributes[1]).toMatchObject({ runs: [{ to: 1, validity: 'invalid' }, { to: 3 }] });
  expect(view.attributes[2]).toMatchObject({ absent: 'invalid' });
  expect(view.isComplete).toBe(false);
  const { repairs: found } = repairs(
    taken.value.session,
    { attribute: 'panniers', value: 1 },
    { most: 3 },
  );
  expect(found).toMatchObject([
    { changes: [{ attribute: 'pannier.2.volume', from: 15, to: null }] },
  ]);
});

test('CFG-62 faults in parts are told with their line', () => {
  const bad = PANNIERS.replace('count(panniers) > 0', 'panniers.colour = red');
  expect(faultsOf(bad)).toEqual([
    "19: 'panniers.colour' is one value a part: ask any(…), all(…), count(…) or sum(…)",
  ]);
  expect(faultsOf(PANNIERS.replace('count(panniers) > 0', 'any(panniers.size = 3)'))).toEqual([
    "19: the parts 'panniers' have no attribute 'size'",
  ]);
  expect(faultsOf(PANNIERS.replace('count(panniers) > 0', 'any(rack)'))).toEqual([
    "19: 'any' is about parts of which there are several",
  ]);
  expect(faultsOf(PANNIERS.replace('max: 3', 'max: 30'))).toEqual(['13: expected 1 to 20']);
  expect(faultsOf(PANNIERS.replace('type: choice,', 'type: choice, memory: x.y,'))).toContain(
    "16: a part cannot have a 'memory'",
  );
  expect(faultsOf(PANNIERS.replace('id: panniers\n', 'id: rack\n'))).toContain(
    "10: 'rack' is there already",
  );
  const many = PANNIERS.replace('max: 3', 'max: 20').replace(
    /(\n {6}- \{ id: volume.*)/,
    `$1${Array.from({ length: 9 }, (_, i) => `\n      - { id: b${String(i)}, type: boolean }`).join('')}`,
  );
  expect(faultsOf(many)).toContain('10: with all parts there are more than 200 attributes');
});
