import type { Family } from '@keepsake/configurator';
import type { AttributeLook, SpaceLook, ValueLook } from '@keepsake/configurator/worker';
import { describe, expect, test } from 'vitest';
import {
  bytesWords,
  choiceName,
  effectsOf,
  groupsOf,
  type Naming,
  nextQuestionOf,
  numberWords,
  rulesOf,
  shareWords,
} from './space.view.ts';

const naming: Naming = {
  locale: 'en',
  yes: 'Yes',
  no: 'No',
  written: 'written',
  open: 'left open',
  inBetween: 'in between',
};

describe('numbers of designs', () => {
  test('are said with all their digits in groups, and about how much they are', () => {
    expect(numberWords(999_999n, 'en')).toEqual({ groups: ['999,', '999'] });
    const words = numberWords(24_566_537_954_855_761_920_000n, 'en');
    expect(words.groups.join('')).toBe('24,566,537,954,855,761,920,000');
    expect(words.about).toEqual({ mantissa: '2.5', exponent: 22 });
    expect(numberWords(9_960_000n, 'de').about).toEqual({ mantissa: '1,0', exponent: 7 });
    expect(numberWords(9_940_000n, 'en').about).toEqual({ mantissa: '9.9', exponent: 6 });
    expect(numberWords(10n ** 210n, 'en').about).toEqual({ mantissa: '1.0', exponent: 210 });
  });

  test('are compared as percent, and as one in so many where they are few', () => {
    expect(shareWords(1n, 4n, 'en')).toBe('25%');
    expect(shareWords(4_300n, 2_812_893n, 'en')).toBe('0.15%');
    expect(shareWords(1n, 10n ** 12n, 'en')).toBe('1 : 1.0 × 10¹²');
    expect(shareWords(10n ** 400n, 4n * 10n ** 400n, 'en')).toBe('25%');
    expect(shareWords(0n, 5n, 'en')).toBe('0%');
    expect(shareWords(0n, 0n, 'en')).toBe('');
  });

  test('and sizes are in units that suit them', () => {
    expect(bytesWords(812, 'en')).toBe('812 bytes');
    expect(bytesWords(182_936, 'en')).toBe('182.9 kB');
    expect(bytesWords(4_200_000, 'de')).toBe('4,2 MB');
  });
});

function attribute(id: string, standing: AttributeLook['standing'], values: readonly ValueLook[]) {
  const only = values.find(({ validity }) => validity === 'valid');
  return { id, standing, values, ...(standing === 'open' ? {} : { value: only?.value ?? null }) };
}

const valid = (value: string, designs = 1): ValueLook => ({ value, validity: 'valid', designs });
const gone = (value: string): ValueLook => ({ value, validity: 'invalid' });
const lookOf = (...attributes: readonly AttributeLook[]): SpaceLook => ({
  attributes,
  price: { kind: 'exact', minMinor: 0, maxMinor: 0 },
});

describe('what an act did', () => {
  const before = lookOf(
    attribute('frame', 'open', [valid('steel'), valid('carbon')]),
    attribute('fork', 'open', [valid('steel'), valid('carbon'), gone('gold')]),
  );
  const after = lookOf(
    attribute('frame', 'open', [valid('steel'), valid('carbon')]),
    attribute('fork', 'forced', [gone('steel'), valid('carbon'), gone('gold')]),
  );

  test('is what became impossible and what follows', () => {
    expect(effectsOf(before, after)).toEqual({
      impossible: [{ attribute: 'fork', value: 'steel' }],
      forced: [{ attribute: 'fork', value: 'carbon' }],
      openedCount: 0,
    });
  });

  test('is what became possible again, going back', () => {
    expect(effectsOf(after, before)).toEqual({ impossible: [], forced: [], openedCount: 1 });
  });

  test('is nothing where nothing changed', () => {
    expect(effectsOf(after, after)).toEqual({ impossible: [], forced: [], openedCount: 0 });
  });
});

describe('the next question', () => {
  test('is the one whose answer halves what is left, not the one with most values', () => {
    const look = lookOf(
      attribute('rare', 'open', [valid('a', 997), valid('b', 1), valid('c', 1), valid('d', 1)]),
      attribute('half', 'open', [valid('x', 500), valid('y', 500)]),
      attribute('done', 'chosen', [valid('p', 500), valid('q', 500)]),
    );
    expect(nextQuestionOf(look)).toEqual({ attribute: 'half', bits: 1, shareLeft: 0.5 });
  });

  test('is none where nothing is open, or nothing was counted', () => {
    expect(
      nextQuestionOf(lookOf(attribute('a', 'forced', [valid('x'), gone('y')]))),
    ).toBeUndefined();
    const uncounted = { value: 'x', validity: 'valid' } as const;
    expect(nextQuestionOf(lookOf(attribute('a', 'open', [uncounted])))).toBeUndefined();
  });
});

describe('a family on the page', () => {
  const family = {
    groups: [{ id: 'body', name: { en: 'Body', de: 'Rumpf' } }],
    attributes: [
      {
        ...{ id: 'frame', type: 'choice', group: 'body', name: { en: 'Frame', de: 'Rahmen' } },
        values: [{ id: 'steel', name: { en: 'Steel', de: 'Stahl' } }],
      },
      { id: 'lights', type: 'boolean', name: { en: 'Lights', de: 'Licht' } },
      { id: 'motto', type: 'text', name: { en: 'Motto', de: 'Spruch' } },
    ],
    rules: [{ id: 'r1', text: { en: 'A rule' } }],
    tables: [{ id: 't1', text: { en: 'A table' } }],
    formulas: [],
  } as unknown as Family;

  test('has its attributes in groups, without texts, and those that are looked for', () => {
    const ids = (wanted: string) =>
      groupsOf(family, wanted, { ...naming, other: 'More' }).map(({ name, attributes }) => [
        name,
        attributes.map(({ id }) => id),
      ]);
    expect(ids('')).toEqual([
      ['Body', ['frame']],
      ['More', ['lights']],
    ]);
    expect(ids(' STEE ')).toEqual([['Body', ['frame']]]);
    expect(ids('gold')).toEqual([]);
  });

  test('names choices, also those left open', () => {
    expect(choiceName(family, { attribute: 'frame', value: 'steel' }, naming)).toBe('Frame: Steel');
    expect(choiceName(family, { attribute: 'lights', value: true }, naming)).toBe('Lights: Yes');
    expect(choiceName(family, { attribute: 'frame', value: null }, naming)).toBe(
      'Frame: left open',
    );
  });

  test('has each rule at a place of its own', () => {
    expect(rulesOf(family).map(({ anchor }) => anchor)).toEqual(['rule-rule-r1', 'rule-table-t1']);
  });
});
