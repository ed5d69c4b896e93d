/** Keeps what makers are told in step with what the customer wants remembered. */
import type { Tx } from '../../platform/database/schema.ts';
import { findCompany, findSite } from '../companies/index.ts';
import { findFamily } from '../families/index.ts';
import { listKin, loadPerson } from '../memory/index.ts';
import { listOperations } from '../production/index.ts';
import { openOrder, sealOrder } from './content.ts';
import {
  listOrderRows,
  listWithOpenOrders,
  OPEN_STATES,
  type OrderRow,
  updateOrderContent,
} from './orders.store.ts';
import { listPromises } from './promises.store.ts';
import type { OrderDeps } from './quote.service.ts';
import { instructOrder } from './remember.service.ts';

/** Open orders of one person that are looked at, the newest first. */
const ORDERS_MAX = 50;

/**
 * Asks memory again for every open order of a person whose memory has changed. Operations that are
 * done keep what they were told; all others are told what holds now.
 */
export async function reinstructOrders(
  deps: OrderDeps,
  who: { readonly company: string; readonly subject: string },
): Promise<void> {
  const { kysely } = deps.database;
  const person = await loadPerson(kysely, deps, who);
  if (person === undefined) return;
  const { company } = who;
  const filter = { company, subjects: person.members, limit: ORDERS_MAX };
  for (const row of await listOrderRows(kysely, filter)) {
    if (!OPEN_STATES.has(row.state)) continue;
    await deps.database.transaction((tx) => reinstruct(tx, deps, row));
  }
}

/**
 * As `reinstructOrders`, of many subjects: two statements, and more only for persons who have open
 * orders, each of them once.
 */
export async function reinstructMany(
  deps: OrderDeps,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  const { kysely } = deps.database;
  const kin = await listKin(kysely, company, subjects);
  const personOf = new Map(kin.map(({ subject, person }) => [subject, person]));
  const waiting = await listWithOpenOrders(kysely, company, [...personOf.keys()]);
  for (const subject of new Set(waiting.map((one) => personOf.get(one) ?? one))) {
    await reinstructOrders(deps, { company, subject });
  }
}

async function reinstruct(tx: Tx, deps: OrderDeps, row: OrderRow): Promise<void> {
  const { subject } = row;
  const company = await findCompany(tx, row.company);
  const site = company && findSite(company, row.site);
  const published = await findFamily(tx, row);
  const content = await openOrder(tx, deps, row);
  if (company === undefined || site === undefined || published === undefined) return;
  if (subject === null || content === undefined) return;
  const operations = await listOperations(tx, row, { orders: [row.id] });
  const done = new Set(operations.flatMap(({ id, stage }) => (stage === 'done' ? [id] : [])));
  const promises = await listPromises(tx, row.company, [row.id]);
  const fresh = await instructOrder(tx, deps, {
    ...{ company, site, published, subject, order: row.id, occasion: row.occasion },
    deadline: promises.at(-1)?.ready.getTime() ?? row.placedAt.getTime(),
  });
  const instructions = [
    ...content.instructions.filter(({ operation }) => done.has(operation)),
    ...fresh.filter(({ operation }) => !done.has(operation)),
  ];
  const sealed = await sealOrder(
    tx,
    deps,
    { company: row.company, subject },
    {
      ...content,
      instructions,
    },
  );
  await updateOrderContent(tx, row, { sealed, now: new Date(deps.clock.now()) });
}
