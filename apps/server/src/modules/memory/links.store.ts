import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly link_events: LinkEventsTable;
  }
}

interface LinkEventsTable {
  readonly company: string;
  readonly id: string;
  readonly kind: 'same' | 'not_same' | 'void';
  readonly a: string | null;
  readonly b: string | null;
  readonly voids: string | null;
  readonly made_by: 'human' | 'machine';
  readonly actor: string | null;
  readonly at: Date;
}

/** A stored verdict. */
export type LinkRow = LinkEventsTable;

/** Appends a verdict. */
export async function insertLink(tx: Tx, row: LinkRow): Promise<void> {
  await tx.insertInto('link_events').values(row).execute();
}

/** When a verdict was given. */
export async function findLinkTime(db: Db, company: string, id: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('link_events')
    .select('at')
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.at;
}

/**
 * Every verdict within reach of a subject, and what took verdicts back. One statement; its cost
 * grows with the verdicts around this subject, not with those of the company.
 */
export async function listLinksAround(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    with recursive around (subject) as (
      select ${subject}::uuid
      union
      select case when link.a = around.subject then link.b else link.a end
      from link_events as link
      join around on link.a = around.subject or link.b = around.subject
      where link.company = ${company}
    ), verdicts as (
      select link.* from link_events as link
      where link.company = ${company}
        and (link.a in (select subject from around) or link.b in (select subject from around))
      union
      select undo.* from link_events as undo
      join verdicts on undo.voids = verdicts.id
      where undo.company = ${company}
    )
    select * from verdicts order by at, id`.execute(db);
  return rows;
}
