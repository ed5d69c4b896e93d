/** Reviews in the shape of the wire. */
import type { Review } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { RemedyEffect, ReviewItem } from '@keepsake/value';
import type { SubjectKey } from '../../platform/keys.ts';
import type { ValueReviewsTable } from './reviews.store.ts';
import { openWords } from './sealed-words.ts';

/** A review with what it is opened by. */
export interface ReviewShown {
  readonly row: ValueReviewsTable;
  /** Of the person; undefined where there is none any more, and then no words are shown. */
  readonly key: SubjectKey | undefined;
  readonly name: string | null;
}

/** A review, opened. */
export function reviewView({ row, key, name }: ReviewShown): Review {
  const { item } = row;
  return {
    ...{ review: row.id, guest: row.person, name, why: item.why },
    openedAt: instantToText(row.opened_at.getTime()),
    ...{ value: item.expectedValue, low: item.interval.low, high: item.interval.high },
    ...{ probability: item.probability, lossOfParting: item.lossOfParting },
    remedies: item.remedies.map(effectView),
    together: togetherOf(item),
    closed: closedView(row, key),
  };
}

function effectView({ ids, words, ...rest }: RemedyEffect): Review['remedies'][number] {
  return { ...rest, ids: [...ids], words: [...words] };
}

function togetherOf({ together }: ReviewItem): Review['together'] {
  return together === undefined ? null : effectView(together);
}

function closedView(row: ValueReviewsTable, key: SubjectKey | undefined): Review['closed'] {
  const { closed_at, outcome, outcome_sealed } = row;
  if (closed_at === null || outcome === null) return null;
  const words = openWords(key, 'value.outcome', outcome_sealed);
  return {
    at: instantToText(closed_at.getTime()),
    ...{ outcome, by: words?.by ?? null, because: words?.because ?? null },
    remedies: [...(words?.remedies ?? [])],
  };
}
