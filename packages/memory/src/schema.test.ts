import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPredicate } from './ontology.ts';
import { parseBriefOntology } from './ontology-brief.ts';
import { type LinkProposal, proposeLinks, STRONG_LINK } from './schema-links.ts';
import { ontologyOfSchema } from './schema-ontology.ts';
import { readSchema, type Slot } from './schema-read.ts';

const service = (
  name: string,
  slots: Readonly<Record<string, string>>,
  values: Readonly<Record<string, readonly string[]>> = {},
): object => ({
  service_name: name,
  description: `The service ${name}`,
  slots: Object.entries(slots).map(([slot, description]) => ({
    ...{ name: slot, description },
    ...{ is_categorical: slot in values, possible_values: values[slot] ?? [] },
  })),
  intents: [{ name: 'Do', required_slots: Object.keys(slots), optional_slots: {} }],
});

const BUSES = service('Buses_1', {
  from_location: 'City where bus is leaving from',
  to_location: 'City where bus is going to',
  leaving_date: 'Date of bus leaving for journey',
  leaving_time: 'Time of bus leaving for journey',
  travelers: 'Number of travelers for journey',
});
const CARS = service('Cars_1', {
  pickup_city: 'City to pick up the rental car',
  pickup_location: 'Location of rental car pickup',
  dropoff_date: 'Date of rental car drop-off',
  renter_birth_date: 'Date of birth of the renter',
});
const HOTELS = service('Hotels_1', {
  where_to: 'Location of the house',
  check_in_date: 'Start date for the reservation',
  number_of_guests: 'Number of guests in the house',
  rooms: 'Number of rooms to reserve',
});

const slotsOf = (...services: readonly object[]): readonly Slot[] => {
  const read = readSchema(services);
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.error));
  return read.value;
};

const links = proposeLinks(slotsOf(BUSES, CARS, HOTELS));
const linkOf = (a: string, b: string): LinkProposal | undefined =>
  links.find((one) => [one.a, one.b].sort().join() === [a, b].sort().join());

describe('schemas', () => {
  test('MEM-147 a slot is a predicate of the kind its name, description and values tell', () => {
    const kinds = slotsOf(BUSES, CARS).map(({ name, kind }) => `${name} ${kind}`);
    expect(kinds).toEqual([
      ...['Buses_1.from_location place', 'Buses_1.to_location place', 'Buses_1.leaving_date date'],
      ...['Buses_1.leaving_time time', 'Buses_1.travelers number', 'Cars_1.pickup_city place'],
      ...[
        'Cars_1.pickup_location place',
        'Cars_1.dropoff_date date',
        'Cars_1.renter_birth_date date',
      ],
    ]);
  });

  test('MEM-147 what means the same is proposed with a strength and a reason, the strongest first', () => {
    expect(linkOf('Buses_1.to_location', 'Cars_1.pickup_city')).toEqual({
      ...{ a: 'Buses_1.to_location', b: 'Cars_1.pickup_city', as: 'counterpart' },
      ...{ strength: 0.85, reason: 'both are towns', accepted: false },
    });
    expect(linkOf('Buses_1.travelers', 'Hotels_1.number_of_guests')?.reason).toBe(
      'both count people',
    );
    const strong = [
      ['Buses_1.to_location', 'Hotels_1.where_to'],
      ['Buses_1.leaving_date', 'Hotels_1.check_in_date'],
    ] as const;
    const weak = [
      ['Buses_1.from_location', 'Cars_1.pickup_city'],
      ['Buses_1.leaving_date', 'Cars_1.dropoff_date'],
    ] as const;
    for (const [a, b] of strong) expect(linkOf(a, b)?.strength).toBeGreaterThanOrEqual(STRONG_LINK);
    for (const [a, b] of weak) expect(linkOf(a, b)?.strength).toBeLessThan(STRONG_LINK);
    const none = [
      ['Buses_1.to_location', 'Buses_1.from_location'],
      ['Buses_1.to_location', 'Cars_1.pickup_location'],
      ['Cars_1.renter_birth_date', 'Hotels_1.check_in_date'],
      ['Buses_1.travelers', 'Hotels_1.rooms'],
    ] as const;
    for (const [a, b] of none) expect(linkOf(a, b)).toBeUndefined();
    const strengths = links.map(({ strength }) => strength);
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
  });

  test('MEM-147 lists with no value in common mean different things', () => {
    const list = (name: string, values: readonly string[]): object =>
      service(name, { type: 'Type of the thing' }, { type: values });
    const cars = list('Cars_1', ['Compact', 'Standard']);
    expect(proposeLinks(slotsOf(cars, list('Doctors_1', ['Family', 'Eyes'])))).toEqual([]);
    expect(proposeLinks(slotsOf(cars, list('Cars_2', ['compact', 'Luxury'])))[0]).toMatchObject({
      as: 'counterpart',
      reason: 'the same name, descriptions alike, values in common, services of one kind',
    });
  });

  test('MEM-147 nothing is linked until it is accepted', () => {
    const slots = slotsOf(BUSES, CARS, HOTELS);
    const linked = (least: number): readonly string[] => {
      const made = ontologyOfSchema(slots, ({ strength }) => strength >= least);
      const parsed = parseBriefOntology(made);
      if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
      return parsed.value.ontology.predicates.flatMap(({ counterparts = [] }) => counterparts);
    };
    expect(linked(2)).toEqual([]);
    expect(linked(STRONG_LINK)).toHaveLength(
      links.filter(({ strength }) => strength >= STRONG_LINK).length,
    );
    expect(linked(0)).toHaveLength(links.length);
  });

  test('MEM-147 a slot that one service alone has is found by its own name', () => {
    const made = ontologyOfSchema(
      slotsOf(BUSES, CARS, service('Trains_1', { to_location: 'T' })),
      () => false,
    );
    const parsed = parseBriefOntology(made);
    if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
    const { ontology } = parsed.value;
    expect(findPredicate(ontology, 'pickup_city')?.name).toBe('Cars_1.pickup_city');
    expect(findPredicate(ontology, 'to_location')).toBeUndefined();
  });

  test('MEM-147 what belongs to a booking is volatile, a taste lasts, and any may do', () => {
    const hotel = {
      service_name: 'Hotels_1',
      slots: [
        { name: 'smoking', is_categorical: true, possible_values: ['True', 'False'] },
        { name: 'stars', is_categorical: true, possible_values: ['1', '2'] },
        { name: 'city', description: 'The city' },
      ],
      intents: [
        {
          name: 'Find',
          required_slots: ['city'],
          optional_slots: { smoking: 'dontcare', stars: '1' },
        },
      ],
    };
    const parsed = parseBriefOntology(ontologyOfSchema(slotsOf(hotel), () => false));
    if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
    const found = (name: string): unknown => findPredicate(parsed.value.ontology, name);
    expect(found('Hotels_1.smoking')).toMatchObject({
      volatile: false,
      open: true,
      indifferent: 'dontcare',
    });
    expect(found('Hotels_1.stars')).toMatchObject({ volatile: true });
    expect(found('Hotels_1.city')).toMatchObject({ volatile: true, kind: 'place' });
  });

  test('MEM-147 every fault of a schema is told, and no document makes reading fail otherwise', () => {
    const read = readSchema([{ slots: [{ name: 'a b' }] }, 3]);
    expect(
      read.kind === 'refused' && read.error.map(({ path, code }) => `${path} ${code}`),
    ).toEqual([
      'services[1] not-an-object',
      'services[0].service_name bad-name',
      'services[0].slots[0].name bad-name',
      'services[1].service_name bad-name',
    ]);
    expect(readSchema([]).kind).toBe('refused');
    fc.assert(
      fc.property(fc.anything(), (document) => {
        expect(['ok', 'refused']).toContain(readSchema(document).kind);
        expect(['ok', 'refused']).toContain(
          readSchema([{ slots: document, intents: document }]).kind,
        );
      }),
    );
  });
});
