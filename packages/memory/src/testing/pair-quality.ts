/** How well clusters agree with the truth, by pairs of records in one cluster. */
export interface PairQuality {
  /** Pairs joined that are one person, among those joined. */
  readonly precision: number;
  /** Pairs joined that are one person, among those that are. */
  readonly recall: number;
  /** Their harmonic mean. */
  readonly f1: number;
}

/** Compares a partition of records with whose each is. */
export function pairQuality(
  clusters: readonly (readonly string[])[],
  truth: ReadonlyMap<string, string>,
): PairQuality {
  const sizes = new Map<string, number>();
  let [joined, right] = [0, 0];
  for (const ids of clusters) {
    joined += pairsOf(ids.length);
    const owners = new Map<string, number>();
    for (const id of ids) {
      const owner = truth.get(id) ?? id;
      owners.set(owner, (owners.get(owner) ?? 0) + 1);
      sizes.set(owner, (sizes.get(owner) ?? 0) + 1);
    }
    for (const count of owners.values()) right += pairsOf(count);
  }
  let real = 0;
  for (const size of sizes.values()) real += pairsOf(size);
  return { precision: right / joined, recall: right / real, f1: (2 * right) / (joined + real) };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
