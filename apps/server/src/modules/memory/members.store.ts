import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly members: MembersTable;
  }
}

interface MembersTable {
  readonly company: string;
  readonly subject: string;
  readonly person: string;
}

/** A subject and the smallest subject of its person. */
export type MemberRow = Pick<MembersTable, 'subject' | 'person'>;

/** The subjects that are one person with this one, sorted; none where no verdict is about it. */
export async function listMembers(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('members as asked')
    .innerJoin('members as member', (join) =>
      join
        .onRef('member.company', '=', 'asked.company')
        .onRef('member.person', '=', 'asked.person'),
    )
    .select('member.subject')
    .where('asked.company', '=', company)
    .where('asked.subject', '=', subject)
    .orderBy('member.subject')
    .execute();
  return rows.map((row) => row.subject);
}

/** The persons of these subjects; a subject that no verdict is about is not among them. */
export async function listPersons(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly MemberRow[]> {
  if (subjects.length === 0) return [];
  return await db
    .selectFrom('members')
    .select(['subject', 'person'])
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .execute();
}

/** The persons of these subjects with all their members; who is alone is a person of their own. */
export async function listKin(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly MemberRow[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<MemberRow>`
    select distinct coalesce(other.subject, asked.subject) as subject,
      coalesce(own.person, asked.subject) as person
    from (
      select value::uuid as subject from json_array_elements_text(${JSON.stringify(subjects)}::json)
    ) as asked
    left join members as own on own.company = ${company} and own.subject = asked.subject
    left join members as other on other.company = ${company} and other.person = own.person`.execute(
    db,
  );
  return rows;
}

/** Every row of the company, by subject. */
export async function listAllMembers(db: Db, company: string): Promise<readonly MemberRow[]> {
  return await db
    .selectFrom('members')
    .select(['subject', 'person'])
    .where('company', '=', company)
    .orderBy('subject')
    .execute();
}

/** The rows of everybody who is one person with one of these subjects. */
export async function listPersonRows(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select member.subject, member.person
    from (
      select distinct person from members
      where company = ${company} and subject = any(${`{${subjects.join(',')}}`}::uuid[])
    ) as asked
    join members as member on member.company = ${company} and member.person = asked.person`.execute(
    tx,
  );
  return rows;
}

/** Puts subjects with their persons. Pass those alone that are not with them yet. */
export async function upsertMembers(
  tx: Tx,
  company: string,
  rows: readonly MemberRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((x, y) => (x.subject < y.subject ? -1 : 1));
  const subjects = `{${sorted.map((row) => row.subject).join(',')}}`;
  const persons = `{${sorted.map((row) => row.person).join(',')}}`;
  await sql`
    insert into members (company, subject, person)
    select ${company}, row.subject, row.person
    from unnest(${subjects}::uuid[], ${persons}::uuid[]) as row(subject, person)
    on conflict (company, subject) do update set person = excluded.person`.execute(tx);
}

/** Takes subjects out that no verdict is about any more. */
export async function deleteMembers(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  await tx
    .deleteFrom('members')
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .execute();
}

/** Empties the projection of a company, before a rebuild fills it again. */
export async function deleteAllMembers(tx: Tx, company: string): Promise<void> {
  await tx.deleteFrom('members').where('company', '=', company).execute();
}

/** Companies with verdicts whose projection was never made. */
export async function listUnprojected(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('link_events')
    .select('company')
    .distinct()
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('members')
            .select('subject')
            .whereRef('members.company', '=', 'link_events.company'),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.company);
}
