import { expect, test } from 'vitest';
import type { TextAttribute } from './family.ts';
import { checkText } from './text.ts';

const engraving: TextAttribute = {
  id: 'engraving',
  name: { en: 'Engraving' },
  body: false,
  type: 'text',
  maxLength: 12,
  optional: true,
  priceMinor: 0,
};

test('CFG-17 letters of every script, emoji sequences and flags are taken', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
  const wales = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}';
  const taken = [
    '北斗 — 7',
    'שלום',
    'مرحبا',
    'नमस्ते',
    'क्‍ष',
    'می‌خواهم',
    family,
    wales,
    '❤️',
    '1️⃣',
    "O'Neil & <b>",
  ];
  for (const text of taken) expect(checkText(engraving, text)).toEqual({ kind: 'ok', value: text });
});

test('CFG-17 what reorders, hides or breaks is refused, with its place', () => {
  const refused = [
    '\u0007',
    '\n',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200b',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u061c',
    '\u3164',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\u{e0041}',
    '\ue000',
    '\ufff9',
    '\ufffc',
  ];
  for (const character of refused) {
    expect(checkText(engraving, `ab${character}c`)).toMatchObject({
      kind: 'refused',
      error: { kind: 'character', position: 2 },
    });
  }
  expect(checkText(engraving, 'a\u200db').kind).toBe('refused');
  expect(checkText(engraving, `a${'\u0301'.repeat(40)}`).kind).toBe('refused');
});

test('CFG-17 a text is normalised, trimmed, and as long as people count', () => {
  expect(checkText(engraving, '  Cafe\u0301 ')).toEqual({ kind: 'ok', value: 'Café' });
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
  expect(checkText(engraving, family.repeat(12)).kind).toBe('ok');
  expect(checkText(engraving, family.repeat(13))).toMatchObject({
    error: { kind: 'too-long', length: 13, most: 12 },
  });
  expect(checkText({ ...engraving, optional: false }, '  ')).toMatchObject({
    error: { kind: 'empty' },
  });
  expect(checkText(engraving, 'x'.repeat(1_000_000)).kind).toBe('refused');
});
