import type { Review } from '@keepsake/contract';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { namesOf } from '../memory/index.ts';
import { cursorOf, PAGE_SIZE, pageOf, parseCursor } from './pages.rules.ts';
import { reviewView } from './review.view.ts';
import { listReviews } from './review-list.store.ts';
import { findKey } from './sealed-words.ts';

/** Which reviews; a cursor of the other state begins anew. */
export interface ReviewsQuery {
  readonly company: string;
  readonly state?: 'open' | 'closed' | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A page of reviews: open ones by what the customers cost, closed ones by when. */
export async function pageReviews(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  query: ReviewsQuery,
): Promise<{ readonly items: Review[]; readonly next: string | null }> {
  const { company, state = 'open', limit = PAGE_SIZE } = query;
  const after = parseCursor(state, query.cursor);
  const rows = await listReviews(db, { company, state, after, limit: limit + 1 });
  const { shown, next } = pageOf(rows, limit, (last) => cursorOf(state, last));
  const persons = shown.map(({ person }) => person);
  const names = await namesOf(db, deps, company, persons);
  const items: Review[] = [];
  for (const row of shown) {
    const key = await findKey(db, deps, row);
    items.push(reviewView({ row, key, name: names.get(row.person) ?? null }));
  }
  return { items, next };
}
