import { invariant } from '@keepsake/kernel';
import type { Ontology } from '../ontology.ts';
import { parseOntology } from '../ontology-parse.ts';

const choice = (
  name: string,
  label: object,
  values: readonly object[],
  more: object = {},
): object => ({
  ...{ name, label, question: label, kind: 'choice', values, purpose: 'stay', ...more },
});

const value = (id: string, en: string, de: string): object => ({ id, label: { en, de } });

const PREDICATES = [
  choice(
    'pillow.firmness',
    { en: 'Pillow', de: 'Kissen' },
    [value('soft', 'Soft', 'Weich'), value('firm', 'Firm', 'Fest')],
    { category: 'room/pillow' },
  ),
  choice(
    'pillow.filling',
    { en: 'Pillow filling', de: 'Kissenfüllung' },
    [value('feather', 'Feather', 'Feder'), value('wool', 'Wool', 'Wolle')],
    { category: 'room/pillow' },
  ),
  {
    ...choice('pillow.count', { en: 'Number of pillows', de: 'Anzahl der Kissen' }, []),
    ...{ kind: 'number', values: [], category: 'room/pillow' },
  },
  choice(
    'bed.mattress',
    { en: 'Mattress', de: 'Matratze' },
    [value('soft', 'Soft', 'Weich'), value('firm', 'Firm', 'Fest')],
    { category: 'room/bed' },
  ),
  choice(
    'room.floor',
    { en: 'Floor', de: 'Etage' },
    [value('low', 'Low', 'Unten'), value('high', 'High', 'Oben')],
    { category: 'room' },
  ),
  choice('diet.kind', { en: 'Diet', de: 'Ernährung' }, [
    value('vegetarian', 'Vegetarian', 'Vegetarisch'),
    value('vegan', 'Vegan', 'Vegan'),
  ]),
  choice('room.smoking', { en: 'Smoking room', de: 'Raucherzimmer' }, [], {
    ...{ kind: 'boolean', values: [], category: 'room' },
  }),
  choice(
    'stay.newspaper',
    { en: 'Newspaper', de: 'Zeitung' },
    [
      value('none', 'None', 'Keine'),
      value('local', 'Local', 'Lokal'),
      value('any', 'Whatever there is', 'Egal welche'),
    ],
    { indifferent: 'any' },
  ),
  choice('room.quiet', { en: 'Away from the lift', de: 'Abseits des Aufzugs' }, [], {
    ...{ kind: 'boolean', values: [], category: 'room' },
  }),
  choice('allergy.nut', { en: 'Nut allergy', de: 'Nussallergie' }, [], {
    ...{ kind: 'boolean', values: [], purpose: 'health', sensitivity: 'special', personal: true },
  }),
  choice(
    'allergy.substance',
    { en: 'Allergy', de: 'Allergie' },
    [value('pollen', 'Pollen', 'Pollen'), value('dust', 'Dust', 'Staub')],
    { cardinality: 'many', purpose: 'health', sensitivity: 'special', personal: true },
  ),
  choice('room.temperature', { en: 'Room temperature', de: 'Raumtemperatur' }, [], {
    ...{ kind: 'number', values: [], unit: '°C', category: 'room' },
  }),
  choice('room.lamp', { en: 'Lamp', de: 'Lampe' }, [value('green', 'Green', 'Grün')], {
    retired: true,
  }),
];

/** A small hotel's vocabulary, for tests of reading notes. */
export const hotelOntology: Ontology = parsed();

function parsed(): Ontology {
  const result = parseOntology({
    purposes: [
      { id: 'stay', label: 'Your stay', description: 'Your room.', needs: 'consent' },
      {
        id: 'health',
        label: 'Health',
        description: 'Keeping you well.',
        needs: 'explicit-consent',
      },
    ],
    predicates: PREDICATES,
  });
  invariant(result.kind === 'ok', 'the vocabulary of the tests is well-formed');
  return result.value;
}
