import type { Fact } from '@keepsake/contract';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { de } from '../i18n/de/index.ts';
import { en } from '../i18n/en/index.ts';
import {
  decidingEvidence,
  evidenceMark,
  factSentence,
  factShort,
  groupFacts,
  originDay,
  originSentence,
} from './fact.view.ts';

const words = i18next.createInstance();
await words.init({
  resources: { en, de },
  lng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
});
const english = words.getFixedT('en', 'fact');
const german = words.getFixedT('de', 'fact');
const reading = { locale: 'en', now: Date.parse('2026-11-24T09:00:00.000Z'), timeZone: 'UTC' };

const told: Fact['evidence'][number] = {
  interaction: '00000000-0000-7000-8000-000000000001',
  at: '2026-11-09T18:00:00.000Z',
  channel: 'desk',
  place: 'monterey',
  placeName: 'Monterey',
  how: 'stated',
};

const pillow: Fact = {
  id: 'f1',
  predicate: 'pillow.firmness',
  label: { en: 'Pillow', de: 'Kissen' },
  value: 'firm',
  valueLabel: { en: 'Firm', de: 'Fest' },
  unit: null,
  polarity: 'like',
  basis: 'stated',
  confidence: 0.95,
  scope: { place: null, placeName: null, occasion: null },
  purpose: 'personalisation',
  sensitivity: 'ordinary',
  since: '2026-11-09T18:00:00.000Z',
  until: null,
  evidence: [told],
};

const allergy: Fact = {
  ...pillow,
  id: 'f2',
  predicate: 'allergy.feather',
  label: { en: 'Feather allergy', de: 'Federallergie' },
  value: true,
  valueLabel: { en: 'Feather allergy', de: 'Federallergie' },
  polarity: 'require',
  sensitivity: 'special',
};

describe('a fact as a sentence', () => {
  test('says what is liked, in both languages', () => {
    expect(factSentence(pillow, english, 'en')).toBe('Pillow: Firm, the way you like it.');
    expect(factSentence(pillow, german, 'de')).toBe('Kissen: Fest, so mögen Sie es.');
  });

  test('tells a wish from a ban', () => {
    const filling = { ...pillow, label: { en: 'Filling' }, valueLabel: { en: 'Feather' } };
    const as = (polarity: Fact['polarity']) =>
      factSentence({ ...filling, polarity }, english, 'en');
    expect(as('dislike')).toBe('Filling: Feather, which you would rather not have.');
    expect(as('forbid')).toBe('Filling: never Feather.');
    expect(as('require')).toBe('Filling: Feather, and nothing else will do.');
  });

  test('does not repeat the name of a yes or no', () => {
    expect(factSentence(allergy, english, 'en')).toBe('Feather allergy: we always see to it.');
    expect(factSentence({ ...allergy, value: false }, german, 'de')).toBe(
      'Federallergie: nein, danke.',
    );
  });

  test('does not call a measure a taste', () => {
    const height = { ...pillow, label: { en: 'Your height' }, value: 181 };
    expect(factSentence({ ...height, valueLabel: { en: '181 cm' } }, english, 'en')).toBe(
      'Your height: 181 cm.',
    );
  });

  test('says where and when it holds', () => {
    const scope = { place: 'monterey', placeName: 'Monterey', occasion: 'gift' };
    expect(factSentence({ ...pillow, scope }, english, 'en')).toBe(
      'Pillow: Firm, the way you like it. This holds at Monterey only. This holds for gifts.',
    );
  });
});

describe('where a fact is from', () => {
  test('is told with place and day', () => {
    expect(originSentence(pillow, english, reading)).toBe('You told us at Monterey on 9 November.');
    expect(originSentence(pillow, german, { ...reading, locale: 'de' })).toBe(
      'Das haben Sie uns am 9. November gesagt (Monterey).',
    );
  });

  test('does without a place, and names the year where it is another one', () => {
    const evidence = [{ ...told, placeName: null, at: '2025-03-02T10:00:00.000Z' }];
    expect(originSentence({ ...pillow, evidence }, english, reading)).toBe(
      'You told us on 2 March 2025.',
    );
    expect(originDay('2025-03-02T10:00:00.000Z', reading)).toBe('2 Mar 2025');
  });

  test('rests on the evidence of its basis, and counts the rest', () => {
    const seen = { ...told, how: 'observed' as const, placeName: 'Key West' };
    const fact = { ...pillow, evidence: [seen, told] };
    expect(decidingEvidence(fact)).toBe(told);
    expect(originSentence(fact, english, reading)).toBe(
      'You told us at Monterey on 9 November. It came up 2 times in all.',
    );
  });

  test('is still told when no evidence may be shown', () => {
    expect(originSentence({ ...pillow, basis: 'observed', evidence: [] }, english, reading)).toBe(
      'We noticed it on 9 November.',
    );
  });

  test('fits in a mark', () => {
    expect(evidenceMark(told, english, reading)).toBe('told at Monterey, 9 Nov');
    expect(evidenceMark({ ...told, placeName: null }, english, reading)).toBe('told, 9 Nov');
  });
});

describe('facts for staff', () => {
  test('are short', () => {
    expect(factShort(pillow, english, 'en')).toBe('Pillow: Firm');
    expect(factShort(allergy, english, 'en')).toBe('Feather allergy');
    expect(factShort({ ...pillow, polarity: 'forbid' }, german, 'de')).toBe('Kissen: niemals Fest');
  });

  test('are grouped by what they are about, health first', () => {
    const predicates = [
      { name: 'pillow.firmness', category: 'room/pillow' },
      { name: 'allergy.feather', category: 'allergy' },
    ];
    const own = { ...pillow, id: 'f3', predicate: 'garden.chair' };
    const groups = groupFacts([own, pillow, allergy], predicates, english);
    expect(groups.map(({ title, facts }) => [title, facts.map(({ id }) => id)])).toEqual([
      ['To keep you well', ['f2']],
      ['Room and bed', ['f1']],
      ['Also', ['f3']],
    ]);
  });
});
