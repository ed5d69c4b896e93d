import { invariant } from '@keepsake/kernel';
import type { Ontology } from '../ontology.ts';
import { parseOntology } from '../ontology-parse.ts';

const about = { label: 'Label', question: 'Question?', purpose: 'trip' };

const PREDICATES = [
  {
    ...about,
    name: 'trip.kind',
    kind: 'choice',
    values: ['flight', 'bus'].map((id) => ({ id, label: id })),
  },
  { ...about, name: 'trip.destination', kind: 'place', synonyms: ['trip.to'] },
  {
    ...about,
    name: 'trip.airport',
    kind: 'choice',
    values: ['FAT', 'SAN'].map((id) => ({ id, label: id })),
    derivations: [
      {
        from: 'trip.to',
        when: [{ predicate: 'trip.kind', value: 'flight' }],
        map: [
          { from: 'fresno', to: 'FAT' },
          { from: 'San Diego', to: 'SAN' },
        ],
        certain: true,
      },
    ],
  },
  {
    ...about,
    name: 'car.pickup_city',
    kind: 'place',
    indifferent: 'dontcare',
    derivations: [{ from: 'trip.destination' }],
  },
  { ...about, name: 'car.return_city', kind: 'place', derivations: [{ from: 'car.pickup_city' }] },
  { ...about, name: 'hotel.city', kind: 'place', counterparts: ['car.pickup_city', 'show.city'] },
  { ...about, name: 'show.city', kind: 'place' },
  { ...about, name: 'trip.date', kind: 'date' },
  { ...about, name: 'trip.people', kind: 'number', volatile: true },
  { ...about, name: 'trip.class', kind: 'text', retired: true },
];

/** A vocabulary with derivations, counterparts, volatile and retired predicates, for tests. */
export const tripOntology: Ontology = parsed();

function parsed(): Ontology {
  const result = parseOntology({
    purposes: [{ id: 'trip', label: 'Trip', description: 'Your trip.', needs: 'consent' }],
    predicates: PREDICATES,
  });
  invariant(result.kind === 'ok', 'the ontology of trips is well-formed');
  return result.value;
}
