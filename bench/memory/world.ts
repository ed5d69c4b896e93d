/** A company with a vocabulary like that of a hotel, and customers by number. */
import { type Ontology, parseOntology } from '@keepsake/memory';
import { insertCompany } from '../../apps/server/src/modules/companies/index.ts';
import { putOntology } from '../../apps/server/src/modules/memory/index.ts';
import type { Deps } from '../../apps/server/src/platform/deps.ts';
import { benchCompany } from '../support/company.ts';

/** The company of the bench. */
export const COMPANY = 'tidewater';
/** Facts that a customer is known by, but for those who came once. */
export const FACTS_EACH = 10;
/** What one `ask` needs. */
export const NEEDS_COUNT = 20;
const PREDICATES = 24;
const VALUES = ['one', 'two', 'three', 'four', 'five'] as const;

/** The name of the predicate at a position. */
export function predicateName(position: number): string {
  return `room.wish${String.fromCharCode(97 + position)}`;
}

/** What a customer says of a predicate: always the same, and different between customers. */
export function saidValue(customer: number, predicate: number): string {
  return VALUES[(customer * 7 + predicate * 3) % VALUES.length] ?? 'one';
}

/** The address of a customer. */
export function emailOf(customer: number): string {
  return `guest-${customer}@bench.example`;
}

function ontology(): Ontology {
  const parsed = parseOntology({
    purposes: [
      {
        id: 'service',
        label: 'Your stay',
        description: 'To make what you ordered.',
        needs: 'contract',
        includes: ['personalisation'],
      },
      {
        id: 'personalisation',
        label: 'Preferences',
        description: 'We remember what you like.',
        needs: 'consent',
      },
    ],
    predicates: Array.from({ length: PREDICATES }, (_, at) => ({
      name: predicateName(at),
      label: `Wish ${at}`,
      question: `Which wish ${at}?`,
      kind: 'choice',
      values: VALUES.map((id) => ({ id, label: id })),
      purpose: at % 2 === 0 ? 'personalisation' : 'service',
      category: 'room',
    })),
  });
  if (parsed.kind !== 'ok') throw new Error('the vocabulary of the bench is not sound');
  return parsed.value;
}

/** Adds the company and its vocabulary. */
export async function foundCompany(deps: Deps): Promise<void> {
  const record = benchCompany(COMPANY, { kind: 'stays', currency: 'USD' });
  await deps.database.transaction(async (tx) => {
    await insertCompany(tx, record, { position: 0, createdAt: new Date(deps.clock.now()) });
    await putOntology(tx, deps, COMPANY, ontology());
  });
}
