import { sql } from 'kysely';
import type { Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly comparisons_due: Who;
  }
}

/** Notes that these subjects are to be compared; in one order, as others may note the same. */
export async function insertDue(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  await sql`
    insert into comparisons_due (company, subject)
    select ${company}, subject from unnest(${`{${subjects.join(',')}}`}::uuid[]) as subject
    order by subject
    on conflict do nothing`.execute(tx);
}

/** Takes out some that nobody else has at hand, all of one company; none where none are due. */
export async function takeDue(tx: Tx, limit: number): Promise<readonly Who[]> {
  const { rows } = await sql<Who>`
    with next as (
      select company, subject from comparisons_due
      where company = (select company from comparisons_due order by company limit 1)
      order by subject
      limit ${limit}
      for update skip locked
    )
    delete from comparisons_due as due using next
    where due.company = next.company and due.subject = next.subject
    returning due.company, due.subject`.execute(tx);
  return rows;
}
