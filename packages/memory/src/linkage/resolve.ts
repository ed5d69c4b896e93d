import type { Work } from '@keepsake/kernel';
import { assemble } from './assemble.ts';
import { Blocker } from './blocking.ts';
import { buildBlocks, Partners } from './blocks.ts';
import type { Bond } from './cluster.ts';
import { Comparer } from './comparer.ts';
import { BLOCK_MAX } from './defaults.ts';
import type { LinkageModel, LinkageRecord, NotSame, Resolved } from './model.ts';
import { SLICE } from './pairs.ts';
import { components, Pool } from './pool.ts';
import { profilesOf } from './profiles.ts';
import { chooseSchema } from './schema.ts';
import { Scorer } from './scorer.ts';
import { type TrainOptions, trainOn } from './train.ts';
import { partOf } from './work.ts';

/** How records are resolved. */
export interface ResolveOptions extends TrainOptions {
  /** Used as it is; learned from the records where it is left out. */
  readonly model?: LinkageModel;
  /** Pairs that are never one person. */
  readonly notSame?: readonly NotSame[];
}

/**
 * Who among the records is one person. Under a given model the answer depends on the set of records
 * alone, and is what `createLinkageIndex` comes to; without one the model is learned first, and is
 * part of the answer. Throws RangeError where an id is there twice. Cost: pairs that share a block.
 */
export function* resolveRecords(
  records: readonly LinkageRecord[],
  options: ResolveOptions = {},
): Work<Resolved> {
  const schema = options.model?.schema ?? options.schema ?? chooseSchema(records);
  const comparer = new Comparer(schema);
  const apart = options.notSame ?? [];
  const told = new Set(apart.flat());
  const profiles = yield* partOf(0, 0.05, profilesOf(records, comparer, told));
  const rows = profiles.map(({ row }) => row);
  const blockMax = options.model?.blockMax ?? BLOCK_MAX;
  const blocks = yield* partOf(0.05, 0.1, buildBlocks(rows, new Blocker(comparer), blockMax));
  const prepared = { schema, comparer, profiles, blocks };
  const model = options.model ?? (yield* partOf(0.1, 0.5, trainOn(prepared, options.seed)));
  const scorer = new Scorer(model, comparer);
  const pool = new Pool(scorer, profiles, apart);
  const found = yield* findBonds(pool, new Partners(blocks));
  return yield* gather(pool, found.bonds, found.pairs);
}

/** Compares all pairs that share a block. */
function* findBonds(
  pool: Pool,
  partners: Partners,
): Work<{ readonly bonds: readonly Bond[]; readonly pairs: number }> {
  const bonds: Bond[] = [];
  const { length } = pool.profiles;
  let pairs = 0;
  let told = 0;
  for (let node = 0; node < length; node++) {
    partners.after(node, (partner) => {
      pairs++;
      const bond = pool.bondOf(node, partner);
      if (bond !== undefined) bonds.push(bond);
    });
    if (pairs - told < SLICE) continue;
    told = pairs;
    yield { done: 0.5 + (0.45 * node) / length, of: 1 };
  }
  return { bonds, pairs };
}

/** Makes persons of bonds, one component after the other. */
function* gather(pool: Pool, bonds: readonly Bond[], pairs: number): Work<Resolved> {
  const same = bonds.filter((bond) => pool.isSame(bond));
  const rootOf = components(pool.profiles.length, same);
  const nodesOf = groupBy(rootOf.keys(), (node) => rootOf[node] ?? node);
  const bondsOf = groupBy(same, ({ a }) => rootOf[a] ?? a);
  const clusters: (readonly number[])[] = [];
  for (const [root, nodes] of nodesOf) {
    clusters.push(...pool.settle(nodes, bondsOf.get(root) ?? []));
    if (clusters.length % SLICE === 0) yield { done: 0.95, of: 1 };
  }
  return assemble(pool, { bonds, clusters, pairs });
}

function groupBy<T>(all: Iterable<T>, keyOf: (each: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
