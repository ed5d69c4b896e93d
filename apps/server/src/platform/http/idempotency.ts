import { createHash, randomUUID } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import { companyKey } from '../company-key.ts';
import type { Db } from '../database/schema.ts';
import type { Deps } from '../deps.ts';
import { openText, type SubjectKey, seal } from '../keys.ts';
import type { Actor } from './context.ts';
import {
  deleteReply,
  findReply,
  findReplyForUpdate,
  insertReply,
  type ReplyRow,
  saveReply,
  takeOverReply,
} from './idempotency.store.ts';
import { problemReply } from './problem.ts';

/** For how long a reply is given again. */
export const REPLY_KEPT_MS: number = 48 * HOUR_MS;
/** After this, another process that has not answered is taken for dead. */
const DEAD_AFTER_MS = MINUTE_MS;
const SEALED_FOR = 'idempotency.reply';
/** A reply is kept where repeating the request could do something else: done, or refused for good. */
const KEPT_REFUSALS = new Set([409, 410, 422]);

/** A write with a key, by whom, and what it says. */
export interface KeyedRequest {
  readonly company: string;
  readonly actor: Actor;
  readonly address: string;
  readonly key: string;
  readonly requestId: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: Uint8Array;
}

/** Gives each keyed write its reply once, and the same one again when it is repeated. */
export type AnswerOnce = (request: KeyedRequest, run: () => Promise<Response>) => Promise<Response>;

type IdempotencyDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'log'>;

/** Whether a header can be an idempotency key: 8 to 100 visible ASCII characters. */
export function isIdempotencyKey(text: string): boolean {
  return /^[\x21-\x7e]{8,100}$/.test(text);
}

/**
 * Makes the guard. Services that take something also carry the key into a unique constraint of
 * their own: between their commit and the stored reply a process may die.
 */
export function createAnswerOnce(deps: IdempotencyDeps): AnswerOnce {
  const process = randomUUID();
  const running = new Set<string>();
  return async (request, run) => {
    const row = describe(deps, request, process);
    const claim = await claimKey(deps, row, running);
    switch (claim.kind) {
      case 'run': {
        running.add(idOf(row));
        try {
          return await runAndKeep(deps, row, run);
        } finally {
          running.delete(idOf(row));
        }
      }
      case 'replay':
        return claim.reply;
      case 'refused':
        return problemReply(claim.code, {}, request.requestId);
    }
  };
}

function idOf(row: ReplyRow): string {
  return `${row.company} ${row.caller_hash} ${row.key_hash}`;
}

type Claim =
  | { readonly kind: 'run' }
  | { readonly kind: 'replay'; readonly reply: Response }
  | { readonly kind: 'refused'; readonly code: 'request/key-reused' | 'request/in-progress' };

function describe(deps: IdempotencyDeps, request: KeyedRequest, process: string): ReplyRow {
  return {
    company: request.company,
    caller_hash: deps.keys.hmac(request.company, 'idempotency.caller', callerOf(request)),
    key_hash: deps.keys.hmac(request.company, 'idempotency.key', request.key),
    request_hash: hashRequest(deps, request),
    subject: request.actor.customer?.subject ?? null,
    process,
    status: null,
    sealed: null,
    created_at: new Date(deps.clock.now()),
  };
}

function callerOf({ actor, address }: KeyedRequest): string {
  if (actor.customer === null && actor.staff === null) return `address ${address}`;
  return `customer ${actor.customer?.subject ?? '-'} staff ${actor.staff?.id ?? '-'}`;
}

/** Keyed, as a plain hash of a short body could be guessed. */
function hashRequest(deps: IdempotencyDeps, request: KeyedRequest): string {
  const body = createHash('sha256').update(request.body).digest('hex');
  const text = `${request.method} ${request.target} ${body}`;
  return deps.keys.hmac(request.company, 'idempotency.request', text);
}

async function claimKey(
  deps: IdempotencyDeps,
  row: ReplyRow,
  running: ReadonlySet<string>,
): Promise<Claim> {
  const db = deps.database.kysely;
  if (await insertReply(db, row)) return { kind: 'run' };
  const known = await findReply(db, row);
  if (known === undefined) return { kind: 'refused', code: 'request/in-progress' };
  const ageMs = deps.clock.now() - known.created_at.getTime();
  if (ageMs > REPLY_KEPT_MS) {
    await deleteReply(db, row);
    return await claimKey(deps, row, running);
  }
  if (known.request_hash !== row.request_hash) {
    return { kind: 'refused', code: 'request/key-reused' };
  }
  if (known.status === null) return await claimUnfinished(deps, known, row, running);
  const reply = await replay(db, deps, known);
  if (reply !== undefined) return { kind: 'replay', reply };
  await deleteReply(db, row);
  return await claimKey(deps, row, running);
}

/**
 * A request that nobody works on any more is taken over: one of this process that is not running,
 * or one of a process that is dead. The embedded engine serves one process at a time, so that
 * every other one is dead; on a server, one that has not answered for long.
 */
async function claimUnfinished(
  deps: IdempotencyDeps,
  known: ReplyRow,
  row: ReplyRow,
  running: ReadonlySet<string>,
): Promise<Claim> {
  const waitMs = deps.database.backend === 'pglite' ? 0 : DEAD_AFTER_MS;
  const isDead =
    known.process === row.process
      ? !running.has(idOf(row))
      : deps.clock.now() - known.created_at.getTime() >= waitMs;
  const isMine = isDead && (await takeOverReply(deps.database.kysely, known, row));
  return isMine ? { kind: 'run' } : { kind: 'refused', code: 'request/in-progress' };
}

async function keyOf(
  db: Db,
  deps: IdempotencyDeps,
  row: ReplyRow,
): Promise<SubjectKey | undefined> {
  if (row.subject === null) return await companyKey(db, deps, row.company);
  return await deps.keys.findSubjectKey(db, row.company, row.subject);
}

interface KeptReply {
  readonly type: string | null;
  readonly body: string;
}

async function replay(db: Db, deps: IdempotencyDeps, row: ReplyRow): Promise<Response | undefined> {
  const key = await keyOf(db, deps, row);
  if (key === undefined || row.sealed === null || row.status === null) return undefined;
  const { type, body } = JSON.parse(openText(key, row.sealed, SEALED_FOR)) as KeptReply;
  const headers = new Headers({ 'idempotent-replay': 'true', 'cache-control': 'no-store' });
  if (type !== null) headers.set('content-type', type);
  return new Response(body, { status: row.status, headers });
}

async function runAndKeep(
  deps: IdempotencyDeps,
  row: ReplyRow,
  run: () => Promise<Response>,
): Promise<Response> {
  let reply: Response;
  try {
    reply = await run();
  } catch (error) {
    await deleteReply(deps.database.kysely, row);
    throw error;
  }
  if (!isKept(reply)) {
    await deleteReply(deps.database.kysely, row);
    return reply;
  }
  const kept = { type: reply.headers.get('content-type'), body: await reply.clone().text() };
  await keepReply(deps, row, { status: reply.status, kept });
  return reply;
}

/** What was done is done: where keeping the reply fails, the caller gets it all the same. */
async function keepReply(
  deps: IdempotencyDeps,
  row: ReplyRow,
  reply: { readonly status: number; readonly kept: KeptReply },
): Promise<void> {
  const work = deps.database.transaction(async (tx) => {
    // Erased meanwhile, perhaps by this very request: then nothing of it may be kept.
    if ((await findReplyForUpdate(tx, row)) === undefined) return;
    const key = await keyOf(tx, deps, row);
    if (key === undefined) return await deleteReply(tx, row);
    const sealed = seal(key, JSON.stringify(reply.kept), SEALED_FOR);
    await saveReply(tx, row, { status: reply.status, sealed });
  });
  await work.catch((error: unknown) => deps.log.warn({ error }, 'a reply was not kept'));
}

/** A reply that sets a cookie signs somebody in: it is for the one who asked first alone. */
function isKept(reply: Response): boolean {
  if (reply.headers.has('set-cookie')) return false;
  return reply.ok || KEPT_REFUSALS.has(reply.status);
}
