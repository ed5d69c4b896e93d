import type { Selectable } from 'kysely';
import type { Db, Tx } from '../database/schema.ts';

interface IdempotencyKeysTable {
  readonly company: string;
  readonly caller_hash: string;
  readonly key_hash: string;
  readonly request_hash: string;
  readonly subject: string | null;
  readonly process: string;
  readonly status: number | null;
  readonly sealed: Uint8Array | null;
  readonly created_at: Date;
}

declare module '../database/schema.ts' {
  interface Schema {
    readonly idempotency_keys: IdempotencyKeysTable;
  }
}

/** A request with a key as it is stored. */
export type ReplyRow = Selectable<IdempotencyKeysTable>;

/** Which request: the key of one caller at one company. */
export type ReplyKey = Pick<ReplyRow, 'company' | 'caller_hash' | 'key_hash'>;

/** Claims a key for the request at hand; answers whether it was free. */
export async function insertReply(db: Db, row: ReplyRow): Promise<boolean> {
  const result = await db
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) => conflict.columns(['company', 'caller_hash', 'key_hash']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What is stored under a key. */
export async function findReply(db: Db, key: ReplyKey): Promise<ReplyRow | undefined> {
  return await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('company', '=', key.company)
    .where('caller_hash', '=', key.caller_hash)
    .where('key_hash', '=', key.key_hash)
    .executeTakeFirst();
}

/** As `findReply`, and keeps others from changing it until the transaction ends. */
export async function findReplyForUpdate(tx: Tx, key: ReplyKey): Promise<ReplyRow | undefined> {
  return await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('company', '=', key.company)
    .where('caller_hash', '=', key.caller_hash)
    .where('key_hash', '=', key.key_hash)
    .forUpdate()
    .executeTakeFirst();
}

/** Takes an unfinished request over from a process that died; answers whether nobody was faster. */
export async function takeOverReply(
  db: Db,
  dead: ReplyRow,
  fresh: Pick<ReplyRow, 'process' | 'created_at'>,
): Promise<boolean> {
  const result = await db
    .updateTable('idempotency_keys')
    .set(fresh)
    .where('company', '=', dead.company)
    .where('caller_hash', '=', dead.caller_hash)
    .where('key_hash', '=', dead.key_hash)
    .where('process', '=', dead.process)
    .where('status', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Keeps the reply of a request. */
export async function saveReply(
  tx: Tx,
  key: ReplyKey,
  reply: { readonly status: number; readonly sealed: Uint8Array },
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set(reply)
    .where('company', '=', key.company)
    .where('caller_hash', '=', key.caller_hash)
    .where('key_hash', '=', key.key_hash)
    .execute();
}

/** Frees a key: the request may be sent again and is worked on again. */
export async function deleteReply(db: Db, key: ReplyKey): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('company', '=', key.company)
    .where('caller_hash', '=', key.caller_hash)
    .where('key_hash', '=', key.key_hash)
    .execute();
}

/** Deletes what is older; answers how many replies that were. */
export async function purgeReplies(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Deletes a subject's replies, and those given to staff and visitors of the company: they may tell
 * of the subject, and nobody but the network needs them for more than a moment.
 */
export async function eraseReplies(tx: Tx, company: string, subject: string): Promise<number> {
  const result = await tx
    .deleteFrom('idempotency_keys')
    .where('company', '=', company)
    .where((where) => where.or([where('subject', '=', subject), where('subject', 'is', null)]))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
