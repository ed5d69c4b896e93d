import { describe, expect, test } from 'vitest';
import {
  clearIn,
  decideIn,
  EMPTY_TRAIL,
  redoIn,
  repairIn,
  retractIn,
  undoIn,
} from './choices.view.ts';

const steel = { attribute: 'frame', value: 'steel' };
const carbon = { attribute: 'frame', value: 'carbon' };
const disc = { attribute: 'brake', value: 'disc' };

describe('a trail of choices', () => {
  test('keeps one choice for each attribute, the last', () => {
    const trail = [steel, disc, carbon].reduce(decideIn, EMPTY_TRAIL);
    expect(trail.choices).toEqual([disc, carbon]);
  });

  test('leads back and forward again, and a new choice ends what was undone', () => {
    const two = decideIn(decideIn(EMPTY_TRAIL, steel), disc);
    const one = undoIn(two);
    expect(one.choices).toEqual([steel]);
    expect(redoIn(one)).toEqual(two);
    expect(redoIn(decideIn(one, carbon)).choices).toEqual([carbon]);
    expect(undoIn(EMPTY_TRAIL)).toBe(EMPTY_TRAIL);
    expect(redoIn(two)).toBe(two);
  });

  test('gives up one choice or all as one act', () => {
    const two = decideIn(decideIn(EMPTY_TRAIL, steel), disc);
    expect(retractIn(two, 'frame').choices).toEqual([disc]);
    expect(retractIn(two, 'colour')).toBe(two);
    expect(clearIn(two).choices).toEqual([]);
    expect(undoIn(clearIn(two)).choices).toEqual([steel, disc]);
    expect(clearIn(EMPTY_TRAIL)).toBe(EMPTY_TRAIL);
  });

  test('takes a repair as one act: changes, what is left open, and the wish', () => {
    const two = decideIn(decideIn(EMPTY_TRAIL, steel), disc);
    const wish = { attribute: 'fork', value: 'carbon' };
    const changes = [
      { attribute: 'frame', from: 'steel', to: 'carbon' },
      { attribute: 'brake', from: 'disc', to: null },
    ];
    const mended = repairIn(two, wish, changes);
    expect(mended.choices).toEqual([carbon, wish]);
    expect(undoIn(mended).choices).toEqual([steel, disc]);
  });
});
