import { invariant } from '@keepsake/kernel';
import type { Ontology } from '../ontology.ts';
import { parseOntology } from '../ontology-parse.ts';

const PURPOSES = [
  {
    id: 'stay',
    label: { en: 'Preparing your stay', de: 'Ihren Aufenthalt vorbereiten' },
    description: 'Your room is ready as you like it.',
    needs: 'consent',
    includes: ['health'],
  },
  {
    id: 'health',
    label: 'Keeping you well',
    description: 'We keep what harms you away from you.',
    needs: 'explicit-consent',
  },
  { id: 'order', label: 'Your order', description: 'Making what you ordered.', needs: 'contract' },
  { id: 'offers', label: 'Offers', description: 'Telling you about offers.', needs: 'consent' },
];

const PREDICATES = [
  {
    name: 'pillow.firmness',
    label: { en: 'Pillow', de: 'Kissen' },
    question: { en: 'Which pillow would you like?', de: 'Welches Kissen möchten Sie?' },
    kind: 'choice',
    values: [
      { id: 'soft', label: { en: 'Soft', de: 'Weich' } },
      { id: 'medium', label: { en: 'Medium', de: 'Mittel' } },
      { id: 'firm', label: { en: 'Firm', de: 'Fest' }, synonyms: ['hard'] },
    ],
    halfLifeDays: 730,
    synonyms: ['bed.pillow'],
    purpose: 'stay',
    category: 'room/pillow',
  },
  {
    name: 'pillow.fill',
    label: 'Pillow filling',
    question: 'Which filling would you like?',
    kind: 'choice',
    values: [
      { id: 'foam', label: 'Foam' },
      { id: 'wool', label: 'Wool' },
      { id: 'feather', label: 'Feather' },
    ],
    purpose: 'stay',
    category: 'room/pillow',
  },
  {
    name: 'allergy.feather',
    label: { en: 'Feather allergy', de: 'Federallergie' },
    question: 'Are you allergic to feathers?',
    kind: 'boolean',
    sensitivity: 'special',
    purpose: 'health',
    personal: true,
    excludes: [{ predicate: 'pillow.fill', value: 'feather' }],
  },
  {
    name: 'newspaper.title',
    label: 'Newspaper',
    question: 'Which newspapers would you like?',
    kind: 'choice',
    values: [
      { id: 'morning', label: 'Morning Post' },
      { id: 'evening', label: 'Evening Post' },
    ],
    cardinality: 'many',
    purpose: 'stay',
  },
  {
    name: 'room.temperature',
    label: 'Temperature',
    question: 'How warm should the room be?',
    kind: 'number',
    unit: '°C',
    purpose: 'stay',
    category: 'room',
  },
  {
    name: 'rider.inseam',
    label: 'Inseam',
    question: 'How long is your inseam?',
    kind: 'number',
    unit: 'cm',
    purpose: 'order',
    personal: true,
  },
];

/** A small vocabulary with every kind of predicate and purpose, for tests and examples. */
export const sampleOntology: Ontology = parsed();

function parsed(): Ontology {
  const result = parseOntology({ purposes: PURPOSES, predicates: PREDICATES });
  invariant(result.kind === 'ok', 'the sample ontology is well-formed');
  return result.value;
}
