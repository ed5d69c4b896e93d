import type { GuestCard } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import type { Suggestion } from './desk.view.ts';
import {
  afterSaved,
  changeChip,
  consentsNeeded,
  dropChip,
  EMPTY_DRAFT,
  noteObstacle,
  noteRequest,
  takeChip,
} from './note.view.ts';

const pillow: Suggestion = {
  predicate: 'pillow.firmness',
  label: { en: 'Pillow' },
  value: 'firm',
  valueLabel: { en: 'Firm' },
  polarity: 'like',
  purpose: 'personalisation',
  sensitivity: 'ordinary',
};
const allergy: Suggestion = {
  ...pillow,
  predicate: 'allergy.feather',
  value: true,
  polarity: 'require',
  purpose: 'health',
  sensitivity: 'special',
};

const consent = (
  purpose: string,
  needs: 'contract' | 'consent' | 'explicit-consent',
  granted: boolean,
): GuestCard['consents'][number] => ({
  ...{ purpose, needs, granted, since: null, receipt: null },
  label: { en: purpose },
  description: { en: `About ${purpose}` },
});
const CONSENTS = [
  consent('service', 'contract', true),
  consent('personalisation', 'consent', true),
  consent('health', 'explicit-consent', false),
];

describe('a note', () => {
  test('takes things in, keeps the words before them, and has one wish of a kind', () => {
    const first = takeChip({ ...EMPTY_DRAFT, text: 'tired, firm pil' }, pillow, 'tired,');
    expect(first.text).toBe('tired,');
    const second = takeChip(first, { ...pillow, value: 'soft' }, '');
    expect(second.chips.map(({ value }) => value)).toEqual(['soft']);
    const never = { ...pillow, polarity: 'forbid' as const };
    expect(takeChip(takeChip(second, never, ''), never, '').chips).toHaveLength(2);
  });

  test('lets each thing be changed and dropped', () => {
    const draft = takeChip(takeChip(EMPTY_DRAFT, pillow, ''), allergy, '');
    const changed = changeChip(draft, 'pillow.firmness', { hereOnly: true, basis: 'observed' });
    expect(changed.chips[0]).toMatchObject({ hereOnly: true, basis: 'observed' });
    expect(changed.chips[1]).toMatchObject({ hereOnly: false, basis: 'stated' });
    expect(dropChip(changed, 'pillow.firmness').chips.map(({ predicate }) => predicate)).toEqual([
      'allergy.feather',
    ]);
  });

  test('asks for the consents it needs, and for no other', () => {
    const draft = takeChip(takeChip(EMPTY_DRAFT, pillow, ''), allergy, '');
    const needs = consentsNeeded(draft.chips, CONSENTS);
    expect(needs.map(({ purpose, isExplicit }) => [purpose, isExplicit])).toEqual([
      ['health', true],
    ]);
    expect(needs[0]?.chips.map(({ predicate }) => predicate)).toEqual(['allergy.feather']);
    expect(consentsNeeded(takeChip(EMPTY_DRAFT, pillow, '').chips, CONSENTS)).toEqual([]);
  });

  test('is not saved before the guest has agreed', () => {
    const draft = takeChip(EMPTY_DRAFT, allergy, '');
    const needs = consentsNeeded(draft.chips, CONSENTS);
    expect(noteObstacle(draft, needs)).toBe('consent');
    const agreed = { ...draft, agreed: ['health', 'personalisation'] };
    expect(noteObstacle(agreed, needs)).toBeUndefined();
    expect(noteRequest(agreed, needs).consents).toEqual(['health']);
    expect(noteObstacle({ ...EMPTY_DRAFT, text: '  ' }, [])).toBe('empty');
  });

  test('sends words and things together', () => {
    const draft = { ...takeChip(EMPTY_DRAFT, pillow, ''), text: ' Arrived tired. ' };
    expect(noteRequest(draft, [])).toEqual({
      text: 'Arrived tired.',
      facts: [
        {
          predicate: 'pillow.firmness',
          value: 'firm',
          polarity: 'like',
          hereOnly: false,
          basis: 'stated',
        },
      ],
      consents: [],
    });
    expect(noteRequest(takeChip(EMPTY_DRAFT, pillow, ''), [])).not.toHaveProperty('text');
  });
});

describe('a note that is saved while somebody types on', () => {
  const sent = takeChip({ ...EMPTY_DRAFT, text: 'quiet guest' }, pillow, 'quiet guest');

  test('leaves nothing where nothing was added', () => {
    expect(afterSaved(sent, sent)).toEqual(EMPTY_DRAFT);
  });

  test('leaves the words and things that were added', () => {
    const typed = { ...takeChip(sent, allergy, sent.text), text: 'quiet guest late train' };
    const left = afterSaved(typed, sent);
    expect(left.text).toBe('late train');
    expect(left.chips.map(({ predicate }) => predicate)).toEqual(['allergy.feather']);
    expect(left.agreed).toEqual([]);
  });
});
