import type { ReviewItem } from '@keepsake/value';

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
