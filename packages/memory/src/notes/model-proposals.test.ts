import { describe, expect, test } from 'vitest';
import { hotelOntology } from './hotel.data.ts';
import { PROPOSED_TEXT_MAX, parseProposals } from './model-proposals.ts';
import { confirmProposal, PROPOSALS_MAX } from './proposal.ts';

const note = 'wants a firm pillow in Key West';
const place = 'us/fl/key-west/pier';
const ground = { note, ontology: hotelOntology, places: [{ place, names: ['Key West'] }] };
const good = {
  ...{ predicate: 'pillow.firmness', value: 'Firm', polarity: 'like', place },
  ...{ confidence: 0.8, start: 8, end: 19 },
};
const parse = (...proposals: readonly unknown[]) => parseProposals({ proposals }, ground);

describe('what another proposer answers', () => {
  test('MEM-158 is taken in the ontology’s own names and values', () => {
    const { place: _, ...everywhere } = good;
    expect(parse(good, everywhere)).toEqual({
      kind: 'ok',
      value: [
        {
          ...{ predicate: 'pillow.firmness', value: 'firm', polarity: 'like', scope: { place } },
          ...{ confidence: 0.8, start: 8, end: 19 },
        },
        expect.objectContaining({ scope: {} }),
      ],
    });
    expect(parse()).toEqual({ kind: 'ok', value: [] });
  });

  test.each<[string, object]>([
    ['an unknown predicate', { predicate: 'pillow.colour' }],
    ['an inherited name', { predicate: 'constructor' }],
    ['a retired predicate', { predicate: 'room.lamp', value: 'green' }],
    ['an unknown value', { value: 'velvet' }],
    ['a value of another type', { value: 3 }],
    ['a value that is a list', { value: ['firm'] }],
    ['an unknown polarity', { polarity: 'adore' }],
    ['a place that was not offered', { place: 'us' }],
    ['too much confidence', { confidence: 1.5 }],
    ['a confidence in words', { confidence: 'high' }],
    ['a span past the note', { end: 1_000 }],
    ['a span turned round', { start: 19, end: 8 }],
    ['half a letter', { start: 8.5 }],
    ['a field that is not asked for', { basis: 'stated' }],
  ])('MEM-158 %s refuses all of it', (_, change) => {
    expect(parse(good, { ...good, ...change }).kind).toBe('refused');
  });

  test('MEM-158 anything else refuses all of it, too', () => {
    for (const document of [
      null,
      'text',
      7,
      [],
      { proposals: 'none' },
      { proposals: [null] },
      { facts: [] },
    ]) {
      expect(parseProposals(document, ground).kind).toBe('refused');
    }
    expect(parse(...Array.from({ length: PROPOSALS_MAX + 1 }, () => good)).kind).toBe('refused');
    expect(PROPOSED_TEXT_MAX).toBeGreaterThan(0);
  });

  test('MEM-152 is confirmed as the clerk says, and says nothing of its own certainty', () => {
    const parsed = parse(good);
    if (parsed.kind === 'refused' || parsed.value[0] === undefined) throw new Error('not read');
    expect(confirmProposal(parsed.value[0], 'observed')).toEqual({
      ...{ kind: 'fact', basis: 'observed', predicate: 'pillow.firmness', value: 'firm' },
      ...{ polarity: 'like', scope: { place } },
    });
  });
});
