import type { Comparer, Row } from './comparer.ts';
import { assumedComparison } from './defaults.ts';
import type { Mixture } from './em.ts';
import { SWAPPED } from './levels.ts';
import type { Frequencies } from './model.ts';

/** Weight of what is assumed of u, in pairs. */
const ASSUMED_PAIRS = 50;
/** What no random pair shows may still be there (Jeffreys 1946). */
const UNSEEN = 0.5;

/** How often two persons agree by chance. */
export class Chance {
  readonly #comparer: Comparer;
  readonly #assumed: readonly Float64Array[];
  /** Of each comparison: pairs that showed each level where no earlier comparison agreed. */
  readonly #seen: readonly Float64Array[];

  /** Of random pairs of rows: of each comparison how many showed each level. */
  constructor(comparer: Comparer, rows: readonly Row[], drawn: readonly Float64Array[]) {
    this.#comparer = comparer;
    this.#assumed = comparer.comparisons.map((one) =>
      Float64Array.from(assumedComparison(one).levels.flat(), ({ u }) => u),
    );
    this.#seen = comparer.comparisons.map(({ levels, after }, i) => {
      const seen = Float64Array.from((drawn[i] ?? new Float64Array(levels)).subarray(0, levels));
      // Few random pairs are equal; how many there are in all is known exactly.
      const rate = after.length > 0 ? undefined : equalRate(rows, i);
      if (rate !== undefined) seen[0] = rate * sumOf(seen);
      return seen;
    });
  }

  /**
   * u of each comparison, without those among the random pairs that are one person: they are few,
   * but nearly all that agree in what is rare. What holds where an earlier comparison agreed is that
   * of the mixture.
   */
  without({ m, u, same }: Mixture): readonly Float64Array[] {
    return this.#assumed.map((assumed, i) => {
      const seen = this.#seen[i] ?? assumed;
      const ofOne = sumOf(seen) * same;
      const left = seen.map((count, l) => {
        const guess = (assumed[l] ?? 0) * ASSUMED_PAIRS + UNSEEN;
        return Math.max(0, count - ofOne * (m[i]?.[l] ?? 0)) + guess;
      });
      const bounded = left.map((each, l) => Math.max(each, this.#least(left, m[i], i, l)));
      const sum = sumOf(bounded);
      const result = Float64Array.from(u[i] ?? assumed);
      result.set(bounded.map((each) => each / sum));
      return result;
    });
  }

  /** An imperfect agreement never says more than a perfect one; exchanged names are two at once. */
  #least(counts: Float64Array, m: Float64Array | undefined, i: number, level: number): number {
    const isGiven = this.#comparer.comparisons[i]?.attribute.kind === 'given';
    if (level === 0 || (isGiven && level === SWAPPED)) return 0;
    return ((counts[0] ?? 0) * (m?.[level] ?? 0)) / (m?.[0] ?? 1);
  }
}

function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** How often two values of a comparison are equal, over all pairs. */
function equalRate(rows: readonly Row[], comparison: number): number | undefined {
  let [total, equal] = [0, 0];
  for (const count of countsOf(rows, comparison).values()) {
    total += count;
    equal += count * (count - 1);
  }
  return total < 2 ? undefined : equal / (total * (total - 1));
}

function countsOf(rows: readonly Row[], comparison: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = row[comparison] ?? -1;
    if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** How often each value of each attribute occurs. */
export function frequenciesOf(
  comparer: Comparer,
  rows: readonly Row[],
): Readonly<Record<string, Frequencies>> {
  const entries = comparer.comparisons.map(({ attribute }, i) => {
    const counts = [...countsOf(rows, i)];
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const values = counts
      .filter(([, count]) => count > 1)
      .map(([value, count]) => [comparer.valueOf(i, value), count] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return [attribute.name, { total, values: Object.fromEntries(values) }] as const;
  });
  return Object.fromEntries(entries);
}
