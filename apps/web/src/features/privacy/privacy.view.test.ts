import type { AccountedFact, MemoryAccount } from '@keepsake/contract';
import { expect, test } from 'vitest';
import { byBelief, fileName, keptCount, momentOf, readersByPurpose } from './privacy.view.ts';

const fact = (id: string, more: Partial<AccountedFact> = {}): AccountedFact => ({
  id,
  predicate: 'pillow.firmness',
  label: { en: 'Pillow' },
  value: 'firm',
  valueLabel: { en: 'Firm' },
  unit: null,
  polarity: 'like',
  basis: 'stated',
  confidence: 1,
  scope: { place: null, placeName: null, occasion: null },
  purpose: 'personalisation',
  sensitivity: 'ordinary',
  since: '2026-03-01T09:00:00.000Z',
  until: null,
  evidence: [],
  believedFrom: '2026-03-01T09:00:00.000Z',
  believedUntil: null,
  readableFor: [],
  ...more,
});

const consent = (purpose: string): MemoryAccount['consents'][number] => ({
  purpose,
  label: { en: purpose },
  description: { en: purpose },
  needs: 'consent',
  granted: true,
  since: null,
  receipt: null,
});

test('a question leaves out what is not asked, and takes no time that is none', () => {
  const fields = { purpose: 'service', validAt: '', knownAt: '', site: '' };
  expect(momentOf(fields)).toEqual({ purpose: 'service' });
  const local = '2026-03-03T12:00';
  expect(momentOf({ ...fields, knownAt: local, site: 'keywest' })).toEqual({
    purpose: 'service',
    knownAt: new Date(local).toISOString(),
    site: 'keywest',
  });
  expect(momentOf({ ...fields, validAt: 'yesterday' })).toBeUndefined();
});

test('what is believed now stands apart from what once was, the newest first', () => {
  const facts = [
    fact('a', { believedUntil: '2026-03-02T09:00:00.000Z' }),
    fact('b'),
    fact('c', { believedFrom: '2026-03-04T09:00:00.000Z' }),
  ];
  const { now, once } = byBelief(facts);
  expect([now, once].map((list) => list.map(({ id }) => id))).toEqual([['c', 'b'], ['a']]);
});

test('a fact is withheld from every purpose that may not read it', () => {
  const consents = ['service', 'personalisation', 'marketing'].map(consent);
  const { may, mayNot } = readersByPurpose(fact('a', { readableFor: ['service'] }), consents);
  expect(may.map(({ purpose }) => purpose)).toEqual(['service']);
  expect(mayNot.map(({ purpose }) => purpose)).toEqual(['personalisation', 'marketing']);
  expect(keptCount([fact('a'), fact('b', { purpose: 'health' })], 'health')).toBe(1);
});

test('files are named after what they hold, and for whom', () => {
  const id = '0190c0de-0000-7000-8000-000000000001';
  expect(fileName('export', id, Date.UTC(2026, 2, 3, 12))).toBe(
    'export-000000000001-2026-03-03.jsonld',
  );
});
