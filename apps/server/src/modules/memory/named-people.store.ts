/** Statements over the people that another system names. Rows travel as `bulk.store.ts` sends them. */
import { sql } from 'kysely';
import { insertRows } from '../../platform/database/insert-rows.ts';
import type { Tx } from '../../platform/database/schema.ts';

/** Which of these subjects have no name. */
export async function listNameless(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from subjects where company = ${company} and name is null
      and id in (select value::uuid from json_array_elements_text(${JSON.stringify(subjects)}::json))`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}

/** A sealed name, and what it is found by. */
export interface NewName {
  readonly subject: string;
  readonly name: Uint8Array;
  readonly tokens: readonly string[];
}

/** Gives names to subjects that have none. */
export async function insertNames(
  tx: Tx,
  company: string,
  names: readonly NewName[],
): Promise<void> {
  if (names.length === 0) return;
  const rows = names.map(({ subject, name }) => ({
    subject,
    name: Buffer.from(name).toString('base64'),
  }));
  await sql`
    update subjects set name = decode(named.name, 'base64')
    from json_to_recordset(${JSON.stringify(rows)}::json) as named(subject uuid, name text)
    where subjects.company = ${company} and subjects.id = named.subject`.execute(tx);
  const tokens = names.flatMap((one) => one.tokens.map((token) => ({ token, who: one.subject })));
  await insertRows(tx, 'name_tokens', tokens, [
    { name: 'company', type: 'text', of: () => company },
    { name: 'token', type: 'text', of: ({ token }) => token },
    { name: 'subject', type: 'uuid', of: ({ who }) => who },
  ]);
}
