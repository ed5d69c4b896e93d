/** What is kept beside the facts of a person, opened for its owner. */
import type { ReadRecord } from '@keepsake/memory';
import type { Db } from '../../platform/database/schema.ts';
import { listReads } from './reads.store.ts';
import type { LoadedPerson } from './recall.service.ts';
import { openJson } from './sealing.ts';
import { listIdentifiers } from './subjects.store.ts';

/** An identifier as its owner wrote it. */
export interface ClearIdentifier {
  readonly kind: string;
  readonly value: string;
  readonly verified: boolean;
}

/** The identifiers of a person, in clear. */
export async function identifiersOf(
  db: Db,
  person: LoadedPerson,
): Promise<readonly ClearIdentifier[]> {
  const rows = await listIdentifiers(db, person.company, person.members);
  return rows.flatMap((row) => {
    const key = person.keys.get(row.subject);
    if (key === undefined) return [];
    const value = openJson<string>(key, 'identifier.value', row.value);
    return { kind: row.kind, value, verified: row.verified_at !== null };
  });
}

/** One reading, with the name of who read. */
export interface NamedRead extends ReadRecord {
  readonly actor: 'customer' | 'staff' | 'system';
  readonly actorName: string | null;
}

/** The last readings of a person, the newest first. */
export async function readsOf(
  db: Db,
  person: LoadedPerson,
  limit: number,
): Promise<readonly NamedRead[]> {
  const rows = await listReads(db, person.company, person.members, limit);
  return rows.map((row) => {
    const key = person.keys.get(row.subject);
    const isNamed = key !== undefined && row.actor_name !== null;
    return {
      at: row.at.getTime(),
      actor: row.actor_kind,
      actorName: isNamed ? openJson<string>(key, 'read.actor', row.actor_name) : null,
      purpose: row.purpose,
      touchpoint: row.touchpoint,
      factIds: row.fact_ids,
    };
  });
}
