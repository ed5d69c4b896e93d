import type { Work } from '@keepsake/kernel';

/** A pattern of levels, and how many pairs show it. */
export interface PatternCount {
  readonly pattern: Uint8Array;
  readonly count: number;
}

/** What the mixture is made of; probabilities by comparison and level. */
export interface Mixture {
  readonly m: readonly Float64Array[];
  /** Two persons; fixed but for levels where an earlier comparison agreed. */
  readonly u: readonly Float64Array[];
  /** By comparison: how likely two persons of one household agree because they are one. */
  readonly shares: readonly number[];
  /** Shares of the classes among the pairs. */
  readonly same: number;
  readonly household: number;
}

/** What is held on to, and how long to go on. */
export interface EmOptions {
  /** Comparisons that say nothing here, because blocks were made by them. */
  readonly excluded: ReadonlySet<number>;
  /** Where levels begin anew because an earlier comparison agreed, by comparison. */
  readonly levels: readonly number[];
  /** What is assumed of m, as if so many pairs had shown it. */
  readonly assumed: readonly Float64Array[];
  readonly assumedPairs: number;
  /** By comparison: the most that m of its worst level may be. */
  readonly worstMax: readonly number[];
  /** What is assumed of u, in as many pairs. */
  readonly assumedU: readonly Float64Array[];
  /** What is assumed of the shares, in as many pairs; what a household never has in common is 0. */
  readonly assumedShares: readonly number[];
  /** Whether a share is learned, by comparison. */
  readonly isShareLearned: readonly boolean[];
  /** Pairs that were not compared, all of two persons. */
  readonly others: number;
  /** Whether u is learned where an earlier comparison agreed: random pairs show too few of them. */
  readonly isExplaining: boolean;
  readonly stepsMax: number;
}

/** A learned mixture. */
export interface Learned extends Mixture {
  /** Expected number of pairs of one person. */
  readonly matches: number;
  /** Logarithm of the posterior density before each step, up to a constant; never falls. */
  readonly likelihoods: readonly number[];
}

const MISSING = 255;
const ENOUGH = 1e-7;
/** What is assumed of the shares of the classes: of so many pairs so many are one person. */
const FEW = 10;
const FEW_SAME = 0.5;
/** Classes are never given up altogether: a share of zero could not be left again. */
const SHARE_MIN = 1e-12;

/**
 * Learns m, the shares of three classes — one person, one household, two persons — and what
 * households have in common, by expectation and maximization (Dempster, Laird and Rubin 1977; Winkler
 * 1988). Two of one household agree either as one person does or by chance.
 */
export function* learnMixture(
  patterns: readonly PatternCount[],
  start: Mixture,
  options: EmOptions,
): Work<Learned> {
  let current = start;
  const likelihoods: number[] = [];
  let matches = 0;
  for (let step = 0; step < options.stepsMax; step++) {
    const expected = expect(patterns, current, options);
    likelihoods.push(expected.likelihood + priorDensity(current, options));
    matches = expected.matches;
    current = maximize(current, expected, options);
    yield { done: step, of: options.stepsMax };
    const [last = 0, previous = Number.NEGATIVE_INFINITY] = likelihoods.slice(-2).reverse();
    if (step > 0 && last - previous < ENOUGH * Math.abs(last)) break;
  }
  return { ...current, matches, likelihoods };
}

interface Expected {
  readonly likelihood: number;
  readonly matches: number;
  readonly households: number;
  readonly pairs: number;
  /** Of one person, or of a household where it agrees as one person does. */
  readonly counts: readonly Float64Array[];
  /** Agreeing by chance: of two persons, or of a household. */
  readonly countsOfTwo: readonly Float64Array[];
  /** By comparison: what households are expected to have in common, of how many. */
  readonly common: readonly { readonly shared: number; readonly all: number }[];
}

function expect(patterns: readonly PatternCount[], now: Mixture, options: EmOptions): Expected {
  const counts = now.m.map((levels) => new Float64Array(levels.length));
  const countsOfTwo = now.m.map((levels) => new Float64Array(levels.length));
  const countsOfHousehold = now.m.map((levels) => new Float64Array(levels.length));
  const h = householdOf(now);
  const chance = now.u.map((levels) => levels.map((u) => Math.log(u)));
  const same = ratiosOf(now.m, now.u, options);
  const household = ratiosOf(h, now.u, options);
  const two = 1 - now.same - now.household;
  let likelihood = options.others * Math.log(two);
  let [matches, households, pairs] = [0, 0, options.others];
  for (const { pattern, count } of patterns) {
    const one = now.same * productOf(pattern, same);
    const house = now.household * productOf(pattern, household);
    const total = one + house + two;
    likelihood += count * (Math.log(total) + sumOf(pattern, chance, options));
    const weight = (count * one) / total;
    matches += weight;
    households += (count * house) / total;
    pairs += count;
    addTo(counts, pattern, weight);
    addTo(countsOfHousehold, pattern, (count * house) / total);
    addTo(countsOfTwo, pattern, (count * two) / total);
  }
  const common = divideHouseholds(now, { h, counts, countsOfHousehold, countsOfTwo });
  return { likelihood, matches, households, pairs, counts, countsOfTwo, common };
}

function sumOf(
  pattern: Uint8Array,
  logs: readonly Float64Array[],
  { excluded }: EmOptions,
): number {
  let sum = 0;
  for (let i = 0; i < pattern.length; i++) {
    const level = pattern[i] ?? MISSING;
    if (level !== MISSING && !excluded.has(i)) sum += logs[i]?.[level] ?? 0;
  }
  return sum;
}

/** How much likelier a level is than among two persons; 1 where a comparison is left out. */
function ratiosOf(
  classes: readonly Float64Array[],
  u: readonly Float64Array[],
  { excluded }: EmOptions,
): readonly Float64Array[] {
  return classes.map((levels, i) =>
    levels.map((each, l) => (excluded.has(i) ? 1 : each / (u[i]?.[l] ?? 1))),
  );
}

function productOf(pattern: Uint8Array, ratios: readonly Float64Array[]): number {
  let product = 1;
  for (let i = 0; i < pattern.length; i++) {
    const level = pattern[i] ?? MISSING;
    if (level !== MISSING) product *= ratios[i]?.[level] ?? 1;
  }
  return product;
}

function addTo(counts: readonly Float64Array[], pattern: Uint8Array, weight: number): void {
  for (let i = 0; i < pattern.length; i++) {
    const level = pattern[i] ?? MISSING;
    const levels = counts[i];
    if (level !== MISSING && levels !== undefined) levels[level] = (levels[level] ?? 0) + weight;
  }
}

function maximize(now: Mixture, expected: Expected, options: EmOptions): Mixture {
  const { matches, households, pairs, counts, countsOfTwo } = expected;
  const { levels, assumed, assumedU } = options;
  const m = now.m.map((old, i) => {
    if (options.excluded.has(i)) return old;
    const all = shareOut(counts[i] ?? old, assumed[i] ?? old, levels[i], options);
    return limitWorst(all, levels[i] ?? old.length, options.worstMax[i] ?? 1);
  });
  const u = now.u.map((old, i) => {
    const size = levels[i] ?? old.length;
    if (!options.isExplaining || options.excluded.has(i) || old.length === size) return old;
    const all = shareOut(countsOfTwo[i] ?? old, assumedU[i] ?? old, size, options);
    all.set(old.subarray(0, size));
    return all;
  });
  return {
    ...{ m, u, shares: sharesOf(now, expected, options) },
    same: (matches + FEW_SAME) / (pairs + FEW),
    household: now.household === 0 ? 0 : Math.max(SHARE_MIN, households / (pairs + FEW)),
  };
}

/** How likely each level is for two of one household, who agree as one person does or by chance. */
function householdOf({ m, u, shares }: Mixture): readonly Float64Array[] {
  return u.map((levels, i) => {
    const share = shares[i] ?? 0;
    return levels.map((each, l) => share * (m[i]?.[l] ?? 0) + (1 - share) * each);
  });
}

interface Divided {
  readonly h: readonly Float64Array[];
  readonly counts: readonly Float64Array[];
  readonly countsOfHousehold: readonly Float64Array[];
  readonly countsOfTwo: readonly Float64Array[];
}

/** Adds the counts of households to those of what each agreement of theirs comes from. */
function divideHouseholds(
  { m, shares }: Mixture,
  { h, counts, countsOfHousehold, countsOfTwo }: Divided,
): Expected['common'] {
  return shares.map((share, i) => {
    let [shared, all] = [0, 0];
    countsOfHousehold[i]?.forEach((count, l) => {
      const common = (count * share * (m[i]?.[l] ?? 0)) / (h[i]?.[l] ?? 1);
      const [ofOne, ofTwo] = [counts[i], countsOfTwo[i]];
      if (ofOne !== undefined) ofOne[l] = (ofOne[l] ?? 0) + common;
      if (ofTwo !== undefined) ofTwo[l] = (ofTwo[l] ?? 0) + count - common;
      shared += common;
      all += count;
    });
    return { shared, all };
  });
}

function sharesOf(
  { shares }: Mixture,
  { common }: Expected,
  { assumedShares, assumedPairs, excluded, isShareLearned }: EmOptions,
): readonly number[] {
  return shares.map((share, i) => {
    if (isShareLearned[i] !== true || excluded.has(i)) return share;
    const { shared = 0, all = 0 } = common[i] ?? {};
    return (shared + (assumedShares[i] ?? 0) * assumedPairs) / (all + assumedPairs);
  });
}

/** Counts as probabilities that sum to one within each list of levels. */
function shareOut(
  counts: Float64Array,
  assumed: Float64Array,
  size: number = counts.length,
  { assumedPairs }: EmOptions,
): Float64Array {
  const result = new Float64Array(counts.length);
  for (let from = 0; from < counts.length; from += size) {
    let sum = assumedPairs;
    for (let l = from; l < from + size; l++) sum += counts[l] ?? 0;
    for (let l = from; l < from + size; l++) {
      result[l] = ((counts[l] ?? 0) + (assumed[l] ?? 0) * assumedPairs) / sum;
    }
  }
  return result;
}

/** The likeliest probabilities whose last one is no more than so much. */
function limitWorst(all: Float64Array, size: number, most: number): Float64Array {
  return all.map((each, l) => {
    const worst = all[l - (l % size) + size - 1] ?? 0;
    if (worst <= most) return each;
    return l % size === size - 1 ? most : (each * (1 - most)) / (1 - worst);
  });
}

/** Logarithm of the Dirichlet density that what is assumed amounts to. */
function priorDensity({ m, u, same, household, shares }: Mixture, options: EmOptions): number {
  const { excluded, assumed, assumedU, assumedPairs, assumedShares, isShareLearned, levels } =
    options;
  let sum = FEW_SAME * Math.log(same) + (FEW - FEW_SAME) * Math.log(1 - same - household);
  for (let i = 0; i < m.length; i++) {
    if (excluded.has(i)) continue;
    sum += assumedPairs * dot(assumed[i], m[i], 0);
    if (isShareLearned[i] === true) sum += assumedPairs * entropyOf(assumedShares[i], shares[i]);
    if (options.isExplaining) sum += assumedPairs * dot(assumedU[i], u[i], levels[i] ?? 0);
  }
  return sum;
}

/** Logarithm of the density of a share under an assumed one, for one pair. */
function entropyOf(assumed = 0, share = 0): number {
  return assumed * Math.log(share) + (1 - assumed) * Math.log(1 - share);
}

/** Sum of weights times logarithms of probabilities, from an index on. */
function dot(
  weights: Float64Array | undefined,
  probabilities: Float64Array | undefined,
  from: number,
): number {
  let sum = 0;
  for (let l = from; l < (weights?.length ?? 0); l++) {
    const weight = weights?.[l] ?? 0;
    if (weight > 0) sum += weight * Math.log(probabilities?.[l] ?? 1);
  }
  return sum;
}
