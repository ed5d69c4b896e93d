import type { Tier } from '@keepsake/value';
import { type RawBuilder, sql } from 'kysely';

/**
 * `effectiveTier` of the engine, of a row of `value_tiers` called `tiers` that may be missing: no tier
 * has effects while an objection stands, or once it is too old.
 */
export function effectiveTierAt(now: Date): RawBuilder<Tier> {
  return sql<Tier>`case
    when tiers.tier is null or tiers.contested_at is not null or tiers.expires <= ${now}::timestamptz
    then 'undecided' else tiers.tier end`;
}
