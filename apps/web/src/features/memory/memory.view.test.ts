import type { Fact } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import {
  exportName,
  receiptSummary,
  restatementOf,
  toldPolarity,
  valueFrom,
} from './memory.view.ts';

describe('a value typed or chosen', () => {
  const firm = { id: 'firm', label: { en: 'Firm' }, synonyms: [] };
  const choice = { kind: 'choice' as const, values: [firm] };

  test('fits its predicate or is none', () => {
    expect(valueFrom(choice, 'firm')).toBe('firm');
    expect(valueFrom(choice, 'hard')).toBeUndefined();
    expect(valueFrom({ kind: 'boolean', values: [] }, 'false')).toBe(false);
    expect(valueFrom({ kind: 'boolean', values: [] }, '')).toBeUndefined();
    expect(valueFrom({ kind: 'number', values: [] }, '84,5')).toBe(84.5);
    expect(valueFrom({ kind: 'number', values: [] }, '')).toBeUndefined();
    expect(valueFrom({ kind: 'number', values: [] }, 'tall')).toBeUndefined();
    expect(valueFrom({ kind: 'text', values: [] }, ' For Ada ')).toBe('For Ada');
    expect(valueFrom({ kind: 'text', values: [] }, 'x'.repeat(65))).toBeUndefined();
  });

  test('of the body must be heeded, of taste is a wish', () => {
    expect(toldPolarity({ sensitivity: 'special' })).toBe('require');
    expect(toldPolarity({ sensitivity: 'ordinary' })).toBe('like');
  });
});

test('what is put back says the same as before', () => {
  const fact = { id: 'f', predicate: 'a.b', value: 'x', polarity: 'forbid' } as Fact;
  expect(restatementOf(fact)).toEqual({ predicate: 'a.b', value: 'x', polarity: 'forbid' });
});

test('an export is named after the company and the day', () => {
  expect(exportName('lantern-hotels', Date.parse('2026-11-24T12:00:00Z'))).toBe(
    'my-memory-lantern-hotels-2026-11-24.json',
  );
});

test('a receipt is read where the standard puts things, and does without the rest', () => {
  const receipt = {
    'dpv:hasIdentifier': 'r1',
    'dct:creator': 'lantern',
    'dpv:hasEntity': { lantern: { 'dpv:hasName': 'Lantern', 'dpv:hasContact': 'Monterey' } },
    'dpv:hasProcess': [
      {
        'dpv:hasPersonalData': [{ 'skos:prefLabel': 'Pillow' }, { 'skos:prefLabel': 'View' }],
        'dpv:hasConsentStatus': { 'dpv:isIndicatedAtTime': '2026-11-09T18:00:00.000Z' },
        'dpv:hasNotice': { 'dct:description': 'We remember.' },
      },
    ],
  };
  expect(receiptSummary(receipt)).toEqual({
    number: 'r1',
    controller: 'Lantern – Monterey',
    wording: 'We remember.',
    at: '2026-11-09T18:00:00.000Z',
    about: ['Pillow', 'View'],
  });
  expect(receiptSummary({})).toEqual({ about: [] });
});
