import type { ColumnType, Kysely, Transaction } from 'kysely';

/**
 * The row types of every table, by table name. Each module adds its own by declaration merging:
 *
 * ```ts
 * declare module '../../platform/database/schema.ts' {
 *   interface Schema { readonly orders: OrdersTable }
 * }
 * ```
 *
 * What both backends answer with, whatever the driver: `int8` is `bigint`, `numeric` and `date` are
 * text (`2026-03-01`), `timestamptz` is `Date` (milliseconds), `bytea` is `Uint8Array`, `jsonb` is
 * parsed. Write `jsonb` as `JSON.stringify(value)`: a bare array means a SQL array to one driver.
 */
export interface Schema {
  readonly schema_migrations: SchemaMigrationsTable;
  readonly subject_keys: SubjectKeysTable;
}

/** One row for each migration that this database has been through. */
export interface SchemaMigrationsTable {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
  readonly applied_at: ColumnType<Date, never, never>;
}

/** The key of each subject, wrapped by the master key. */
export interface SubjectKeysTable {
  readonly company: string;
  readonly subject: string;
  readonly wrapped: Uint8Array;
  readonly created_at: Date;
}

/** What a store function takes first: the database itself, or a transaction on it. */
export type Db = Kysely<Schema>;

/** A transaction, for a function that must not run outside one. */
export type Tx = Transaction<Schema>;
