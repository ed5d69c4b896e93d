import { invariant } from '@keepsake/kernel';
import { Blocker } from './blocking.ts';
import { type Blocks, buildBlocks, Partners } from './blocks.ts';
import { Comparer, type Row } from './comparer.ts';
import { assumedComparison, BLOCK_MAX, CLUSTER_MAX, sharesOf, ZONES } from './defaults.ts';
import { type EmOptions, learnMixture, type Mixture, type PatternCount } from './em.ts';
import type {
  ColumnKind,
  Frequencies,
  LinkageModel,
  LinkageRecord,
  LinkageSchema,
} from './model.ts';
import { blockedPairs, equalPairs, levelCounts, randomPairs } from './pairs.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { chooseSchema } from './schema.ts';
import type { Progress, Work } from './work.ts';

/** How a model is trained. */
export interface TrainOptions {
  /** What the columns hold; told by names and contents where it is left out. */
  readonly schema?: LinkageSchema;
  /** Of the random pairs. */
  readonly seed?: number;
}

const RANDOM_MAX = 200_000;
const EQUAL_MAX = 100_000;
const BLOCKED_MAX = 500_000;
const SEED = 20_240_229;
/** Weight of what is assumed of m and of u, in pairs. */
const ASSUMED_SAME = 20;
const ASSUMED_DIFFERENT = 50;
const STEPS_MAX = 30;
/**
 * What makes a person: no more of it is wrong altogether, or what was found are not persons but
 * their households.
 */
const WORST_MAX: Readonly<Partial<Record<ColumnKind, number>>> = { given: 0.25, birth: 0.25 };
/** Identifiers that differ more often than this between records of one person forbid nothing. */
const WRONG_MAX = 0.01;

/**
 * Learns a model from records without knowing any answer (Fellegi and Sunter 1969): u from random
 * pairs, m by several expectation maximizations over pairs that are equal in some columns, the
 * prior over all pairs that share a block. The same for any order of the records. Throws RangeError
 * where an id is there twice.
 */
export function* trainLinkage(
  records: readonly LinkageRecord[],
  options: TrainOptions = {},
): Work<LinkageModel> {
  const schema = options.schema ?? chooseSchema(records);
  const comparer = new Comparer(schema);
  const profiles = profilesOf(records, comparer);
  const rows = profiles.map(({ row }) => row);
  const blocks = buildBlocks(rows, new Blocker(comparer), BLOCK_MAX);
  return yield* trainOn({ schema, comparer, profiles, blocks }, options.seed);
}

/** Records made ready to be compared. */
export interface Prepared {
  readonly schema: LinkageSchema;
  readonly comparer: Comparer;
  readonly profiles: readonly Profile[];
  readonly blocks: Blocks;
}

/** The same of records that are prepared already. */
export function* trainOn(prepared: Prepared, seed: number = SEED): Work<LinkageModel> {
  const { schema, comparer, profiles, blocks } = prepared;
  const rows = profiles.map(({ row }) => row);
  const pairsInAll = Math.max(1, (rows.length * (rows.length - 1)) / 2);
  const assumed = comparer.comparisons.map(assumedComparison);
  const sizes = assumed.map(({ levels }) => levels.flat().length);
  const basis: Basis = {
    assumedM: assumed.map(({ levels }) => Float64Array.from(levels.flat(), ({ m }) => m)),
    assumedU: assumed.map(({ levels }) => Float64Array.from(levels.flat(), ({ u }) => u)),
    levels: comparer.comparisons.map(({ levels }) => levels),
    shares: sharesOf(comparer.comparisons),
    worstMax: comparer.comparisons.map(({ attribute }) => WORST_MAX[attribute.kind] ?? 1),
  };
  const random = yield* part(0, 0.3, randomPairs(rows, comparer, { most: RANDOM_MAX, seed }));
  const drawn = levelCounts(random.patterns(), sizes);
  const blocked = yield* part(0.3, 0.8, sampleBlocked(rows, comparer, blocks));
  const rules = yield* part(0.8, 0.9, equalByRules(rows, comparer));
  const frequencies = frequenciesOf(comparer, rows);
  const chance = rows.length < 2 ? [] : equalRates(comparer, rows);
  const others = Math.max(0, pairsInAll - blocked.pairs);
  let now = startOf(basis, chance, drawn, pairsInAll);
  for (let round = 0; round < 2; round++) {
    const m = yield* part(0.9, 0.95, learnByRules(rules, now, basis));
    const whole = yield* part(
      0.95,
      1,
      learnMixture(blocked.patterns, mixtureOf(m, now, basis), {
        ...optionsOf(basis),
        others,
        isExplaining: true,
      }),
    );
    now = { ...whole, u: chanceWithout(whole, basis, chance, drawn) };
    now = { ...now, h: householdOf(now.m, now.u, basis.shares) };
  }
  return {
    format: 'keepsake-linkage',
    version: 1,
    schema: withReliable(schema, comparer, now.m),
    prior: { same: now.same, household: now.household },
    comparisons: assumed.map((each, i) => ({
      ...each,
      levels: nest(each.levels, now.m[i], now.u[i]),
    })),
    frequencies,
    zones: ZONES,
    blockMax: BLOCK_MAX,
    clusterMax: CLUSTER_MAX,
  };
}

/** Identifiers of which a person has one, unless the records say that they are often wrong. */
function withReliable(
  schema: LinkageSchema,
  { comparisons }: Comparer,
  m: readonly Float64Array[],
): LinkageSchema {
  const doubtful = comparisons.flatMap(({ attribute }, i) =>
    attribute.isUnique && (m[i]?.at(-1) ?? 0) > WRONG_MAX ? [attribute.name] : [],
  );
  const columns = schema.columns.map((column) =>
    doubtful.includes(column.name) ? { ...column, isUnique: false } : column,
  );
  return { columns };
}

/** What is assumed, and the shape of what is learned. */
interface Basis {
  readonly assumedM: readonly Float64Array[];
  readonly assumedU: readonly Float64Array[];
  readonly levels: readonly number[];
  readonly shares: readonly number[];
  readonly worstMax: readonly number[];
}

/** Work as a part of other work, from one share of it to another. */
function* part<T>(from: number, to: number, work: Work<T>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const { done, of } = step.value;
    yield { done: from + ((to - from) * done) / Math.max(1, of), of: 1 };
  }
}

interface Sample {
  readonly patterns: readonly PatternCount[];
  /** Pairs that the patterns stand for. */
  readonly pairs: number;
}

function* sampleBlocked(
  rows: readonly Row[],
  comparer: Comparer,
  blocks: Blocks,
): Generator<Progress, Sample, void> {
  let bound = 0;
  for (const { length } of blocks.rowsOf) bound += (length * (length - 1)) / 2;
  const keepOneOf = Math.max(1, Math.ceil(bound / 2 / BLOCKED_MAX));
  const tally = yield* blockedPairs(rows, comparer, new Partners(blocks), keepOneOf);
  const patterns = tally
    .patterns()
    .map(({ pattern, count }) => ({ pattern, count: count * keepOneOf }));
  return { patterns, pairs: tally.pairs * keepOneOf };
}

interface RuleSample {
  readonly by: readonly number[];
  readonly patterns: readonly PatternCount[];
}

/** Pairs that are equal in what is seldom equal by chance. */
function* equalByRules(
  rows: readonly Row[],
  comparer: Comparer,
): Generator<Progress, readonly RuleSample[], void> {
  const all: RuleSample[] = [];
  for (const by of trainingRules(comparer)) {
    const tally = yield* equalPairs(rows, comparer, by, EQUAL_MAX);
    if (tally.pairs > 0) all.push({ by, patterns: tally.patterns() });
  }
  return all;
}

function trainingRules(comparer: Comparer): readonly (readonly number[])[] {
  const kinds = comparer.comparisons.map(({ attribute }) => attribute.kind);
  const first = (kind: ColumnKind): number => kinds.indexOf(kind);
  const pairs = [
    [first('given'), first('surname')],
    [first('surname'), first('street')],
    [first('surname'), first('postcode')],
    [first('given'), first('postcode')],
  ];
  const single = kinds.flatMap((kind, i) =>
    ['birth', 'email', 'phone', 'identifier'].includes(kind) ? [[i]] : [],
  );
  return [...pairs.filter((rule) => !rule.includes(-1)), ...single];
}

/** The mean of what each rule teaches, by the pairs of one person that it found. */
function* learnByRules(
  rules: readonly RuleSample[],
  now: Mixture,
  basis: Basis,
): Work<readonly Float64Array[]> {
  const sums = basis.assumedM.map((levels) => levels.map((m) => m * ASSUMED_SAME));
  const weights = basis.assumedM.map(() => ASSUMED_SAME);
  for (const { by, patterns } of rules) {
    const excluded = new Set(by);
    const start = { ...now, same: 0.3, household: now.household === 0 ? 0 : 0.1 };
    const learned = yield* learnMixture(patterns, start, {
      ...optionsOf(basis),
      excluded,
      others: 0,
      isExplaining: false,
    });
    learned.m.forEach((levels, i) => {
      if (excluded.has(i)) return;
      weights[i] = (weights[i] ?? 0) + learned.matches;
      levels.forEach((m, l) => {
        const sum = sums[i];
        if (sum !== undefined) sum[l] = (sum[l] ?? 0) + m * learned.matches;
      });
    });
  }
  return sums.map((levels, i) => levels.map((sum) => sum / (weights[i] ?? 1)));
}

function optionsOf(basis: Basis): Omit<EmOptions, 'others' | 'isExplaining'> {
  return {
    excluded: new Set(),
    levels: basis.levels,
    assumed: basis.assumedM,
    assumedPairs: ASSUMED_SAME,
    assumedU: basis.assumedU,
    worstMax: basis.worstMax,
    stepsMax: STEPS_MAX,
  };
}

function startOf(
  basis: Basis,
  chance: readonly (number | undefined)[],
  drawn: readonly Float64Array[],
  pairsInAll: number,
): Mixture {
  const start = { m: basis.assumedM, u: basis.assumedU, h: [], same: 0, household: 0 };
  const u = chanceWithout(start, basis, chance, drawn);
  const canShare = basis.shares.some((share) => share > 0.5) && basis.worstMax.some((m) => m < 1);
  // Each twentieth record is there twice, or lives with another.
  const share = Math.min(0.05, Math.sqrt(2 * pairsInAll) / 20 / pairsInAll);
  const h = householdOf(basis.assumedM, u, basis.shares);
  return { m: basis.assumedM, u, h, same: share, household: canShare ? share : 0 };
}

function mixtureOf(m: readonly Float64Array[], now: Mixture, basis: Basis): Mixture {
  return { ...now, m, h: householdOf(m, now.u, basis.shares) };
}

function householdOf(
  m: readonly Float64Array[],
  u: readonly Float64Array[],
  shares: readonly number[],
): readonly Float64Array[] {
  return u.map((levels, i) => {
    const share = shares[i] ?? 0;
    return levels.map((each, l) => share * (m[i]?.[l] ?? 0) + (1 - share) * each);
  });
}

/**
 * u from random pairs, without those among them that are one person: they are few, but nearly all
 * that agree in what is rare. Rates of equal values are exact where they are given. What holds where
 * an earlier comparison agreed is kept.
 */
function chanceWithout(
  { m, u, same }: Mixture,
  basis: Basis,
  chance: readonly (number | undefined)[],
  drawn: readonly Float64Array[],
): readonly Float64Array[] {
  return basis.assumedU.map((assumed, i) => {
    const size = basis.levels[i] ?? assumed.length;
    const seen = Float64Array.from((drawn[i] ?? assumed).subarray(0, size));
    const total = sumOf(seen);
    const rate = chance[i];
    if (rate !== undefined) seen[0] = rate * total;
    const ofOne = total * same;
    const left = seen.map((count, l) => {
      const guess = (assumed[l] ?? 0) * ASSUMED_DIFFERENT;
      return Math.max(0, count - ofOne * (m[i]?.[l] ?? 0)) + guess;
    });
    const sum = sumOf(left);
    const result = Float64Array.from(u[i] ?? assumed);
    result.set(left.map((each) => each / sum));
    return result;
  });
}

function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** How often two values of a comparison are equal, over all pairs; undefined where it depends on others. */
function equalRates(comparer: Comparer, rows: readonly Row[]): readonly (number | undefined)[] {
  return comparer.comparisons.map(({ after }, i) => {
    if (after.length > 0) return undefined;
    const counts = countsOf(rows, i);
    let [total, equal] = [0, 0];
    for (const count of counts.values()) {
      total += count;
      equal += count * (count - 1);
    }
    return total < 2 ? undefined : equal / (total * (total - 1));
  });
}

function countsOf(rows: readonly Row[], comparison: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = row[comparison] ?? -1;
    if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function frequenciesOf(
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

function nest(
  levels: LinkageModel['comparisons'][number]['levels'],
  m: Float64Array | undefined,
  u: Float64Array | undefined,
): LinkageModel['comparisons'][number]['levels'] {
  invariant(m !== undefined && u !== undefined, 'every comparison was learned');
  let at = 0;
  return levels.map((list) =>
    list.map(({ name }) => {
      const level = { name, m: m[at] ?? 0, u: u[at] ?? 0 };
      at++;
      return level;
    }),
  );
}
