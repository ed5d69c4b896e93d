import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../space/input.ts';
import { answerAll, jsonOf, readReplay, sentenceOfAnswer, summaryOf } from './replay.ts';
import { ontologyFile } from './schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const ONTOLOGY = `predicates:
  pillow: { values: [soft, firm] }
  city: { kind: place, synonyms: [trip.to], values: { San Francisco: [SF] } }
  car_city: { derivations: [city] }
  day: { kind: date }
`;
const EVENT = {
  at: '2026-03-01T10:00:00Z',
  subject: 's1',
  identifiers: { email: 'Nora@Guest.example ' },
  channel: 'desk',
  place: 'us/fl/key-west',
  says: { pillow: 'Firm', 'trip.to': 'sf', day: ['next Sunday', '8th of March'] },
  purposes: ['service'],
};
const NEED = {
  at: '2026-03-02',
  subject: 's1',
  purpose: 'service',
  context: { place: 'us/fl/key-west/12' },
  needs: ['pillow', 'car_city', 'day'],
};

const filesOf = (events: readonly unknown[], needs: readonly unknown[], ontology = ONTOLOGY) => {
  const lines = (items: readonly unknown[]): string =>
    items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
  return {
    events: file('events.jsonl', lines(events)),
    needs: file('needs.jsonl', lines(needs)),
    ontology: file('ontology.yaml', ontology),
  };
};

const replayed = (events: readonly unknown[], needs: readonly unknown[], ontology = ONTOLOGY) => {
  const replay = readReplay(filesOf(events, needs, ontology), () => {});
  const lines: string[] = [];
  const people: string[] = [];
  const tally = answerAll(
    replay,
    (answer) => {
      lines.push(jsonOf(answer, replay));
      people.push(sentenceOfAnswer(answer, replay));
    },
    () => {},
  );
  return { lines, people, summary: summaryOf(replay, tally) };
};

/** The fault, a line each, without the folder. */
const faultOf = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(`${folder}/`, '').split('\n');
    throw error;
  }
  return [];
};

describe('keepsake memory replay', () => {
  test('answers a line for each needed predicate, with the evidence', () => {
    const { lines, people, summary } = replayed([EVENT], [NEED]);
    const evidence = {
      ...{ at: '2026-03-01T10:00:00.000Z', subject: 's1', predicate: 'pillow', said: 'Firm' },
      ...{ basis: 'stated', channel: 'desk', place: 'us/fl/key-west' },
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        predicate: 'pillow',
        answer: 'known',
        value: 'firm',
        evidence: [evidence],
        subject: 's1',
        at: '2026-03-02T00:00:00.000Z',
      },
      expect.objectContaining({
        predicate: 'car_city',
        answer: 'confirm',
        value: 'San Francisco',
        reason: 'derived',
        derivedFrom: ['city'],
      }),
      expect.objectContaining({
        predicate: 'day',
        answer: 'confirm',
        value: '--03-08',
        reason: 'volatile',
      }),
    ]);
    expect(people[0]).toBe(
      '2026-03-02T00:00:00.000Z s1 pillow: known firm (stated 2026-03-01: pillow = Firm, desk us/fl/key-west)',
    );
    expect(summary).toEqual([
      '3 needs: 1 known, 2 to confirm, 0 to ask, 0 declined',
      '1 events of 1 subjects',
    ]);
  });

  test('subjects with one address, however written, are one person; a null is a refusal', () => {
    const other = {
      ...EVENT,
      subject: 's2',
      identifiers: { email: 'nora@guest.example' },
      says: { city: null },
    };
    const need = { ...NEED, subject: 's2', needs: ['pillow', 'city'] };
    const { lines } = replayed([EVENT, '', other, EVENT], [need]);
    expect(lines.map((line) => JSON.parse(line).answer)).toEqual(['known', 'known']);
    const first = { ...EVENT, says: {} };
    const { lines: without } = replayed([first, other], [need]);
    expect(without.map((line) => JSON.parse(line).answer)).toEqual(['ask', 'declined']);
  });

  test('a list holds forms of one value, and an object may say that it is a ban', () => {
    const said = { pillow: ['feathers', 'firm'], city: { value: 'sf', polarity: 'forbid' } };
    const need = { ...NEED, needs: ['pillow', 'city', 'car_city'] };
    const { lines } = replayed([{ ...EVENT, says: said }], [need]);
    expect(
      lines.map((line) => JSON.parse(line)).map(({ answer, value }) => [answer, value]),
    ).toEqual([
      ['known', 'firm'],
      ['ask', null],
      ['ask', null],
    ]);
    const wrong = { ...EVENT, says: { city: { value: 'sf', polarity: 'hate' } } };
    expect(faultOf(() => replayed([wrong], [need]))).toEqual([
      "events.jsonl:1 'polarity' must be one of like, dislike, require, forbid",
    ]);
  });

  test('events that come after every need are told and answer nothing', () => {
    const { lines, summary } = replayed([{ ...EVENT, at: '2027-01-01T00:00:00+01:00' }], [NEED]);
    expect(lines.map((line) => JSON.parse(line).answer)).toEqual([
      'declined',
      'declined',
      'declined',
    ]);
    expect(summary[2]).toBe(
      '1 events come after every need, the first at 2026-12-31T23:00:00.000Z: they answer nothing',
    );
  });

  test('every bad line is told with file and line and what to do, and nothing is answered', () => {
    const events = [
      '{"at":',
      '[1]',
      { ...EVENT, at: 'yesterday', subject: '' },
      { ...EVENT, says: { pilow: 'firm', pillow: 'feathers', day: [], city: { a: 1 } } },
      { ...EVENT, bases: 'stated', basis: 'sure', identifiers: { email: [] } },
    ];
    const needs = [
      { ...NEED, needs: [], context: { place: 3 } },
      { ...NEED, needs: ['Pillow'] },
    ];
    expect(
      faultOf(() => replayed(events, needs)).map((line) => line.replace(/(JSON: ).*/, '$1…')),
    ).toEqual(
      [
        'events.jsonl:1 is not JSON: …',
        'events.jsonl:2 is no JSON object; write {…} on one line',
        "needs.jsonl:1 'needs' is empty; name at least one predicate",
      ].toSpliced(
        2,
        1,
        "events.jsonl:3 'at' is no instant; write it as 2026-03-01T10:00:00Z",
        "events.jsonl:3 'subject' is missing; give a text",
        "events.jsonl:4 there is no predicate 'pilow' in ontology.yaml; did you mean 'pillow'?",
        "events.jsonl:4 'feathers' is no value of pillow; there are soft, firm",
        "events.jsonl:4 what is said of 'city' is no text, number, true or false, nor a list of these",
        "events.jsonl:5 the identifier 'email' is no text",
        "events.jsonl:5 'basis' must be one of stated, confirmed, observed, inferred, imported",
        "needs.jsonl:1 'needs' is empty; name at least one predicate",
        "needs.jsonl:1 'context' has a place, category or occasion that is no text",
        "needs.jsonl:2 there is no predicate 'Pillow' in ontology.yaml; did you mean 'pillow'?",
      ),
    );
    expect(
      faultOf(() => replayed([{ ...EVENT, say: { pillow: 'firm' }, says: undefined }], [NEED])),
    ).toEqual(["events.jsonl:1 there is a key 'say'; call it 'says'"]);
    const many = Array.from({ length: 25 }, () => '{');
    expect(faultOf(() => replayed(many, [NEED])).at(-1)).toBe('… and 5 more like these');
  });

  test('purposes must be those of the ontology, where it names any', () => {
    const ontology = `purposes: [service, offers]\n${ONTOLOGY}`;
    expect(faultOf(() => replayed([{ ...EVENT, purposes: ['ofers'] }], [NEED], ontology))).toEqual([
      "events.jsonl:1 there is no purpose 'ofers' in ontology.yaml; did you mean 'offers'?",
    ]);
    expect(faultOf(() => replayed([{ ...EVENT, purposes: ['anything'] }], [NEED]))).toEqual([]);
  });

  test('faults of an ontology are told with their line', () => {
    const circle =
      'predicates:\n  - { name: a, derivations: [b] }\n  - { name: b, derivations: [a] }\n';
    expect(faultOf(() => replayed([], [NEED], circle))).toEqual([
      'ontology.yaml:2:5 predicates[0].derivations go round in a circle; take one of them out: a -> b -> a',
    ]);
    expect(faultOf(() => replayed([], [NEED], 'predicates: [a')).join()).toMatch(
      /^ontology.yaml:1:15 is no JSON or YAML: /,
    );
    expect(
      faultOf(() => readReplay({ events: 'none', needs: 'none', ontology: 'none' }, () => {})),
    ).toEqual(['none: cannot be read: there is no such file or folder']);
  });
});

describe('keepsake memory ontology', () => {
  const slot = (name: string, description: string): object => ({ name, description });
  const schema = [
    {
      service_name: 'Buses_1',
      slots: [slot('to_city', 'City the bus goes to'), slot('day', 'Date of the journey')],
      intents: [{ required_slots: ['to_city', 'day'] }],
    },
    {
      service_name: 'Cars_1',
      slots: [slot('city', 'City of the car'), slot('hour', 'Time of the day')],
      intents: [{ required_slots: ['city', 'hour'] }],
    },
  ];

  test('proposes links, and links nothing until they are accepted', () => {
    const path = file('schema.json', JSON.stringify(schema));
    const made = ontologyFile(path, undefined);
    expect(made).toMatchObject({ predicates: 4, proposed: 1, accepted: 0 });
    expect(JSON.parse(made.text).links).toEqual([
      {
        a: 'Buses_1.to_city',
        b: 'Cars_1.city',
        as: 'counterpart',
        strength: 0.85,
        reason: 'both are towns',
        accepted: false,
      },
    ]);
    expect(ontologyFile(path, 'strong').accepted).toBe(1);
    expect(ontologyFile(path, 'all').accepted).toBe(1);
  });

  test('takes over what a person accepted or added, and tells what is not there', () => {
    const path = file('schema.json', JSON.stringify(schema));
    const added = { a: 'Buses_1.day', b: 'Cars_1.hour', as: 'derivation', accepted: true };
    const edited = JSON.parse(ontologyFile(path, undefined).text);
    edited.links = [{ ...edited.links[0], as: 'synonym', accepted: true }, added];
    const again = ontologyFile(path, file('edited.json', JSON.stringify(edited)));
    expect(JSON.parse(again.text).links).toEqual([edited.links[0], added]);
    const strange = { links: [{ a: 'Buses_1.day', b: 'Planes_1.day', accepted: true }] };
    expect(faultOf(() => ontologyFile(path, file('edited.json', JSON.stringify(strange))))).toEqual(
      ['edited.json links a slot that the schema does not have: Planes_1.day'],
    );
    expect(faultOf(() => ontologyFile(path, file('edited.json', '{}')))[0]).toContain(
      "has no list of 'links': give a file that this command wrote",
    );
  });

  test('what it writes is what a replay reads', () => {
    const made = ontologyFile(file('schema.json', JSON.stringify(schema)), 'strong');
    const event = { ...EVENT, says: { 'Buses_1.to_city': 'fresno' } };
    const { lines } = replayed(
      [event],
      [{ ...NEED, needs: ['Cars_1.city', 'Cars_1.hour'] }],
      made.text,
    );
    expect(
      lines.map((line) => JSON.parse(line)).map(({ answer, value }) => [answer, value]),
    ).toEqual([
      ['confirm', 'Fresno'],
      ['ask', null],
    ]);
    expect(readFileSync(join(folder, 'ontology.yaml'), 'utf8')).toBe(made.text);
  });
});
