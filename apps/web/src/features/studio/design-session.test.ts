import { compileSpace, startSession } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { invariant } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  applyRepair,
  choose,
  countLetters,
  decisionsOf,
  isUntouched,
  refillFromMemory,
  restoreDesign,
} from './design-session.ts';

const parsed = parseFamily(`
keepsake: 1
family: lamp
name: Lamp
currency: EUR
taxClass: standard
basePrice: 100.00
attributes:
  - id: shade
    name: Shade
    type: choice
    values: [{ id: paper, name: Paper }, { id: glass, name: Glass, price: 20.00 }]
    default: paper
  - id: bulb
    name: Bulb
    type: choice
    values: [{ id: cool, name: Cool }, { id: hot, name: Hot }]
    default: cool
  - { id: engraving, name: Engraving, type: text, maxLength: 10, optional: true }
rules:
  - { id: paper-burns, text: Paper burns, when: bulb = hot, then: shade = glass }
`);
invariant(parsed.kind === 'ok', 'the lamp is well-formed');
const family = parsed.value;
const space = compileSpace(family);

const choices = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([attribute, value]) => ({ attribute, value }));

describe('a stored design', () => {
  test('comes back as it was, without a past', () => {
    const stored = choices(['bulb', 'hot'], ['shade', 'glass']);
    const { session, droppedCount } = restoreDesign(space, stored, { engraving: 'Ada' });
    expect(decisionsOf(session)).toEqual(stored);
    expect(session.texts).toEqual({ engraving: 'Ada' });
    expect(session.past).toEqual([]);
    expect(droppedCount).toBe(0);
  });

  test('drops and counts what is not offered any more', () => {
    const stored = choices(['bulb', 'hot'], ['shade', 'silk'], ['base', 'oak']);
    const { session, droppedCount } = restoreDesign(space, stored, { motto: 'x' });
    expect(decisionsOf(session)).toEqual(choices(['bulb', 'hot']));
    expect(droppedCount).toBe(3);
  });

  test('keeps the earlier of two choices that no longer go together', () => {
    const stored = choices(['bulb', 'hot'], ['shade', 'paper']);
    const { session, droppedCount } = restoreDesign(space, stored, {});
    expect(decisionsOf(session)).toEqual(choices(['bulb', 'hot']));
    expect(droppedCount).toBe(1);
  });
});

describe('a repair', () => {
  test('is one act: one step back undoes all of it', () => {
    const paper = choose(startSession(space), { attribute: 'shade', value: 'paper' });
    invariant(paper.kind === 'done', 'paper is possible');
    const wish = { attribute: 'bulb', value: 'hot' };
    expect(choose(paper.session, wish).kind).toBe('refused');
    const repaired = applyRepair(paper.session, wish, {
      changes: [{ attribute: 'shade', from: 'paper', to: 'glass' }],
      minChangeMinor: 2_000,
      maxChangeMinor: 2_000,
      price: { kind: 'exact', minMinor: 12_000, maxMinor: 12_000 },
    });
    invariant(repaired.kind === 'done', 'the repair works');
    expect(decisionsOf(repaired.session)).toEqual(choices(['bulb', 'hot'], ['shade', 'glass']));
    expect(repaired.session.past.at(-1)?.choices).toEqual(choices(['shade', 'paper']));
    expect(repaired.session.past).toHaveLength(paper.session.past.length + 1);
  });
});

describe('memory', () => {
  test('takes back what it filled in and keeps what the customer has changed', () => {
    const { session } = restoreDesign(space, choices(['shade', 'glass'], ['bulb', 'cool']), {});
    const before = choices(['shade', 'glass'], ['bulb', 'hot']);
    const refilled = refillFromMemory(session, before, []);
    expect(decisionsOf(refilled)).toEqual(choices(['bulb', 'cool']));
    expect(refilled.past).toHaveLength(1);
  });

  test('fills in only what is open and still goes with the rest', () => {
    const { session } = restoreDesign(space, choices(['bulb', 'hot']), {});
    const refilled = refillFromMemory(session, [], choices(['bulb', 'cool'], ['shade', 'paper']));
    expect(decisionsOf(refilled)).toEqual(choices(['bulb', 'hot']));
  });
});

test('a design is untouched until something is chosen or written', () => {
  expect(isUntouched(startSession(space))).toBe(true);
  expect(isUntouched(restoreDesign(space, [], { engraving: 'A' }).session)).toBe(false);
});

test('letters are counted as people see them', () => {
  expect(countLetters('为妈妈 ♥')).toBe(5);
  expect(countLetters(' 👩‍👩‍👧 ')).toBe(1);
});
