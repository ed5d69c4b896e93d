import { invariant, type Work } from '@keepsake/kernel';
import { Blocker } from './blocking.ts';
import { type Blocks, buildBlocks, Partners } from './blocks.ts';
import { Chance, frequenciesOf } from './chance.ts';
import { Comparer, type Row } from './comparer.ts';
import {
  assumedComparison,
  BLOCK_MAX,
  CLUSTER_MAX,
  isShareLearned,
  sharesOf,
  ZONES,
} from './defaults.ts';
import { type EmOptions, learnMixture, type Mixture, type PatternCount } from './em.ts';
import type { ColumnKind, LinkageModel, LinkageRecord, LinkageSchema } from './model.ts';
import { blockedPairs, equalPairs, levelCounts, PatternTally, randomPairs } from './pairs.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { chooseSchema } from './schema.ts';
import { partOf } from './work.ts';

/** How a model is trained. */
export interface TrainOptions {
  /** What the columns hold; told by names and contents where it is left out. */
  readonly schema?: LinkageSchema;
  /** Of the random pairs. */
  readonly seed?: number;
}

const RANDOM_MAX = 120_000;
const EQUAL_MAX = 30_000;
const BLOCKED_MAX = 250_000;
const SEED = 20_240_229;
/** Weight of what is assumed of m, in pairs. */
const ASSUMED_SAME = 20;
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
  const profiles = yield* partOf(0, 0.1, profilesOf(records, comparer));
  const rows = profiles.map(({ row }) => row);
  const blocks = yield* partOf(0.1, 0.2, buildBlocks(rows, new Blocker(comparer), BLOCK_MAX));
  const prepared = { schema, comparer, profiles, blocks };
  return yield* partOf(0.2, 1, trainOn(prepared, options.seed));
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
    isShareLearned: comparer.comparisons.map(({ attribute }) => isShareLearned(attribute.kind)),
    worstMax: comparer.comparisons.map(({ attribute }) => WORST_MAX[attribute.kind] ?? 1),
  };
  const random = yield* partOf(0, 0.3, randomPairs(rows, comparer, { most: RANDOM_MAX, seed }));
  const drawn = levelCounts(random.patterns(), sizes);
  const blocked = yield* partOf(0.3, 0.8, sampleBlocked(profiles, comparer, blocks));
  const rules = yield* partOf(0.8, 0.9, equalByRules(rows, comparer));
  const frequencies = frequenciesOf(comparer, rows);
  const chance = new Chance(comparer, rows, drawn);
  const others = Math.max(0, pairsInAll - blocked.pairs);
  let now = startOf(basis, chance, pairsInAll);
  let matches = 0;
  for (let round = 0; round < 2; round++) {
    const m = yield* partOf(0.9, 0.95, learnByRules(rules, now, basis));
    const whole = yield* partOf(
      0.95,
      1,
      learnMixture(
        blocked.patterns,
        { ...now, m },
        {
          ...optionsOf(basis),
          others,
          isExplaining: true,
        },
      ),
    );
    now = { ...whole, u: chance.without(whole) };
    matches = whole.matches;
  }
  return {
    format: 'keepsake-linkage',
    version: 1,
    schema: withReliable(schema, comparer, basis, { m: now.m, matches }),
    prior: { same: now.same, household: now.household },
    comparisons: assumed.map((each, i) => ({
      ...each,
      share: now.shares[i] ?? 0,
      levels: nest(each.levels, now.m[i], now.u[i]),
    })),
    frequencies,
    zones: ZONES,
    blockMax: BLOCK_MAX,
    clusterMax: CLUSTER_MAX,
  };
}

/** Identifiers of which a person has one, unless the records show that they are often wrong. */
function withReliable(
  schema: LinkageSchema,
  { comparisons }: Comparer,
  { assumedM }: Basis,
  { m, matches }: { readonly m: readonly Float64Array[]; readonly matches: number },
): LinkageSchema {
  const wrong = comparisons.map((_, i) => {
    const seen = (m[i]?.at(-1) ?? 0) * (matches + ASSUMED_SAME);
    return seen - (assumedM[i]?.at(-1) ?? 0) * ASSUMED_SAME;
  });
  const doubtful = comparisons.flatMap(({ attribute }, i) =>
    (wrong[i] ?? 0) > Math.max(1, WRONG_MAX * matches) ? [attribute.name] : [],
  );
  const columns = schema.columns.map((column) =>
    column.isUnique === true && doubtful.includes(column.name)
      ? { ...column, isUnique: false }
      : column,
  );
  return { columns };
}

/** What is assumed, and the shape of what is learned. */
interface Basis {
  readonly assumedM: readonly Float64Array[];
  readonly assumedU: readonly Float64Array[];
  readonly levels: readonly number[];
  readonly shares: readonly number[];
  readonly isShareLearned: readonly boolean[];
  readonly worstMax: readonly number[];
}

interface Sample {
  readonly patterns: readonly PatternCount[];
  /** Pairs of different records that the patterns stand for. */
  readonly pairs: number;
}

/**
 * Records that say exactly the same are compared as one, but teach as well: each is paired with the
 * first of them.
 */
function* sampleBlocked(
  profiles: readonly Profile[],
  comparer: Comparer,
  blocks: Blocks,
): Work<Sample> {
  const rows = profiles.map(({ row }) => row);
  let bound = 0;
  for (const { length } of blocks.rowsOf) bound += (length * (length - 1)) / 2;
  const keepOneOf = Math.max(1, Math.ceil(bound / 2 / BLOCKED_MAX));
  const tally = yield* blockedPairs(rows, comparer, new Partners(blocks), keepOneOf);
  const drawn = tally
    .patterns()
    .map(({ pattern, count }) => ({ pattern, count: count * keepOneOf }));
  const copies = new PatternTally(comparer);
  for (const { ids, row } of profiles) if (ids.length > 1) copies.add(row, row, ids.length - 1);
  const pairs = tally.pairs * keepOneOf;
  return { patterns: [...drawn, ...copies.patterns()], pairs };
}

interface RuleSample {
  readonly by: readonly number[];
  readonly patterns: readonly PatternCount[];
}

/** Pairs that are equal in what is seldom equal by chance. */
function* equalByRules(rows: readonly Row[], comparer: Comparer): Work<readonly RuleSample[]> {
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
    assumedShares: basis.shares,
    isShareLearned: basis.isShareLearned,
    worstMax: basis.worstMax,
    stepsMax: STEPS_MAX,
  };
}

function startOf(basis: Basis, chance: Chance, pairsInAll: number): Mixture {
  const { assumedM, assumedU, shares } = basis;
  const start = { m: assumedM, u: assumedU, shares, same: 0, household: 0 };
  const u = chance.without(start);
  const canShare = basis.shares.some((share) => share > 0.5) && basis.worstMax.some((m) => m < 1);
  // Each twentieth record is there twice, or lives with another.
  const share = Math.min(0.05, Math.sqrt(2 * pairsInAll) / 20 / pairsInAll);
  return { ...start, u, same: share, household: canShare ? share : 0 };
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
