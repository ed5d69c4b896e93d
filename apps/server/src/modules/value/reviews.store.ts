import type { ReviewItem } from '@keepsake/value';
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_reviews: ValueReviewsTable;
  }
}

/** A customer below zero whom a person looks at. */
export interface ValueReviewsTable {
  readonly company: string;
  readonly id: string;
  readonly person: string;
  readonly opened_at: Date;
  readonly item: ReviewItem;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  readonly outcome: 'remedies' | 'no-change' | 'part' | 'superseded' | null;
  /** Reason and remedies, sealed with the key of the person. */
  readonly outcome_sealed: Uint8Array | null;
}

/** A review to be opened; its item is JSON. */
export interface NewReview {
  readonly company: string;
  readonly id: string;
  readonly person: string;
  readonly opened_at: Date;
  readonly item: string;
}

const COLUMNS: readonly Column<NewReview>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'person', type: 'uuid', of: (row) => row.person },
  { name: 'opened_at', type: 'timestamptz', of: (row) => row.opened_at },
  { name: 'item', type: 'jsonb', of: (row) => row.item },
];

/** Opens reviews of customers of whom none is open. */
export async function insertReviews(tx: Tx, rows: readonly NewReview[]): Promise<void> {
  await insertRows(tx, 'value_reviews', rows, COLUMNS);
}

/** Persons with a review that is open, or that a person has ended since an instant. */
export async function listLookedAt(
  tx: Tx,
  company: string,
  since: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    select distinct person from value_reviews where company = ${company}
      and (closed_at is null or (outcome <> 'superseded' and closed_at >= ${since}))`.execute(tx);
  return rows.map(({ person }) => person);
}

/** Ends the open reviews of all but these persons: the others need none any more. */
export async function supersedeReviews(
  tx: Tx,
  company: string,
  still: { readonly persons: readonly string[]; readonly now: Date },
): Promise<void> {
  await sql`
    update value_reviews set closed_at = ${still.now}, outcome = 'superseded'
    where company = ${company} and closed_at is null
      and person <> all(${`{${still.persons.join(',')}}`}::uuid[])`.execute(tx);
}
