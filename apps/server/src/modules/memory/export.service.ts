/** Everything a person takes along. */
import { instantToText, type Json } from '@keepsake/kernel';
import { exportMemory as exportPerson, type Fact, personOf } from '@keepsake/memory';
import type { Db } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import { listEverBelieved } from './facts.store.ts';
import { readProfile } from './identity.service.ts';
import { listInteractions } from './journal.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { identifiersOf, readsOf } from './person-data.service.ts';
import { factOf, interactionOf } from './projection.rules.ts';
import { type LoadedPerson, loadPerson } from './recall.service.ts';

const READS_MAX = 100_000;

/** What other modules keep of a subject, under a name of its own in the export. */
export interface Exporter {
  readonly name: string;
  readonly read: (db: Db, company: string, subject: string) => Promise<readonly object[]>;
}

/** Everything remembered of a person as one JSON-LD document, with what other modules keep. */
export async function exportMemory(
  db: Db,
  deps: MemoryDeps,
  request: Who & { readonly locale: string; readonly exporters: readonly Exporter[] },
): Promise<Record<string, unknown> | undefined> {
  const person = await loadPerson(db, deps, request);
  const company = await findCompany(db, request.company);
  if (person === undefined || company === undefined) return undefined;
  const document = exportPerson({
    person: { ...personOf(person.subject, [], []), members: person.members },
    facts: await everyFact(db, person),
    consents: person.consents,
    declines: person.declines,
    reads: await readsOf(db, person, READS_MAX),
    controller: { id: company.id, name: company.name, contact: company.invoiceAddress.join(', ') },
    ontology: person.ontology,
    exportedAt: person.at,
    locale: request.locale,
  });
  const more: Record<string, unknown> = {};
  for (const { name, read } of request.exporters) {
    const kept: object[] = [];
    for (const member of person.members) kept.push(...(await read(db, person.company, member)));
    more[`keepsake:${name}`] = kept;
  }
  const profile = await readProfile(db, deps, request.company, request.subject);
  return {
    ...(typeof document === 'object' && document !== null ? document : {}),
    'schema:name': profile.name,
    'keepsake:identifiers': await identifiersOf(db, person),
    'keepsake:journal': await journalOf(db, person),
    ...more,
  };
}

async function everyFact(db: Db, person: LoadedPerson): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const [subject, key] of person.keys) {
    const rows = await listEverBelieved(db, { company: person.company, subject });
    facts.push(...rows.map((row) => factOf(key, row)));
  }
  return facts;
}

async function journalOf(db: Db, person: LoadedPerson): Promise<readonly Json[]> {
  const rows = await listInteractions(db, person.company, person.members);
  return rows.flatMap((row) => {
    const key = person.keys.get(row.subject);
    const line = key === undefined ? undefined : interactionOf(key, row);
    if (line === undefined) return [];
    const { id, seq, channel, touchpoint, body } = line;
    return JSON.parse(
      JSON.stringify({
        ...{ id, seq, channel, touchpoint, body, site: row.site },
        at: instantToText(line.occurredAt),
        actor: line.actor.kind,
      }),
    );
  });
}
