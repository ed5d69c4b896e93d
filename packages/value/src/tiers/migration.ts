import { TIERS, type Tier } from './tier.ts';

/** A tier, or that the customer was not there. */
export type TierOrAbsent = Tier | 'absent';

/** How many customers went from each tier to each; `absent` is who came or left. */
export type MigrationMatrix = Readonly<
  Record<TierOrAbsent, Readonly<Record<TierOrAbsent, number>>>
>;

function emptyRow(): Record<TierOrAbsent, number> {
  return { keep: 0, grow: 0, maintain: 0, 'below-zero': 0, undecided: 0, absent: 0 };
}

/** Where the customers of two months are, each month a tier by customer. Linear in both. */
export function migrationMatrix(
  before: ReadonlyMap<string, Tier>,
  after: ReadonlyMap<string, Tier>,
): MigrationMatrix {
  const matrix: Record<TierOrAbsent, Record<TierOrAbsent, number>> = {
    keep: emptyRow(),
    grow: emptyRow(),
    maintain: emptyRow(),
    'below-zero': emptyRow(),
    undecided: emptyRow(),
    absent: emptyRow(),
  };
  for (const [customer, tier] of before) matrix[tier][after.get(customer) ?? 'absent']++;
  for (const [customer, tier] of after) if (!before.has(customer)) matrix.absent[tier]++;
  return matrix;
}

/** Share of the customers present in both months who are where they were; undefined of nobody. */
export function stayedShare(matrix: MigrationMatrix): number | undefined {
  let [stayed, all] = [0, 0];
  for (const from of TIERS) {
    for (const to of TIERS) all += matrix[from][to];
    stayed += matrix[from][from];
  }
  return all === 0 ? undefined : stayed / all;
}
