import type { Tier } from '@keepsake/value';
import { type RawBuilder, sql } from 'kysely';
import { contestedSubjects } from './contested.store.ts';

/**
 * `effectiveTier` of the engine, of a row of `value_tiers` called `tiers` that may be missing: no tier
 * has effects while an objection of the person stands, or once it is too old.
 */
export function effectiveTierAt(company: string, now: Date): RawBuilder<Tier> {
  return sql<Tier>`case
    when tiers.tier is null or tiers.expires <= ${now}::timestamptz
      or tiers.person in ${contestedSubjects(company)}
    then 'undecided' else tiers.tier end`;
}
