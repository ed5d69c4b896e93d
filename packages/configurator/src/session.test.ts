import { expect, test } from 'vitest';
import { checkModel } from './check-model.ts';
import { decide, restoreSession } from './decide.ts';
import { checkDesign, freezeDesign } from './design.ts';
import { explain } from './explain.ts';
import type { Values } from './expression.ts';
import { priceDesign } from './price.ts';
import { repairs } from './repair.ts';
import { redo, retract, type Session, startSession, undo, writeText } from './session.ts';
import type { Backend, Problem } from './solve/problem.ts';
import { searchBackend } from './solve/search-backend.ts';
import { compileSpace, type Space } from './space.ts';
import { bicycleFamily } from './testing/bicycle.ts';
import { countByTrial, enumerateDesigns } from './testing/oracle.ts';
import { viewSession } from './view.ts';
import { parseFamily } from './yaml.ts';

const BICYCLE = `
keepsake: 1
family: bicycle
name: Bicycle
currency: EUR
basePrice: 890
attributes:
  - id: material
    name: Material
    type: choice
    values: [{ id: steel, name: Steel }, { id: carbon, name: Carbon, price: 900 }]
    default: steel
  - id: rim
    name: Rim
    type: choice
    values: [{ id: alloy, name: Alloy }, { id: carbon, name: Carbon, price: 400 }]
  - id: brake
    name: Brake
    type: choice
    values:
      - { id: rim_brake, name: Rim brake }
      - { id: disc, name: Disc, price: 120 }
      - { id: drum, name: Drum, price: 60 }
  - { id: inseam, name: Inseam, type: decimal, min: 60, max: 100, step: 0.5, unit: cm, measured: true }
  - id: size
    name: Size
    type: choice
    values: [{ id: s, name: S }, { id: m, name: M }, { id: l, name: L, price: 20 }]
  - { id: bell, name: Bell, type: boolean, price: 9 }
  - { id: engraving, name: Engraving, type: text, maxLength: 12, optional: true, price: 35 }
rules:
  - { id: carbon-rims-need-disc, text: Carbon rims need disc brakes, when: rim = carbon, then: brake = disc }
formulas:
  - id: size-from-inseam
    text: The size follows from your inseam
    attribute: size
    value: inseam * 0.67
    steps: [{ upTo: 50, is: s }, { upTo: 58, is: m }, { is: l }]
prices:
  - { id: gift, text: Gift box for an engraved bell, when: "bell and engraving != ''", price: 5 }
`;

function spaceOf(text: string, make?: (problem: Problem) => Backend): Space {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return compileSpace(parsed.value, make);
}

function take(
  session: Session,
  attribute: string,
  value: string | number | boolean | null,
): Session {
  const outcome = decide(session, { attribute, value });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.error));
  return outcome.value.session;
}

const space = spaceOf(BICYCLE);
const whole: Values = {
  material: 'steel',
  rim: 'alloy',
  brake: 'drum',
  inseam: null,
  size: 'm',
  bell: true,
};

test('CFG-1 a measured number shows runs, and what a choice of size leaves of them', () => {
  const view = viewSession(take(startSession(space), 'size', 'm'));
  expect(view.attributes.find(({ id }) => id === 'inseam')).toEqual({
    kind: 'numbers',
    id: 'inseam',
    standing: 'open',
    runs: [
      { from: 60, to: 74.5, validity: 'invalid' },
      { from: 75, to: 86.5, validity: 'valid' },
      { from: 87, to: 100, validity: 'invalid' },
    ],
    absent: 'valid',
  });
});

test('CFG-1 a chosen attribute shows what it could be switched to', () => {
  const view = viewSession(take(take(startSession(space), 'rim', 'carbon'), 'brake', 'disc'));
  expect(view.attributes.find(({ id }) => id === 'rim')).toMatchObject({
    standing: 'chosen',
    value: 'carbon',
    values: [
      { value: 'alloy', validity: 'valid' },
      { value: 'carbon', validity: 'valid' },
    ],
  });
  expect(view.attributes.find(({ id }) => id === 'brake')).toMatchObject({
    values: [{ validity: 'invalid' }, { validity: 'valid' }, { validity: 'invalid' }],
  });
});

test('CFG-2 attributes in no rule and written texts count in the price range', () => {
  const start = viewSession(startSession(space)).price;
  expect(start).toEqual({ kind: 'exact', minMinor: 89000, maxMinor: 89000 + 154_900 - 10_000 + 0 });
  const written = writeText(startSession(space), 'engraving', 'Nordstern');
  if (written.kind === 'refused') throw new Error('a plain word');
  const after = viewSession(written.value).price;
  expect(after).toEqual({ kind: 'exact', minMinor: 92500, maxMinor: 233_900 + 3500 + 500 });
});

test('CFG-3 a choice tells what it made impossible and what it forced', () => {
  const outcome = decide(startSession(space), { attribute: 'rim', value: 'carbon' });
  expect(outcome).toMatchObject({
    kind: 'ok',
    value: {
      impossible: [
        { attribute: 'brake', value: 'rim_brake' },
        { attribute: 'brake', value: 'drum' },
      ],
      forced: [{ attribute: 'brake', value: 'disc' }],
    },
  });
});

test('CFG-3 a choice that no design can keep is refused with its reason, and nothing is dropped', () => {
  const session = take(startSession(space), 'rim', 'carbon');
  expect(decide(session, { attribute: 'brake', value: 'drum' })).toEqual({
    kind: 'refused',
    error: {
      kind: 'impossible',
      attribute: 'brake',
      value: 'drum',
      because: {
        rules: [
          {
            kind: 'rule',
            id: 'carbon-rims-need-disc',
            text: { en: 'Carbon rims need disc brakes' },
          },
        ],
        choices: [{ attribute: 'rim', value: 'carbon' }],
      },
    },
  });
  expect(session.choices).toEqual([{ attribute: 'rim', value: 'carbon' }]);
  expect(decide(session, { attribute: 'brakes', value: 'drum' })).toMatchObject({
    error: { kind: 'attribute-unknown' },
  });
  expect(decide(session, { attribute: 'inseam', value: 60.25 })).toMatchObject({
    error: { kind: 'value-unknown' },
  });
});

test('CFG-4 undo, redo and retract lead back to equal answers', () => {
  const start = startSession(space);
  const one = take(start, 'rim', 'carbon');
  const two = take(one, 'bell', true);
  expect(viewSession(undo(two))).toMatchObject({ price: viewSession(one).price });
  expect(redo(undo(two)).choices).toEqual(two.choices);
  expect(undo(start)).toBe(start);
  expect(redo(two)).toBe(two);
  expect(retract(two, 'rim').choices).toEqual([{ attribute: 'bell', value: true }]);
  expect(undo(retract(two, 'rim')).choices).toEqual(two.choices);
  const restored = restoreSession(space, two.choices, { engraving: 'Star' });
  expect(restored).toMatchObject({ value: { choices: two.choices, texts: { engraving: 'Star' } } });
});

test('CFG-8 a repair proposes the closest value and tells the difference in price', () => {
  const session = take(take(startSession(space), 'brake', 'drum'), 'bell', true);
  expect(repairs(session, { attribute: 'rim', value: 'carbon' }, { most: 3 })).toEqual({
    isComplete: true,
    repairs: [
      {
        changes: [{ attribute: 'brake', from: 'drum', to: 'disc' }],
        minChangeMinor: 46_000,
        maxChangeMinor: 46_000,
        price: { kind: 'exact', minMinor: 141_900, maxMinor: 233_900 },
      },
    ],
  });
});

test('CFG-18 a budget that runs out gives unknown and bounds, never a wrong answer', () => {
  const big = spaceOf(bicycleFamily(7), searchBackend);
  const cut = viewSession(startSession(big), { steps: 300 });
  const full = viewSession(startSession(big));
  expect(cut.price.kind).toBe('bounds');
  if (cut.price.kind !== 'bounds' || full.price.kind !== 'exact') throw new Error('kinds');
  expect(cut.price.atLeastMinor).toBeLessThanOrEqual(full.price.minMinor);
  expect(cut.price.atMostMinor).toBeGreaterThanOrEqual(full.price.maxMinor);
  let unknown = 0;
  cut.attributes.forEach((view, i) => {
    const other = full.attributes[i];
    if (view.kind !== 'values' || other?.kind !== 'values') return;
    view.values.forEach(({ validity }, k) => {
      if (validity === 'unknown') unknown++;
      else expect(validity).toBe(other.values[k]?.validity);
    });
  });
  expect(unknown).toBeGreaterThan(0);
  const fresh = startSession(spaceOf(bicycleFamily(7), searchBackend));
  const outcome = decide(fresh, { attribute: 'rim', value: 'rim1' }, { steps: 1 });
  expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'undecided' } });
});

test('CFG-19 a condition over too many attributes for a table is still exact', () => {
  const ids = Array.from({ length: 17 }, (_, i) => `b${String(i)}`);
  const wide = spaceOf(
    `
keepsake: 1
family: wide
name: Wide
currency: EUR
basePrice: 0
attributes:
${ids.map((id, i) => `  - { id: ${id}, name: B, type: boolean, price: ${String(i + 1)} }`).join('\n')}
rules:
  - { id: sum, text: Exactly two, require: ${ids.join(' + ')} = 2 }
`,
    searchBackend,
  );
  const session = take(startSession(wide), 'b4', true);
  const oracle = enumerateDesigns(wide);
  expect(countByTrial(oracle, [])).toBe((17 * 16) / 2);
  expect(viewSession(session).price).toEqual({ kind: 'exact', minMinor: 600, maxMinor: 2200 });
  const next = decide(session, { attribute: 'b9', value: true });
  expect(next.kind === 'ok' && next.value.forced).toHaveLength(15);
});

test('CFG-20 a design is checked against the family itself', () => {
  expect(checkDesign(space, whole)).toEqual([]);
  const { inseam: _open, ...without } = whole;
  expect(checkDesign(space, without)).toEqual([]);
  const broken = { ...whole, rim: 'carbon', inseam: 100 };
  expect(checkDesign(space, broken)).toMatchObject([
    { kind: 'rule-violated', rule: { id: 'carbon-rims-need-disc' } },
    { kind: 'rule-violated', rule: { kind: 'formula', id: 'size-from-inseam' } },
  ]);
  const { bell: _bell, ...others } = whole;
  const missing = { ...others, rim: 'wood', horn: true };
  expect(checkDesign(space, missing).map(({ kind }) => kind)).toEqual([
    'attribute-unknown',
    'value-unknown',
    'attribute-missing',
  ]);
  expect(checkDesign(space, { ...without, constructor: 'x' })[0]?.kind).toBe('attribute-unknown');
});

test('CFG-21 a price is itemised, and its lines sum to its total', () => {
  const price = priceDesign(space.family, whole, { engraving: 'Nordstern' });
  expect(price.lines.map(({ kind, id, amountMinor }) => [kind, id, amountMinor])).toEqual([
    ['base', 'bicycle', 89_000],
    ['option', 'brake', 6000],
    ['option', 'bell', 900],
    ['text', 'engraving', 3500],
    ['conditional', 'gift', 500],
  ]);
  expect(price.totalMinor).toBe(99_900);
});

test('CFG-22 a frozen design has one hash, whatever the order of keys', () => {
  const frozen = freezeDesign(space, whole, { engraving: ' Nordstern ' });
  const turned = freezeDesign(space, Object.fromEntries(Object.entries(whole).reverse()), {
    engraving: 'Nordstern',
  });
  if (frozen.kind === 'refused') throw new Error('a valid design');
  expect(frozen).toEqual(turned);
  expect(frozen.value).toMatchObject({ family: 'bicycle', texts: { engraving: 'Nordstern' } });
  expect(frozen.value.hash).toMatch(/^[0-9a-f]{64}$/);
  const other = freezeDesign(space, { ...whole, bell: false }, { engraving: 'Nordstern' });
  expect(other.kind === 'ok' && other.value.hash).not.toBe(frozen.value.hash);
  expect(freezeDesign(space, { ...whole, rim: 'carbon' }).kind).toBe('refused');
  expect(freezeDesign(space, whole, { engraving: '\u202eabc' }).kind).toBe('refused');
  expect(freezeDesign(space, whole, { motto: 'x' }).kind).toBe('refused');
});

test('CFG-23 a model check finds contradictions, dead and forced values and idle rules', () => {
  const of = (rules: string): Space =>
    spaceOf(`
keepsake: 1
family: check
name: Check
currency: EUR
basePrice: 0
attributes:
  - { id: a, name: A, type: choice, values: [{ id: x, name: X }, { id: y, name: Y }, { id: z, name: Z }] }
  - { id: b, name: B, type: boolean }
  - { id: c, name: C, type: boolean }
rules:
${rules}`);
  const broken = of(`
  - { id: one, text: One, require: a = x }
  - { id: two, text: Two, when: a = x, then: b }
  - { id: three, text: Three, require: not b }
  - { id: four, text: Four, when: a = y, then: b }
`);
  expect(checkModel(broken).contradictions.map(({ rules }) => rules.map(({ id }) => id))).toEqual([
    ['one', 'two', 'three'],
  ]);
  expect(explain(startSession(broken), { attribute: 'c', value: true }).kind).toBe('impossible');
  const sound = of(`
  - { id: no-y, text: One, require: a != y }
  - { id: then-b, text: Two, when: 'a in [x, z]', then: b }
  - { id: idle, text: Three, when: a = y, then: c }
`);
  expect(checkModel(sound)).toEqual({
    contradictions: [],
    dead: [
      { attribute: 'a', value: 'y' },
      { attribute: 'b', value: false },
    ],
    forced: [{ attribute: 'b', value: true }],
    idle: [{ kind: 'rule', id: 'idle', text: { en: 'Three' } }],
    isComplete: true,
  });
});
