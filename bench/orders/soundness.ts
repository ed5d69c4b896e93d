/** Proves from the database alone that nothing was promised twice. */
import { checkPlant } from '@keepsake/production';
import { type RawBuilder, sql } from 'kysely';
import { createPlants, listPlants } from '../../apps/server/src/modules/production/index.ts';
import type { Db, Tx } from '../../apps/server/src/platform/database/schema.ts';
import type { StartedServer } from '../../apps/server/src/server.ts';

/** A statement that every row in the database keeps, and how many rows break it. */
export interface Finding {
  readonly rule: string;
  readonly broken: number;
}

type Count = RawBuilder<{ readonly broken: number | string }>;

const OVERLAPS: Count = sql`
  select count(*) as broken
  from work_operations a join work_operations b
    on (a.company, a.site, a.work_centre, a.unit) = (b.company, b.site, b.work_centre, b.unit)
    and a.id < b.id and a.start_at < b.end_at and b.start_at < a.end_at
  where a.stage <> 'done' and b.stage <> 'done'`;

const RULES: readonly (readonly [rule: string, count: Count])[] = [
  ['no two operations overlap on one unit', OVERLAPS],
  ['no stock below zero', sql`select count(*) as broken from stock_items where on_hand < 0`],
  [
    'what is reserved and not to be bought lies in the bins or is on its way',
    sql`
      select count(*) as broken from (
        select r.company, r.site, r.item, sum(r.quantity - r.to_buy) as taken
        from reservations r group by r.company, r.site, r.item
      ) used join stock_items s using (company, site, item)
      where used.taken > s.on_hand + coalesce((
        select sum(quantity) from stock_receipts t
        where (t.company, t.site, t.item) = (used.company, used.site, used.item)), 0)`,
  ],
  [
    'every reserved item is an item of the plant',
    sql`
      select count(*) as broken from reservations r
      left join stock_items s using (company, site, item) where s.item is null`,
  ],
  [
    'every order has its work, and every work its order',
    sql`
      select count(*) as broken
      from orders o full join work_orders w on (o.company, o.id) = (w.company, w.order_id)
      where o.id is null or w.order_id is null`,
  ],
  [
    'every operation of accepted work has its time on a unit',
    sql`select count(*) as broken from work_operations where stage <> 'done' and unit is null`,
  ],
  [
    'every plan keeps the date that was promised',
    sql`select count(*) as broken from work_orders where finish_at > promise_at`,
  ],
];

async function countOf(db: Db | Tx, count: Count): Promise<number> {
  const { rows } = await count.execute(db);
  return Number(rows[0]?.broken);
}

/** Every rule, and how many rows or plants break it; all zero where nothing was oversold. */
export async function checkSoundness(
  { deps }: StartedServer,
  accepted: readonly { readonly company: string; readonly id: string }[],
): Promise<readonly Finding[]> {
  const { kysely } = deps.database;
  const findings: Finding[] = [];
  for (const [rule, count] of RULES) findings.push({ rule, broken: await countOf(kysely, count) });
  const kept = sql<{ broken: number | string }>`
    select count(*) as broken from orders where state = 'accepted'`;
  const stored = await countOf(kysely, kept);
  const rule = 'as many orders are stored as customers were told are accepted';
  const ids = new Set(accepted.map(({ company, id }) => `${company} ${id}`));
  findings.push({ rule, broken: Math.abs(stored - ids.size) + (accepted.length - ids.size) });
  findings.push({
    rule: 'each plant, loaded again from the database, keeps the invariants of its kernel',
    broken: await countViolations(deps),
  });
  return findings;
}

async function countViolations(deps: StartedServer['deps']): Promise<number> {
  const plants = createPlants(deps);
  let broken = 0;
  for (const key of await listPlants(deps.database.kysely)) {
    const violations = await plants.read(key, checkPlant);
    for (const { rule, detail } of violations ?? []) console.log(`${key.site}: ${rule} ${detail}`);
    broken += violations === undefined ? 1 : violations.length;
  }
  return broken;
}

class UndoError extends Error {
  override readonly name = 'UndoError';
}

/**
 * Whether the search for overlaps can find one: plants one, looks, and takes it back. Needs at least
 * two operations on one unit.
 */
export async function findsPlantedOverlap({ deps }: StartedServer): Promise<boolean> {
  let found = 0;
  try {
    await deps.database.transaction(async (tx) => {
      await sql`
        update work_operations o set start_at = p.start_at + interval '1 second', end_at = p.end_at
        from (
          select distinct on (company, site, work_centre, unit) *
          from work_operations where end_at > start_at + interval '2 seconds'
          order by company, site, work_centre, unit, start_at
        ) p
        where (o.company, o.site, o.work_centre, o.unit)
            = (p.company, p.site, p.work_centre, p.unit)
          and o.id = (
            select max(q.id::text)::uuid from work_operations q
            where (q.company, q.site, q.work_centre, q.unit)
                = (p.company, p.site, p.work_centre, p.unit) and q.id <> p.id)`.execute(tx);
      found = await countOf(tx, OVERLAPS);
      throw new UndoError('the overlap was only planted');
    });
  } catch (error) {
    if (!(error instanceof UndoError)) throw error;
  }
  return found > 0;
}
