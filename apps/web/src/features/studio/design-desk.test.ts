import { openAnswers } from '@keepsake/configurator/worker';
import { parseFamily } from '@keepsake/configurator/yaml';
import { invariant } from '@keepsake/kernel';
import { expect, test } from 'vitest';
import { type DesignDesk, makeDesk } from './design-desk.ts';
import type { Act, Outcome, Scene } from './design-messages.ts';
import { openCountOf } from './studio.view.ts';

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
  - id: foot
    name: Foot
    type: choice
    values: [{ id: oak, name: Oak, price: 9.00 }, { id: steel, name: Steel, price: 5.00 }]
  - { id: height, name: Height, type: integer, min: 1, max: 3, optional: true }
  - { id: engraving, name: Engraving, type: text, maxLength: 10, optional: true }
rules:
  - { id: paper-burns, text: Paper burns, when: bulb = hot, then: shade = glass }
`);
invariant(parsed.kind === 'ok', 'the lamp is well-formed');
const family = parsed.value;

function openLamp(): { readonly desk: DesignDesk; act(act: Act): Outcome; done(act: Act): Scene } {
  const desk = makeDesk();
  desk.answer({ kind: 'open', ask: { family, layers: {}, decisions: [], texts: {} } });
  // The desk answers each kind with its own answer.
  const act = (ask: Act) => desk.answer({ kind: 'act', ask }) as Outcome;
  return {
    desk,
    act,
    done: (ask) => {
      const outcome = act(ask);
      invariant(outcome.kind === 'done', 'the act is possible');
      return outcome.scene;
    },
  };
}

const choose = (attribute: string, value: string): Act => ({
  kind: 'choose',
  choice: { attribute, value },
});

/** The space file of the lamp, as the server has it. */
function fileOf(): Uint8Array {
  const answers = openAnswers(family);
  while (!answers.prepare());
  const file = answers.write();
  invariant(file !== undefined, 'the lamp is small');
  return file;
}

test('nothing can be asked before a design is open', () => {
  expect(() => makeDesk().answer({ kind: 'act', ask: { kind: 'undo' } })).toThrow('no design');
});

test('designs are counted once there are diagrams, whatever is chosen and written', () => {
  const { desk, done } = openLamp();
  expect(done(choose('foot', 'oak')).designs).toBeUndefined();
  const { scene } = desk.answer({ kind: 'adopt', ask: fileOf() }) as { readonly scene: Scene };
  // Three of shade and bulb, and any height or none.
  expect(scene.designs).toBe(3n * 4n);
  expect(done({ kind: 'leaveOpen', attribute: 'foot' }).designs).toBe(2n * 3n * 4n);
  expect(done(choose('bulb', 'hot')).designs).toBe(2n * 4n);
  expect(done({ kind: 'write', attribute: 'engraving', text: 'Ada' }).designs).toBe(2n * 4n);
  expect(done({ kind: 'undo' }).texts).toEqual({});
  expect(done({ kind: 'undo' }).designs).toBe(2n * 3n * 4n);
});

test('a file of another family changes nothing', () => {
  const { desk, done } = openLamp();
  expect(desk.answer({ kind: 'adopt', ask: fileOf().slice(8) })).toEqual({});
  expect(done(choose('foot', 'oak')).designs).toBeUndefined();
});

test('the rest is filled in by what is wished, the usual and the cheapest, as one act', () => {
  const { done } = openLamp();
  const begun = done(choose('bulb', 'hot'));
  expect(openCountOf(begun.view)).toBe(1);
  const wishes = [
    { attribute: 'shade', value: 'paper' },
    { attribute: 'height', value: 2 },
  ];
  const { decisions, view } = done({ kind: 'complete', wishes });
  expect(Object.fromEntries(decisions.map((each) => [each.attribute, each.value]))).toEqual({
    bulb: 'hot',
    foot: 'steel',
    height: 2,
  });
  expect(view.price).toEqual({ kind: 'exact', minMinor: 12_500, maxMinor: 12_500 });
  expect(openCountOf(view)).toBe(0);
  expect(done({ kind: 'complete', wishes }).decisions).toEqual(decisions);
  expect(done({ kind: 'undo' }).decisions).toEqual(begun.decisions);
});

test('no repair changes a locked choice; its own customer may, and it stays locked', () => {
  const { act, done } = openLamp();
  done(choose('shade', 'paper'));
  const free = act(choose('bulb', 'hot'));
  invariant(free.kind === 'refused', 'paper burns');
  expect(free.ways.map(({ changeMinor }) => changeMinor)).toEqual([2_000]);
  expect(done({ kind: 'lock', attribute: 'shade' }).locked).toEqual(['shade']);
  const fast = act(choose('bulb', 'hot'));
  expect(fast).toMatchObject({ kind: 'refused', ways: [] });
  expect(done(choose('shade', 'glass')).locked).toEqual(['shade']);
  expect(done(choose('bulb', 'hot')).decisions).toHaveLength(2);
  const back = act(choose('shade', 'paper'));
  invariant(back.kind === 'refused', 'paper burns still');
  const [way] = back.ways;
  invariant(way !== undefined, 'the bulb may change');
  const { choice } = back;
  const mended = done({ kind: 'repair', choice, repair: way.repair });
  expect(mended.decisions).toContainEqual({ attribute: 'shade', value: 'paper' });
  expect(mended.locked).toEqual(['shade']);
  expect(done({ kind: 'unlock', attribute: 'shade' }).locked).toEqual([]);
});

test('what changes nothing leaves nothing to undo', () => {
  const { done } = openLamp();
  done(choose('foot', 'oak'));
  done({ kind: 'write', attribute: 'engraving', text: 'Ada' });
  done(choose('foot', 'oak'));
  done({ kind: 'write', attribute: 'engraving', text: ' Ada' });
  done({ kind: 'undo' });
  expect(done({ kind: 'undo' })).toMatchObject({ isUntouched: true, canUndo: false });
});
