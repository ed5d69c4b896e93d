import { describe, expect, test } from 'vitest';
import { accentPairOf, contrastBetween } from './accent.view.ts';

const accents = ['#1f4d3a', '#ffee00', '#ff2d95', '#000000', '#ffffff', '#7a7f85', '#0b5fff'];

describe('a company’s accent', () => {
  test.each(accents)('%s is readable on every ground and under its own ink', (accent) => {
    const pair = accentPairOf(accent);
    expect(pair).toBeDefined();
    if (pair === undefined) return;
    for (const ground of ['#f8f4ea', '#fffdf7']) {
      expect(contrastBetween(pair.day, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of ['#171512', '#201d19']) {
      expect(contrastBetween(pair.night, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrastBetween(pair.day, pair.onDay)).toBeGreaterThanOrEqual(4.5);
    expect(contrastBetween(pair.night, pair.onNight)).toBeGreaterThanOrEqual(4.5);
  });

  test('stays as it is where it can be read already', () => {
    expect(accentPairOf('#1f4d3a')?.day).toBe('#1f4d3a');
    expect(accentPairOf('#ffee00')?.night).toBe('#ffee00');
  });

  test('is left out where it is no colour', () => {
    expect(accentPairOf('green')).toBeUndefined();
    expect(accentPairOf('#12')).toBeUndefined();
  });

  test('contrast is that of WCAG', () => {
    expect(contrastBetween('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastBetween('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
