import type { NoteProposal } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import type { Suggested, Suggestion } from './desk.view.ts';
import { denyProposal, dropChip, EMPTY_DRAFT, noteRequest, takeProposal } from './note.view.ts';
import { offerOf, proposalKey } from './proposal.view.ts';

const firm: NoteProposal = {
  ...{ predicate: 'pillow.firmness', label: { en: 'Pillow' }, value: 'firm' },
  ...{ valueLabel: { en: 'Firm' }, polarity: 'like', purpose: 'personalisation' },
  ...{ sensitivity: 'ordinary', site: null, siteName: null, confidence: 0.9, start: 0, end: 19 },
};
const high: NoteProposal = { ...firm, predicate: 'room.floor', value: 'high' };
const there: NoteProposal = { ...high, site: 'key-west', siteName: { en: 'Key West' } };

const text = 'wants a firm pillow and a high floor';
const draft = { ...EMPTY_DRAFT, text };
const none: Suggested = { suggestions: [], before: '' };
const suggestion: Suggestion = { ...firm };
const offered = (from: typeof draft, proposals = [firm, high]) =>
  offerOf(from, none, { text, proposals, passed: [] }).proposals.map(proposalKey);

describe('what is offered while a note is typed', () => {
  test('is what the server has read in this text, or in its beginning', () => {
    expect(offered(draft)).toEqual(['pillow.firmness=firm:like', 'room.floor=high:like']);
    expect(offered({ ...draft, text: `${text} pl` })).toHaveLength(2);
    expect(offered({ ...draft, text: 'wants a firm mattress' })).toEqual([]);
    expect(offered(EMPTY_DRAFT)).toEqual([]);
    expect(offerOf(draft, none, undefined).proposals).toEqual([]);
  });

  test('is not what was taken or denied, until a thing taken is dropped again', () => {
    const taken = takeProposal(draft, firm, undefined);
    expect(taken.text).toBe(text);
    expect(offered(taken)).toEqual(['room.floor=high:like']);
    const [chip] = taken.chips;
    expect(offered(dropChip(taken, chip?.key ?? ''))).toHaveLength(2);
    expect(offered(denyProposal(draft, proposalKey(high)))).toEqual(['pillow.firmness=firm:like']);
  });

  test('gives way to what the whole text means, and goes before what its end may mean', () => {
    const proposed = { text, proposals: [firm], passed: [] };
    const whole: Suggested = { suggestions: [suggestion], before: '' };
    expect(offerOf(draft, whole, proposed)).toEqual({
      ...{ suggested: whole, proposals: [], passed: undefined },
    });
    const end: Suggested = { suggestions: [suggestion], before: 'wants a firm pillow and' };
    expect(offerOf(draft, end, proposed).suggested.suggestions).toEqual([]);
    expect(offerOf(draft, end, { ...proposed, proposals: [] }).suggested).toEqual(end);
  });

  test('says that somebody else is meant, or that it is not sure', () => {
    const passed = (...reasons: readonly string[]) =>
      offerOf(draft, none, { text, proposals: [], passed: reasons.map((reason) => ({ reason })) })
        .passed;
    expect(passed()).toBeUndefined();
    expect(passed('question', 'somebody-else')).toBe('somebodyElse');
    expect(passed('past')).toBe('unsure');
  });
});

describe('a proposal that is taken', () => {
  test('holds where it was said to hold: here, there, or everywhere', () => {
    const both = takeProposal(takeProposal(draft, high, 'monterey'), there, 'monterey');
    expect(noteRequest(both, []).facts).toEqual([
      {
        predicate: 'room.floor',
        value: 'high',
        polarity: 'like',
        hereOnly: false,
        basis: 'stated',
      },
      {
        ...{ predicate: 'room.floor', value: 'high', polarity: 'like', hereOnly: false },
        ...{ basis: 'stated', site: 'key-west' },
      },
    ]);
    const here = takeProposal(draft, there, 'key-west');
    expect(here.chips[0]).toMatchObject({ hereOnly: true });
    expect(noteRequest(here, []).facts[0]).not.toHaveProperty('site');
  });
});
