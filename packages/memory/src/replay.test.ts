import { DAY_MS } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Identifier } from './identity.ts';
import { personsOf } from './identity.ts';
import type { Ontology } from './ontology.ts';
import { parseBriefOntology, withPurposes } from './ontology-brief.ts';
import {
  eventsTooLate,
  type ReplayAnswer,
  type ReplayEvent,
  type ReplayNeed,
  replayNeeds,
} from './replay.ts';
import { JOURNAL_START } from './testing/index.ts';

const vocabulary = (): Ontology => {
  const parsed = parseBriefOntology({
    predicates: [
      { name: 'pillow', values: ['soft', 'firm'] },
      { name: 'city', kind: 'place', synonyms: ['trip.to'] },
      { name: 'car_city', kind: 'place', derivations: ['city'] },
      { name: 'day', kind: 'date' },
      { name: 'allergy', kind: 'boolean' },
    ],
  });
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return withPurposes(parsed.value.ontology, ['health', 'offers']);
};
const ontology = vocabulary();
const day = (count: number): number => JOURNAL_START + count * DAY_MS;

const event = (
  at: number,
  says: Readonly<Record<string, string>>,
  more: Partial<ReplayEvent> = {},
): ReplayEvent => ({
  ...{
    at: day(at),
    recordedAt: day(at),
    subject: 's1',
    identifiers: {},
    channel: 'desk',
    place: '',
  },
  ...{ scope: {}, basis: 'stated', declines: [], purposes: ['service'], withdraws: [] },
  says: Object.entries(says).map(([predicate, value]) => ({ predicate, value, polarity: 'like' })),
  ...more,
});

const need = (
  at: number,
  needs: readonly string[],
  more: Partial<ReplayNeed> = {},
): ReplayNeed => ({
  ...{ at: day(at), subject: 's1', purpose: 'service', context: {}, needs },
  ...more,
});

const answersOf = (
  events: readonly ReplayEvent[],
  needs: readonly ReplayNeed[],
): readonly ReplayAnswer[] => [...replayNeeds({ events, needs, ontology })].flat();

const told = (events: readonly ReplayEvent[], ...needs: readonly ReplayNeed[]): readonly string[] =>
  answersOf(events, needs).map(({ answer, value }) =>
    value === null ? answer : `${answer} ${value}`,
  );

describe('replay', () => {
  test('MEM-142 a need is answered from what was known by its moment', () => {
    const events = [
      event(9, { pillow: 'firm' }),
      event(2, { pillow: 'soft' }),
      event(30, { pillow: 'soft' }),
    ];
    const needs = [
      need(10, ['pillow']),
      need(1, ['pillow']),
      need(2, ['pillow']),
      need(5, ['pillow']),
    ];
    expect(told(events, ...needs)).toEqual(['known firm', 'declined', 'known soft', 'known soft']);
    const late = event(3, { pillow: 'firm' }, { recordedAt: day(8) });
    expect(
      told([event(2, { pillow: 'soft' }), late], need(7, ['pillow']), need(8, ['pillow'])),
    ).toEqual(['known soft', 'known firm']);
    expect(eventsTooLate({ events, needs })).toEqual([events[2]]);
  });

  test('MEM-142 an answer names what was said, and whatever it follows from', () => {
    const [known, derived, asked] = answersOf(
      [event(1, { 'trip.to': 'fresno' }, { place: 'us/fl' })],
      [need(3, ['city', 'car_city', 'pillow'])],
    );
    const evidence = {
      ...{ at: day(1), subject: 's1', predicate: 'trip.to', said: 'fresno', basis: 'stated' },
      ...{ channel: 'desk', place: 'us/fl' },
    };
    expect(known).toEqual({
      ...{
        need: 0,
        predicate: 'city',
        answer: 'known',
        value: 'Fresno',
        polarity: 'like',
        reason: null,
      },
      ...{ derivedFrom: [], evidence: [evidence] },
    });
    expect(derived).toMatchObject({
      answer: 'confirm',
      reason: 'derived',
      derivedFrom: ['city'],
      evidence: [evidence],
    });
    expect(asked).toMatchObject({ answer: 'ask', value: null, evidence: [] });
  });

  test('MEM-142 what was seen in one place is to be confirmed in another', () => {
    const at = (place: string, more: object = {}): ReplayEvent =>
      event(1, { pillow: 'firm' }, { place, scope: { place }, ...more });
    const here = need(3, ['pillow'], { context: { place: 'us/ca/monterey' } });
    expect(told([at('us/ca')], here)).toEqual(['known firm']);
    expect(told([at('us/fl')], here)).toEqual(['confirm firm']);
    expect(told([at('us/fl'), at('us/wa')], here)).toEqual(['known firm']);
    const ban = [{ predicate: 'allergy', value: true, polarity: 'forbid' as const }];
    const allergy = need(9_000, ['allergy'], { context: { place: 'de' } });
    expect(told([at('us/fl', { says: ban })], allergy)).toEqual(['known true']);
  });

  test('MEM-143 what is said is kept for the purposes it was said for, and read for no other', () => {
    const events = [event(1, { pillow: 'soft' }, { purposes: ['offers'] })];
    const needs = ['service', 'offers', 'health'].map((purpose) =>
      need(2, ['pillow'], { purpose }),
    );
    expect(told(events, ...needs)).toEqual(['declined', 'known soft', 'declined']);
    const both = event(1, { pillow: 'soft' }, { purposes: ['offers', 'service'] });
    expect(told([both], ...needs)).toEqual(['known soft', 'known soft', 'declined']);
    const nothing = event(1, { pillow: 'soft' }, { purposes: [] });
    expect(told([nothing], ...needs)).toEqual(['declined', 'declined', 'declined']);
    expect(told([nothing, event(1, {})], ...needs)).toEqual(['known soft', 'declined', 'declined']);
    const back = event(3, {}, { purposes: [], withdraws: ['offers'] });
    const later = need(4, ['pillow'], { purpose: 'offers' });
    expect(told([both, back], later, need(4, ['pillow']))).toEqual(['declined', 'known soft']);
    const refused = event(2, {}, { declines: ['pillow'] });
    expect(told([refused], need(3, ['pillow']))).toEqual(['declined']);
  });

  test('MEM-144 subjects that share an identifier are one person from when it is known', () => {
    const mail = { email: 'a@a.example' };
    const events = [
      event(1, { pillow: 'firm' }, { identifiers: mail }),
      event(4, {}, { subject: 's2', identifiers: { ...mail, phone: '1' } }),
      event(6, {}, { subject: 's3', identifiers: { phone: '1' } }),
      event(1, {}, { subject: 's3' }),
      event(1, {}, { subject: 's2' }),
    ];
    const of = (subject: string, at: number): ReplayNeed => need(at, ['pillow'], { subject });
    expect(told(events, of('s2', 3), of('s2', 4), of('s3', 5), of('s3', 6))).toEqual([
      ...['ask', 'known firm', 'ask', 'known firm'],
    ]);
  });

  /** Nothing said, but an address that all of them share. */
  const joining = (members: readonly string[], at: number): readonly ReplayEvent[] =>
    members.map((subject) =>
      event(
        0,
        {},
        { ...{ at, recordedAt: at, subject }, identifiers: { email: 'one' }, purposes: [] },
      ),
    );

  const subjects = fc.constantFrom('s1', 's2', 's3', 's4');
  const days = fc.nat(8);
  const happened = fc
    .record({
      subject: subjects,
      at: days,
      late: fc.nat(3),
      says: fc.constantFrom(
        { pillow: 'soft' },
        { pillow: 'firm' },
        { city: 'napa' },
        { 'trip.to': 'Reno' },
        { day: 'March 8th' },
        {},
      ),
      place: fc.constantFrom('', 'us', 'us/ca'),
      identifiers: fc.constantFrom(
        {},
        {},
        { email: 'a' },
        { email: 'b' },
        { email: 'b', phone: '1' },
        { phone: '1' },
      ),
      basis: fc.constantFrom('stated', 'observed', 'inferred'),
      purposes: fc.constantFrom(['service'], ['service', 'health'], [], ['offers']),
      withdraws: fc.constantFrom([], [], [], ['service']),
    })
    .map(({ at, late, says, place, ...rest }) =>
      event(
        at,
        says as Readonly<Record<string, string>>,
        {
          ...rest,
          ...{ place, scope: { place }, recordedAt: day(at + late) },
        } as Partial<ReplayEvent>,
      ),
    );
  const needed = fc
    .record({
      subject: subjects,
      at: fc.nat(12),
      purpose: fc.constantFrom('service', 'health', 'offers'),
    })
    .map(({ at, ...rest }) => need(at, ['pillow', 'city', 'car_city', 'day'], rest));

  test('MEM-145 answers do not depend on the order of events or on copies of them', () => {
    const cases = fc.array(happened, { maxLength: 9 }).chain((events) =>
      fc.record({
        events: fc.constant(events),
        arrival: fc.shuffledSubarray([...events, ...events.slice(0, 3)], {
          minLength: events.length + Math.min(3, events.length),
        }),
        needs: fc.array(needed, { minLength: 1, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ events, arrival, needs }) => {
        expect(JSON.stringify(answersOf(arrival, needs))).toBe(
          JSON.stringify(answersOf(events, needs)),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-142 what is recorded later changes no answer', () => {
    fc.assert(
      fc.property(fc.array(happened, { maxLength: 9 }), needed, (events, one) => {
        const known = events.filter(({ recordedAt }) => recordedAt <= one.at);
        expect(answersOf(events, [one])).toEqual(answersOf(known, [one]));
      }),
      { numRuns: 500 },
    );
  });

  test('MEM-144 persons are those of the identifiers known by then', () => {
    fc.assert(
      fc.property(fc.array(happened, { maxLength: 9 }), needed, (list, one) => {
        // No two at one moment: what decides between those is left open.
        const events = list.map((each, ms) => {
          return { ...each, at: each.at - 99 + ms, recordedAt: each.recordedAt - 99 + ms };
        });
        const known = events.filter(({ recordedAt }) => recordedAt <= one.at);
        const identifiers = known.flatMap(({ subject, identifiers: own }) =>
          Object.entries(own).map(
            ([kind, hmac]): Identifier => ({
              kind,
              hmac,
              subject,
              verifiedAt: 0,
              strength: 'strong',
            }),
          ),
        );
        const person = personsOf([one.subject], identifiers, []).find(({ members }) =>
          members.includes(one.subject),
        );
        const members = person?.members ?? [];
        const own = known
          .filter(({ subject }) => members.includes(subject))
          .map((each) => ({ ...each, identifiers: { email: 'one' } }));
        const alone = own.length === 0 ? [] : [...own, ...joining(members, one.at)];
        expect(answersOf(alone, [one])).toEqual(answersOf(events, [one]));
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-139 a replay tells the same of a purpose not allowed, whatever was said', () => {
    fc.assert(
      fc.property(fc.array(happened, { maxLength: 9 }), needed, (events, one) => {
        const without = events.map((each) => ({
          ...each,
          purposes: each.purposes.filter((purpose) => purpose !== one.purpose),
        }));
        const answers = answersOf(without, [one]);
        const nothing = answersOf([], [one]);
        expect(JSON.stringify(answers)).toBe(JSON.stringify(nothing));
        expect(answers.every(({ answer }) => answer === 'declined')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
