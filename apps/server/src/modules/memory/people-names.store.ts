import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';

/** The sealed name of one subject of a person, with the key that opens it. */
export interface SealedName {
  readonly person: string;
  readonly subject: string;
  readonly name: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** The first name that is known of each of these persons. One round trip. */
export async function listSealedNames(
  db: Db,
  company: string,
  persons: readonly string[],
): Promise<readonly SealedName[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<SealedName>`
    select distinct on (asked.person) asked.person, subjects.id as subject, subjects.name,
      keys.wrapped
    from (
      select value::uuid as person from json_array_elements_text(${JSON.stringify(persons)}::json)
    ) as asked
    left join members on members.company = ${company} and members.person = asked.person
    join subjects on subjects.company = ${company}
      and subjects.id = coalesce(members.subject, asked.person) and subjects.name is not null
    join subject_keys as keys
      on keys.company = ${company} and keys.subject = subjects.id::text
    order by asked.person, subjects.id`.execute(db);
  return rows;
}
