import { describe, expect, test } from 'vitest';
import { type Identifier, type LinkEvent, personById, personOf } from './identity.ts';

const email = (subject: string, verifiedAt: number | null = 1): Identifier => ({
  kind: 'email',
  hmac: 'h',
  subject,
  verifiedAt,
  strength: 'strong',
});

const verdict = (kind: 'same' | 'not_same', by: 'human' | 'machine', at: number): LinkEvent => ({
  kind,
  id: `${kind}-${by}`,
  a: 'a',
  b: 'b',
  by,
  at,
});

const members = (identifiers: readonly Identifier[], links: readonly LinkEvent[]): unknown =>
  personOf('a', identifiers, links).members;

describe('identity', () => {
  test('MEM-23 proven equal identifiers join, a mere claim reads nothing', () => {
    expect(members([email('a'), email('b')], [])).toEqual(['a', 'b']);
    expect(members([email('a', null), email('b')], [])).toEqual(['a']);
  });

  test('MEM-24 an id handed out before an un-merge still finds its subject', () => {
    const merged = personOf('b', [], [verdict('same', 'human', 1)]);
    expect(merged).toEqual({
      id: 'person:a',
      members: ['a', 'b'],
      aliases: ['person:a', 'person:b'],
    });
    expect(personById('person:b', [], [])?.members).toEqual(['b']);
    expect(personById('b', [], [])).toBeUndefined();
  });

  test('MEM-25 a human verdict outranks a machine one, and not_same stands until voided', () => {
    const human = verdict('same', 'human', 1);
    const apart = verdict('not_same', 'human', 2);
    const lift: LinkEvent = { kind: 'void', id: 'lift', voids: apart.id, by: 'human', at: 3 };
    const back: LinkEvent = { kind: 'void', id: 'back', voids: 'lift', by: 'human', at: 4 };
    expect(members([], [human, verdict('not_same', 'machine', 2)])).toEqual(['a', 'b']);
    expect(members([email('a'), email('b')], [verdict('not_same', 'machine', 2)])).toEqual(['a']);
    expect(members([], [apart, human])).toEqual(['a']);
    expect(members([], [human, apart, lift])).toEqual(['a', 'b']);
    expect(members([], [human, apart, lift, back])).toEqual(['a']);
  });
});
