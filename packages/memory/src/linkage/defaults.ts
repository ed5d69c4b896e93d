import { type Comparison, comparisonsOf } from './comparer.ts';
import { HOUSEHOLD_SHARES, LEVELS } from './levels.data.ts';
import type { ColumnKind, ComparisonModel, LinkageModel, LinkageSchema } from './model.ts';

/** A wrong merge tells one customer about another; it weighs nine times a missed one. */
export const ZONES = { same: 0.9, review: 0.1 };
export const BLOCK_MAX = 200;
export const CLUSTER_MAX = 100;

/** A comparison with what is assumed of it before anything was learned. */
export function assumedComparison({ attribute }: Comparison): ComparisonModel {
  const { name, kind, columns } = attribute;
  const share = HOUSEHOLD_SHARES[kind] ?? 0;
  return { name, kind, columns, share, levels: LEVELS[kind] ?? [] };
}

/** How often a household has in common what is compared, by comparison. */
export function sharesOf(comparisons: readonly Comparison[]): readonly number[] {
  return comparisons.map((one) => assumedComparison(one).share ?? 0);
}

/** Twins are too few to be told from one person whose name is wrong: their share is not learned. */
export function isShareLearned(kind: ColumnKind): boolean {
  return kind !== 'birth' && (HOUSEHOLD_SHARES[kind] ?? 0) > 0;
}

const PERSON_SCHEMA: LinkageSchema = {
  columns: [
    { name: 'givenName', kind: 'given' },
    { name: 'surname', kind: 'surname' },
    { name: 'birthDate', kind: 'birth', dateOrder: 'ymd' },
    { name: 'email', kind: 'email' },
    { name: 'phone', kind: 'phone' },
    { name: 'street', kind: 'street' },
    { name: 'city', kind: 'city' },
    { name: 'postcode', kind: 'postcode' },
  ],
};

/** Customers who are there twice, and pairs that live together, each among so many pairs. */
const PRIOR = { same: 1 / 20_000, household: 1 / 20_000 };

/**
 * A model under assumptions alone, for who has no records to learn from. Without a schema: for
 * `givenName`, `surname`, `birthDate` (ISO 8601), `email`, `phone`, `street` with its number,
 * `city`, `postcode`.
 */
export function defaultModel(schema: LinkageSchema = PERSON_SCHEMA): LinkageModel {
  return {
    format: 'keepsake-linkage',
    version: 1,
    schema,
    prior: PRIOR,
    comparisons: comparisonsOf(schema).map(assumedComparison),
    frequencies: {},
    zones: ZONES,
    blockMax: BLOCK_MAX,
    clusterMax: CLUSTER_MAX,
  };
}
