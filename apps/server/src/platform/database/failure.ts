/** Why the platform itself could not reach or use the database. */
export type DatabaseFailureCode =
  | 'database/busy'
  | 'database/closed'
  | 'database/lost'
  | 'database/outside-transaction'
  | 'database/timeout'
  | 'database/unusable';

/**
 * A failed statement or a failed connection, alike on both backends: `code` is the five-character
 * SQLSTATE of a refused statement, or one of `DatabaseFailureCode`.
 */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;

  constructor(code: string, message: string, more: DatabaseFailureDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.constraint = more.constraint;
    this.table = more.table;
  }
}

/** What is known of a failure beside its code. */
export interface DatabaseFailureDetails {
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
  readonly cause?: unknown;
}

/** The SQLSTATE or `database/…` code of any error thrown by a query, or undefined. */
export function databaseCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Answers whether a statement was refused by the named constraint (unique, foreign key, check). */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return (
    databaseCode(error)?.startsWith('23') === true &&
    error instanceof Error &&
    'constraint' in error &&
    error.constraint === constraint
  );
}

/** Answers whether the same transaction may well succeed when it is run again from its start. */
export function isWorthRetrying(error: unknown): boolean {
  const code = databaseCode(error);
  return code === '40001' || code === '40P01';
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOSPC',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Answers whether the store is out of reach or out of room, so that the caller should try later:
 * SQLSTATE classes 08 (connection), 53 (resources, such as a full disk), 57P (shut down), 58 (I/O),
 * a socket error, or one of ours.
 */
export function isUnavailable(error: unknown): boolean {
  const code = databaseCode(error);
  if (code === undefined) return isLostConnection(error);
  if (code.startsWith('database/')) return code !== 'database/outside-transaction';
  return UNREACHABLE.has(code) || /^(08|53|57P|58)/.test(code) || code === '57014';
}

/** What `pg` and Kysely throw as plain errors when the server goes away or is being closed. */
const LOST = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'timeout exceeded when trying to connect',
  'Cannot use a pool after calling end',
  'driver has already been destroyed',
];

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && LOST.some((start) => error.message.startsWith(start));
}
