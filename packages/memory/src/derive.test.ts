import { DAY_MS } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { apply } from './apply.ts';
import { type Answer, type AskRequest, ask } from './ask.ts';
import { explainFact } from './explain.ts';
import { exportMemory } from './export.ts';
import type { FactLearned, Interaction } from './journal.ts';
import { findPredicate, type Ontology, withRetired } from './ontology.ts';
import { parseOntology } from './ontology-parse.ts';
import { applyInteraction, factsOf, project } from './projection.ts';
import { JOURNAL_START, journalWriter, sampleOntology, tripOntology } from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;

const says = (
  predicate: string,
  value: string | number,
  rest: Partial<FactLearned> = {},
): FactLearned => ({
  kind: 'fact',
  basis: 'stated',
  predicate,
  value,
  ...rest,
});

const journalOf = (...bodies: readonly FactLearned[]): readonly Interaction[] => {
  const line = journalWriter();
  const consent = line({
    kind: 'consent-granted',
    purpose: 'trip',
    basis: 'consent',
    wording: { en: 'Yes.' },
    receiptId: 'r',
  });
  return [consent, ...bodies.map((body, at) => line(body, { day: at }))];
};

const answers = (
  needs: readonly string[],
  bodies: readonly FactLearned[],
  more: Partial<AskRequest> = {},
): readonly Answer[] => {
  const projection = project(journalOf(...bodies), tripOntology);
  return ask({
    facts: factsOf(projection),
    declines: projection.declines,
    consents: projection.consents,
    ontology: tripOntology,
    situation: { at: day(20), touchpoint: 'desk', purpose: 'trip' },
    limit: 9,
    needs,
    ...more,
  });
};

const issuesOf = (predicates: readonly object[]): readonly string[] => {
  const about = { label: 'L', question: 'Q?', purpose: 'trip', kind: 'text' };
  const parsed = parseOntology({
    purposes: [{ id: 'trip', label: 'Trip', description: 'Your trip.', needs: 'consent' }],
    predicates: predicates.map((one) => ({ ...about, ...one })),
  });
  return parsed.kind === 'ok'
    ? []
    : parsed.error.map(({ code, path, detail }) => `${path} ${code} ${detail}`);
};

describe('derivations', () => {
  test('MEM-132 derivations that go in a circle are refused, with the way round', () => {
    const circle = issuesOf([
      { name: 'a.one', derivations: [{ from: 'a.three' }] },
      { name: 'a.two', synonyms: ['a.zwei'], derivations: [{ from: 'a.one' }] },
      {
        name: 'a.three',
        derivations: [{ from: 'a.four', when: [{ predicate: 'a.zwei', value: 'x' }] }],
      },
      { name: 'a.four' },
    ]);
    expect(circle).toEqual([
      'predicates[0].derivations derivation-cycle a.one -> a.three -> a.two -> a.one',
    ]);
    expect(issuesOf([{ name: 'a.one', derivations: [{ from: 'a.one' }] }])).toEqual([
      'predicates[0].derivations derivation-cycle a.one -> a.one',
    ]);
  });

  test('MEM-132 what derivations and counterparts name must exist and mean something', () => {
    expect(
      issuesOf([
        {
          name: 'a.one',
          kind: 'number',
          derivations: [{ from: 'a.none', map: [{ from: 'x', to: 'y' }] }],
        },
        {
          name: 'a.two',
          derivations: [
            {
              from: 'a.one',
              map: [{ from: 'few', to: 'y' }],
              when: [{ predicate: 'a.one', value: 'many' }],
            },
          ],
        },
        { name: 'a.three', counterparts: ['a.none', 'a.three', 'a.one'] },
      ]),
    ).toEqual([
      'predicates[0].derivations[0].from unknown-predicate a.none',
      'predicates[0].derivations[0].map[0].to unknown-value y',
      'predicates[1].derivations[0].when[0] unknown-value many',
      'predicates[1].derivations[0].map[0].from unknown-value few',
      'predicates[2].counterparts[0] unknown-predicate a.none',
      'predicates[2].counterparts[1] duplicate a.three',
    ]);
  });

  test('MEM-133 what follows from another predicate is offered with the facts it follows from', () => {
    const [city, back] = answers(
      ['car.pickup_city', 'car.return_city'],
      [says('trip.to', 'fresno')],
    );
    expect(city).toMatchObject({
      kind: 'confirm',
      reason: 'derived',
      value: 'Fresno',
      derivedFrom: ['trip.destination'],
      evidence: ['i1'],
    });
    expect(back).toMatchObject({
      kind: 'confirm',
      value: 'Fresno',
      derivedFrom: ['trip.destination'],
    });
    expect(city?.kind === 'confirm' && city.factIds).toHaveLength(1);
  });

  test('MEM-133 by a table and under a condition, and known where that is certain', () => {
    const flight = says('trip.kind', 'flight');
    const [known] = answers(['trip.airport'], [flight, says('trip.destination', 'Fresno')]);
    expect(known).toMatchObject({
      kind: 'known',
      value: 'FAT',
      derivedFrom: ['trip.destination', 'trip.kind'],
      evidence: ['i2', 'i1'],
    });
    const ofBus = answers(['trip.airport'], [says('trip.kind', 'bus'), says('trip.to', 'Fresno')]);
    const unlisted = answers(['trip.airport'], [flight, says('trip.to', 'Las Vegas')]);
    const without = answers(['trip.airport'], [says('trip.to', 'Fresno')]);
    expect([ofBus, unlisted, without].map(([one]) => one?.kind)).toEqual(['ask', 'ask', 'ask']);
    const guessed = says('trip.to', 'Fresno', { basis: 'inferred' });
    expect(answers(['trip.airport'], [flight, guessed])[0]?.kind).toBe('confirm');
  });

  test('MEM-133 what was said itself comes before what follows from others', () => {
    const bodies = [says('car.pickup_city', 'Oakland'), says('trip.to', 'Fresno')];
    expect(answers(['car.pickup_city'], bodies)[0]).toMatchObject({
      kind: 'known',
      value: 'Oakland',
      derivedFrom: [],
    });
  });

  test('MEM-134 a counterpart is offered both ways, in one step, the one told last first', () => {
    const there = answers(['hotel.city', 'show.city'], [says('car.pickup_city', 'Fresno')]);
    expect(there.map(({ kind }) => kind)).toEqual(['confirm', 'ask']);
    expect(answers(['car.pickup_city'], [says('hotel.city', 'Napa')])[0]).toMatchObject({
      kind: 'confirm',
      value: 'Napa',
      derivedFrom: ['hotel.city'],
    });
    const both = [says('car.pickup_city', 'Fresno'), says('show.city', 'Napa')];
    expect(answers(['hotel.city'], both)[0]).toMatchObject({ kind: 'confirm', value: 'Napa' });
    expect(answers(['hotel.city'], [...both].reverse())[0]).toMatchObject({ value: 'Fresno' });
  });

  test('MEM-135 that any will do, or what is banned, is not carried over', () => {
    expect(answers(['hotel.city'], [says('car.pickup_city', 'dontcare')])[0]?.kind).toBe('ask');
    const told = says('trip.to', 'Fresno');
    for (const polarity of ['forbid', 'dislike'] as const) {
      const against = says('car.pickup_city', 'Fresno', { polarity });
      const [answer] = answers(['car.pickup_city'], [told, against]);
      expect(answer).not.toMatchObject({ polarity: 'like' });
      expect(answers(['hotel.city'], [against])[0]?.kind).toBe('ask');
    }
  });

  test('MEM-55 a place or day that is not wanted does not say which one is', () => {
    const against = { polarity: 'dislike' } as const;
    const said = [says('hotel.city', 'Napa', against), says('trip.date', 'March 8th', against)];
    expect(answers(['hotel.city', 'trip.date'], said).map(({ kind }) => kind)).toEqual([
      'ask',
      'ask',
    ]);
  });

  test('MEM-136 what belongs to one occasion is offered, not taken for granted', () => {
    const said = [says('trip.date', '8th of March'), says('trip.people', 'two')];
    expect(answers(['trip.date', 'trip.people'], said)).toMatchObject([
      { kind: 'confirm', reason: 'volatile', value: '--03-08' },
      { kind: 'confirm', reason: 'volatile', value: 2 },
    ]);
    const must = says('trip.people', 2, { polarity: 'require' });
    expect(answers(['trip.people'], [must])[0]?.kind).toBe('known');
  });
});

describe('retired predicates', () => {
  test('MEM-137 a retired predicate is never asked or applied, and its facts stay readable', () => {
    const journal = journalOf(says('trip.class', 'first'));
    const projection = project(journal, tripOntology);
    const facts = factsOf(projection);
    expect(answers(['trip.class'], [says('trip.class', 'first')])).toEqual([
      { kind: 'unknown-predicate', predicate: 'trip.class' },
    ]);
    const { consents, declines } = projection;
    const text = { en: 'Seat: {value}' };
    const applied = apply({
      ...{ facts, consents, declines, ontology: tripOntology, purpose: 'trip' },
      touchpoint: { kind: 'seat', place: 'us', at: day(2), deadline: day(3) },
      capabilities: [{ predicate: 'trip.class', operation: 'seat', text }],
    });
    expect(applied).toEqual({
      instructions: [],
      skipped: [{ predicate: 'trip.class', reason: 'retired', factIds: [] }],
    });
    const [fact] = facts;
    if (fact === undefined) throw new Error('there is a fact');
    expect(explainFact(fact, journal).evidence).toHaveLength(1);
    const taken = exportMemory({
      ...{ facts, consents, declines, reads: [], ontology: tripOntology, locale: 'en' },
      person: { id: 'person:s1', members: ['s1'], aliases: ['person:s1'] },
      controller: { id: 'c', name: 'C', contact: 'c@c.example' },
      exportedAt: day(3),
    });
    expect(JSON.stringify(taken)).toContain('first');
  });

  test('MEM-137 a ban that is retired still rules values out', () => {
    const feather = findPredicate(sampleOntology, 'allergy.feather');
    if (feather === undefined) throw new Error('the sample ontology knows allergies');
    const predicates = sampleOntology.predicates.map((one) =>
      one === feather ? { ...one, retired: true } : one,
    );
    const line = journalWriter();
    const consents = ['stay', 'health'].map((purpose) =>
      line({
        ...{ kind: 'consent-granted', purpose, basis: 'explicit-consent' },
        ...{ wording: { en: 'Yes.' }, receiptId: 'r' },
      }),
    );
    const banned = { kind: 'fact', basis: 'stated', predicate: 'allergy.feather' } as const;
    const projection = project(
      [
        ...consents,
        line(says('pillow.fill', 'feather')),
        line({ ...banned, value: true, polarity: 'forbid' }),
      ],
      sampleOntology,
    );
    const [answer] = ask({
      ...{ facts: factsOf(projection), declines: [], consents: projection.consents },
      ...{ ontology: { ...sampleOntology, predicates }, needs: ['pillow.fill'], limit: 1 },
      situation: { at: day(1), touchpoint: 'desk', purpose: 'stay' },
    });
    expect(answer).toMatchObject({ kind: 'ask', options: [{ value: 'foam' }, { value: 'wool' }] });
  });

  test('MEM-137 a vocabulary that drops a predicate leaves its facts untouched', () => {
    const journal = journalOf(says('trip.people', 2), says('trip.to', 'Fresno'));
    const before = project(journal, tripOntology);
    const parsed = parseOntology({
      purposes: [{ id: 'trip', label: 'Trip', description: 'Your trip.', needs: 'consent' }],
      predicates: [
        { name: 'trip.destination', label: 'L', question: 'Q?', kind: 'place', purpose: 'trip' },
      ],
    });
    if (parsed.kind === 'refused') throw new Error('it is well-formed');
    const next: Ontology = parsed.value;
    const [, , third] = journalOf(says('trip.people', 2), says('trip.destination', 'Napa'));
    if (third === undefined) throw new Error('there are three lines');
    const later = applyInteraction(before, { ...third, id: 'late', seq: 9 }, next);
    const people = factsOf(before).filter(({ predicate }) => predicate === 'trip.people');
    expect(factsOf(later)).toEqual(expect.arrayContaining([...people]));
    const kept = withRetired(next, tripOntology);
    expect(project(journal, kept).ignored).toEqual([]);
    expect(factsOf(project(journal, kept))).toEqual(factsOf(before));
    expect(findPredicate(kept, 'trip.people')?.retired).toBe(true);
    expect(withRetired(kept, tripOntology)).toEqual(kept);
  });
});

describe('the order of questions', () => {
  const needs = ['trip.people', 'hotel.city', 'car.pickup_city', 'trip.destination', 'show.city'];
  const kinds = (list: readonly Answer[]): readonly string[] =>
    list.map((one) => (one.kind === 'ask' ? `ask ${one.rank}` : one.kind));

  test('MEM-138 what gives most of the others is asked first, and what it gives waits', () => {
    const list = answers(needs, []);
    expect(kinds(list)).toEqual(['ask 2', 'ask 0', 'later', 'ask 1', 'ask 3']);
    expect(list[3]).toMatchObject({ decides: ['car.pickup_city'] });
    expect(list[1]).toMatchObject({ decides: ['car.pickup_city', 'show.city'] });
    const one = answers(needs, [], { limit: 1 });
    expect(kinds(one)).toEqual(['later', 'ask 0', 'later', 'later', 'later']);
  });

  test('MEM-138 the caller may say what is worth more', () => {
    const list = answers(needs, [], { weights: { 'trip.people': 9 }, limit: 2 });
    expect(kinds(list)).toEqual(['ask 0', 'ask 1', 'later', 'later', 'later']);
  });
});
