/** How orders ended: by whose doing, and why. */
import type { OrderEnding } from '@keepsake/contract';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, seal } from '../../platform/keys.ts';
import { listMembers } from '../staff/index.ts';
import {
  type EndingRow,
  findEnding,
  insertEnding,
  lockOrderSubject,
  type OrderKey,
} from './endings.store.ts';
import type { OrderRow } from './orders.store.ts';

const PURPOSE = 'order.ending';

/** The end of an order as it is told. */
export interface Ending extends Omit<EndingRow, 'reasonSealed'> {
  readonly reason: string | undefined;
}

/**
 * Keeps how an order ended, in the transaction that ends it. Why is about a person: it is sealed with
 * their key, and not kept where they were erased.
 */
export async function writeEnding(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  order: OrderKey,
  ending: Ending,
): Promise<void> {
  const { reason = '', ...rest } = ending;
  const reasonSealed = reason.trim() === '' ? null : await sealReason(tx, deps, order, reason);
  await insertEnding(tx, order, { ...rest, reasonSealed });
}

async function sealReason(
  tx: Tx,
  { keys }: Pick<Deps, 'keys'>,
  order: OrderKey,
  reason: string,
): Promise<Uint8Array | null> {
  // Whoever erases them waits here, and then finds what is to be cleared.
  const subject = await lockOrderSubject(tx, order);
  if (subject === null) return null;
  const key = await keys.findSubjectKey(tx, order.company, subject);
  return key === undefined ? null : seal(key, reason.trim(), PURPOSE);
}

/** How an order ended, for staff; null while it has not, and where it was not kept. */
export async function viewEnding(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: OrderRow,
): Promise<OrderEnding | null> {
  if (row.state !== 'cancelled' && row.state !== 'returned') return null;
  const ending = await findEnding(db, row);
  if (ending === undefined) return null;
  const { kind, at, ownFault, by } = ending;
  const members = by === null ? [] : await listMembers(db, row.company);
  return {
    kind,
    at: at.toISOString(),
    ownFault,
    by: by === null ? 'customer' : 'staff',
    byName: members.find(({ id }) => id === by)?.name ?? null,
    reason: await openReason(db, deps, row, ending),
  };
}

async function openReason(
  db: Db,
  { keys }: Pick<Deps, 'keys'>,
  row: OrderRow,
  { reasonSealed }: EndingRow,
): Promise<string | null> {
  if (row.subject === null || reasonSealed === null) return null;
  const key = await keys.findSubjectKey(db, row.company, row.subject);
  return key === undefined ? null : openText(key, reasonSealed, PURPOSE);
}
