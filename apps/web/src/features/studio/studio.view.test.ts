import { compileSpace, decide, startSession, viewSession } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { invariant } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { valueName } from '../../platform/value-name.view.ts';
import { altOf } from './picture-alt.view.ts';
import { boundsOf, changeOf, gridOf, groupsOf, validityAt } from './studio.view.ts';

const parsed = parseFamily(`
keepsake: 1
family: lamp
name: Lamp
currency: EUR
taxClass: standard
basePrice: 100.00
groups: [{ id: look, name: { en: Look, de: Aussehen } }]
attributes:
  - id: shade
    name: { en: Shade, de: Schirm }
    group: look
    type: choice
    values:
      - { id: paper, name: { en: Paper, de: Papier }, swatch: '#eeeeee' }
      - { id: glass, name: { en: Glass, de: Glas }, price: 20.00, swatch: '#99aabb' }
    default: paper
  - { id: dimmer, name: Dimmer, type: boolean, price: 15.00, default: false }
  - { id: bulbs, name: Bulbs, type: integer, min: 1, max: 3, step: 1, default: 1 }
  - { id: cable, name: Cable, type: decimal, min: 1, max: 20, step: 0.5, unit: m, default: 2 }
rules:
  - { id: many, text: Many bulbs need glass, when: bulbs = 3, then: shade = glass }
picture:
  width: 3
  height: 2
  alt: { en: 'A lamp of {shade}', de: 'Eine Lampe: {shade}' }
  layers: []
`);
invariant(parsed.kind === 'ok', 'the lamp is well-formed');
const family = parsed.value;
const start = startSession(compileSpace(family));
const english = { locale: 'en', yes: 'Yes', no: 'No', other: 'More' };
const german = { locale: 'de', yes: 'Ja', no: 'Nein', other: 'Weiteres' };

function optionsOf(session: typeof start, id: string) {
  const groups = groupsOf(family, viewSession(session), english);
  const model = groups.flatMap(({ attributes }) => attributes).find((each) => each.id === id);
  invariant(model?.kind === 'options', `${id} has options`);
  return model;
}

describe('the column', () => {
  test('has the groups of the family, and one for what stands in none', () => {
    const groups = groupsOf(family, viewSession(start), german);
    expect(groups.map(({ name }) => name)).toEqual(['Aussehen', 'Weiteres']);
    expect(groups[1]?.attributes.map(({ id }) => id)).toEqual(['dimmer', 'bulbs', 'cable']);
  });

  test('shows colours as swatches, short grids as chips, long ones as a slider', () => {
    expect(optionsOf(start, 'shade').look).toBe('swatches');
    expect(optionsOf(start, 'bulbs').options.map(({ name }) => name)).toEqual(['1', '2', '3']);
    const groups = groupsOf(family, viewSession(start), english);
    const cable = groups.flatMap(({ attributes }) => attributes).find(({ id }) => id === 'cable');
    expect(cable?.kind).toBe('range');
  });

  test('suggests before anything is chosen, and prices each value beside what stands', () => {
    const { options } = optionsOf(start, 'shade');
    expect(options.map(({ state }) => state)).toEqual(['suggested', 'possible']);
    expect(options.map(({ priceChange }) => priceChange)).toEqual(['', '+€20']);
    expect(optionsOf(start, 'dimmer').options.map(({ name }) => name)).toEqual(['Yes', 'No']);
  });

  test('keeps what is impossible in sight, and says what is forced', () => {
    const decided = decide(start, { attribute: 'bulbs', value: 3 });
    invariant(decided.kind === 'ok', 'three bulbs are possible');
    const shade = optionsOf(decided.value.session, 'shade');
    expect(shade.options.map(({ state }) => state)).toEqual(['impossible', 'forced']);
    expect(shade.isForced).toBe(true);
    expect(optionsOf(decided.value.session, 'bulbs').isOwn).toBe(true);
  });

  test('shows the attributes of a part while the part is there', () => {
    const charms = parseFamily(`
keepsake: 1
family: chain
name: Chain
currency: EUR
basePrice: 10
attributes: [{ id: clasp, type: boolean }]
parts:
  - id: charms
    one: { id: charm }
    max: 3
    attributes: [{ id: metal, type: choice, values: [{ id: gold, price: 9 }, { id: tin }] }, { id: grams, type: integer, min: 1, max: 3 }]
`);
    invariant(charms.kind === 'ok', 'the chain is well-formed');
    const none = startSession(compileSpace(charms.value));
    const shownIn = (session: typeof none) =>
      groupsOf(charms.value, viewSession(session), english).flatMap(({ attributes }) => attributes);
    expect(shownIn(none).map(({ id }) => id)).toEqual(['clasp', 'charms']);
    const two = decide(none, { attribute: 'charms', value: 2 });
    invariant(two.kind === 'ok', 'two charms are possible');
    const shown = shownIn(two.value.session);
    expect(shown.map(({ id }) => id)).toEqual([
      'clasp',
      'charms',
      'charm.1.metal',
      'charm.1.grams',
      'charm.2.metal',
      'charm.2.grams',
    ]);
    expect(shown[2]).toMatchObject({ name: 'charm 1: metal', isOptional: false });
    const moments = { before: viewSession(none), after: viewSession(two.value.session) };
    expect(changeOf(charms.value, moments, two.value, english).forced).toEqual([]);
  });
});

test('a change tells the price, what was forced and how much went away', () => {
  const decided = decide(start, { attribute: 'bulbs', value: 3 });
  invariant(decided.kind === 'ok', 'three bulbs are possible');
  const moments = { before: viewSession(start), after: viewSession(decided.value.session) };
  expect(changeOf(family, moments, decided.value, german)).toEqual({
    priceMinor: 2_000,
    forced: [{ attribute: 'Schirm', value: 'Glas' }],
    impossibleCount: 1,
  });
});

test('numbers are named with their unit, in the reader’s language', () => {
  const cable = family.attributes.find(({ id }) => id === 'cable');
  invariant(cable !== undefined, 'there is a cable');
  expect(valueName(cable, 2.5, german)).toBe('2,5 m');
  expect(valueName(cable, null, german)).toBe('–');
});

test('a grid has no binary noise, and a number outside all runs cannot be had', () => {
  expect(gridOf({ min: 0, max: 0.3, step: 0.1, digits: 1 })).toEqual([0, 0.1, 0.2, 0.3]);
  const runs = [{ from: 1, to: 2, validity: 'valid' as const }];
  expect(validityAt(runs, 2)).toBe('valid');
  expect(validityAt(runs, 3)).toBe('invalid');
});

test('the price spans everything that is still open', () => {
  // 100 up to 100 + 20 (glass) + 15 (dimmer).
  expect(boundsOf(viewSession(start))).toEqual({ min: 10_000, max: 13_500 });
});

test('the picture is described in words', () => {
  expect(altOf(family, { shade: 'paper' }, english)).toBe('A lamp of paper');
  expect(altOf(family, { shade: 'glass' }, german)).toBe('Eine Lampe: Glas');
});
