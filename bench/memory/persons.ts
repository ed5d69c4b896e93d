/** A person of many subjects, merged and parted again; and the erasing of one. */
import { sql } from 'kysely';
import {
  createSubject,
  eraseSubject,
  findSubjectByIdentifier,
  linkSubjects,
  rebuildMembers,
} from '../../apps/server/src/modules/memory/index.ts';
import { listAllMembers } from '../../apps/server/src/modules/memory/members.store.ts';
import { eraseSessions } from '../../apps/server/src/modules/sessions/index.ts';
import type { StartedServer } from '../../apps/server/src/server.ts';
import { pause } from '../support/measure.ts';
import { COMPANY, emailOf } from './world.ts';

/** Durations in milliseconds. */
export interface MergeTimes {
  readonly merge: readonly number[];
  readonly unmerge: readonly number[];
  /** Every subject was where it had been after each un-merge. */
  readonly isExact: boolean;
}

/** Two persons of `half` subjects each, in a chain, become one and are parted again. */
export async function timeMerges(
  { deps }: StartedServer,
  { half, times }: { readonly half: number; readonly times: number },
): Promise<MergeTimes> {
  const subjects: string[] = [];
  await deps.database.transaction(async (tx) => {
    for (let i = 0; i < 2 * half; i++) subjects.push(await createSubject(tx, deps, COMPANY));
  });
  subjects.sort();
  const pairs = subjects
    .slice(1)
    .flatMap((b, i) => (i + 1 === half ? [] : [{ a: subjects[i] ?? '', b }]));
  await deps.database.transaction(async (tx) => {
    await sql`
      insert into link_events (company, id, kind, a, b, made_by, at)
      select ${COMPANY}, gen_random_uuid(), 'same', a, b, 'machine', now()
      from json_to_recordset(${JSON.stringify(pairs)}::json) as row(a uuid, b uuid)`.execute(tx);
    await rebuildMembers(tx, COMPANY);
  });
  await sql`analyze link_events, members`.execute(deps.database.kysely);
  const kept = async () => JSON.stringify(await listAllMembers(deps.database.kysely, COMPANY));
  const before = await kept();
  const [a = '', b = ''] = [subjects[half - 1], subjects[half]];
  const merge: number[] = [];
  const unmerge: number[] = [];
  let isExact = true;
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    const about = { company: COMPANY, actor: null } as const;
    const voids = await deps.database.transaction((tx) =>
      linkSubjects(tx, deps, { ...about, kind: 'same', a, b }),
    );
    merge.push(performance.now() - begun);
    await pause(2);
    const again = performance.now();
    await deps.database.transaction((tx) =>
      linkSubjects(tx, deps, { ...about, kind: 'void', voids }),
    );
    unmerge.push(performance.now() - again);
    isExact &&= (await kept()) === before;
  }
  return { merge, unmerge, isExact };
}

/** Erases customers; answers milliseconds each, and how many rows any table has left of them. */
export async function timeErasures(
  { deps }: StartedServer,
  customers: readonly number[],
): Promise<{ readonly ms: readonly number[]; readonly left: number }> {
  const ms: number[] = [];
  const erased: string[] = [];
  for (const customer of customers) {
    const handle = { company: COMPANY, kind: 'email', value: emailOf(customer) };
    const subject = await findSubjectByIdentifier(deps.database.kysely, deps, handle);
    if (subject === undefined) continue;
    const begun = performance.now();
    await eraseSubject(deps, { company: COMPANY, subject, erasers: [eraseSessions] });
    ms.push(performance.now() - begun);
    erased.push(subject);
  }
  return { ms, left: await countRows({ deps }, erased) };
}

async function countRows(
  { deps }: Pick<StartedServer, 'deps'>,
  subjects: readonly string[],
): Promise<number> {
  const db = deps.database.kysely;
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'subject'`.execute(db);
  let count = 0;
  for (const { name } of tables) {
    const { rows } = await sql<{ count: bigint }>`
      select count(*) as count from ${sql.table(name)}
      where company = ${COMPANY} and subject::text in (${sql.join(subjects)})`.execute(db);
    count += Number(rows[0]?.count ?? 0);
  }
  return count;
}
