/** A hotel company with two houses and a small vocabulary, on the backend of the running project. */
import { invariant, seededRandom } from '@keepsake/kernel';
import { type Ontology, parseOntology } from '@keepsake/memory';
import { type CompanyRecord, insertCompany } from '../../src/modules/companies/index.ts';
import { type MemoryServiceDeps, putOntology } from '../../src/modules/memory/index.ts';
import { type SettableClock, settableClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { createKeys } from '../../src/platform/keys.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { testCompany } from '../support/test-server.ts';

export const COMPANY = 'tidewater';
export const START: number = Date.UTC(2026, 2, 1, 9);

export interface World {
  readonly database: Database;
  readonly clock: SettableClock;
  readonly deps: MemoryServiceDeps;
}

const choices = (...ids: readonly string[]) => ids.map((id) => ({ id, label: id }));

/** Vocabulary of the tests. */
export function testOntology(): Ontology {
  const parsed = parseOntology({
    purposes: [
      {
        id: 'service',
        label: { en: 'Your order', de: 'Ihr Auftrag' },
        description: 'To make what you ordered.',
        needs: 'contract',
        includes: ['personalisation', 'health'],
      },
      {
        id: 'personalisation',
        label: 'Preferences',
        description: 'We remember what you like, to have it ready next time.',
        needs: 'consent',
      },
      {
        id: 'health',
        label: 'Health',
        description: 'We remember allergies, to keep you safe.',
        needs: 'explicit-consent',
      },
      { id: 'marketing', label: 'News', description: 'We write to you.', needs: 'consent' },
    ],
    predicates: [
      {
        name: 'pillow.firmness',
        label: { en: 'Pillow', de: 'Kissen' },
        question: { en: 'How firm a pillow?', de: 'Wie fest soll das Kissen sein?' },
        kind: 'choice',
        values: [
          { id: 'firm', label: { en: 'firm', de: 'fest' }, synonyms: ['hard'] },
          { id: 'soft', label: { en: 'soft', de: 'weich' } },
        ],
        synonyms: ['cushion.hardness'],
        purpose: 'personalisation',
        category: 'room/pillow',
      },
      {
        name: 'room.floor',
        label: 'Floor',
        question: 'Which floor?',
        kind: 'choice',
        values: choices('high', 'low'),
        purpose: 'personalisation',
        category: 'room',
      },
      {
        name: 'minibar.wish',
        label: 'Minibar',
        question: 'What for the minibar?',
        kind: 'text',
        cardinality: 'many',
        purpose: 'personalisation',
        category: 'room/minibar',
      },
      {
        name: 'body.height',
        label: 'Height',
        question: 'How tall are you?',
        kind: 'number',
        unit: 'cm',
        purpose: 'personalisation',
        personal: true,
      },
      {
        name: 'allergy.substance',
        label: 'Allergy',
        question: 'Are you allergic to anything?',
        kind: 'choice',
        values: choices('feathers', 'nuts'),
        cardinality: 'many',
        sensitivity: 'special',
        purpose: 'health',
        personal: true,
      },
      {
        name: 'arrival.contact',
        label: 'Phone on arrival',
        question: 'How do we reach you?',
        kind: 'text',
        purpose: 'service',
      },
    ],
  });
  invariant(parsed.kind === 'ok', 'the vocabulary of the tests is sound');
  return parsed.value;
}

/** An empty database with the company in it, and a clock that stands at `START`. */
export async function openWorld(): Promise<World> {
  const database = await openTestDatabase();
  const clock = settableClock(START);
  const keys = createKeys(new Uint8Array(32).fill(3), clock);
  const metrics = createMetrics();
  const deps = { database, clock, keys, metrics, random: seededRandom(START % 1_000_003) };
  await database.transaction(async (tx) => {
    await insertCompany(tx, tidewater, { position: 0, createdAt: new Date(START) });
    await putOntology(tx, deps, COMPANY, testOntology());
  });
  return { database, clock, deps };
}

const plant = { workCentres: [], stock: [] };

/** The company of the tests: one house in California, one in Florida. */
export const tidewater: CompanyRecord = testCompany(COMPANY, {
  name: 'Tidewater Hotels',
  kind: 'stays',
  sites: [
    {
      id: 'monterey',
      name: { en: 'Tidewater Monterey' },
      place: 'us/ca/monterey',
      timeZone: 'America/Los_Angeles',
      plant,
    },
    {
      id: 'keywest',
      name: { en: 'Tidewater Key West' },
      place: 'us/fl/key-west',
      timeZone: 'America/New_York',
      plant,
    },
  ],
});
