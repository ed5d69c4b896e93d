import { compareText } from '../order.ts';
import { assemble, compareReview } from './assemble.ts';
import { Blocker } from './blocking.ts';
import type { Bond } from './cluster.ts';
import type { Row } from './comparer.ts';
import type { LinkageEdge, LinkageModel, LinkageRecord, NotSame, Resolved } from './model.ts';
import { Pool } from './pool.ts';
import { Scorer } from './scorer.ts';

/** What one record more or less changed. */
export interface LinkageChange {
  /** Persons that were and are no more, as their sorted members; without those of one record that was new. */
  readonly before: readonly (readonly string[])[];
  /** Persons that are and were not, in the same way. */
  readonly after: readonly (readonly string[])[];
  /** Pairs of the record that may be one person and are apart, the most probable first. */
  readonly review: readonly LinkageEdge[];
  /** How many pairs were compared for it. */
  readonly pairs: number;
}

/** Persons under a model that is never changed, kept up to date record by record. */
export interface LinkageIndex {
  /** Takes a record in. Throws RangeError where its id is there. */
  add(record: LinkageRecord): LinkageChange;
  /** Takes a record out, as if it had never been. Throws RangeError where its id is not there. */
  remove(id: string): LinkageChange;
  /** What `resolveRecords` answers for the records that are in, but for the number of pairs. */
  resolved(): Resolved;
}

/**
 * An index without records. Whatever order they come in, its answer is that of `resolveRecords`
 * under the same model. Cost of a record: the blocks that it is in, each up to `blockMax`.
 */
export function createLinkageIndex(
  model: LinkageModel,
  options: { readonly notSame?: readonly NotSame[] } = {},
): LinkageIndex {
  return new Index(model, options.notSame ?? []);
}

interface MutableProfile {
  readonly ids: string[];
  readonly row: Row;
}

class Index implements LinkageIndex {
  readonly #pool: Pool;
  readonly #blocker: Blocker;
  readonly #apart: ReadonlySet<string>;
  readonly #profiles: MutableProfile[] = [];
  readonly #nodeByRow = new Map<string, number>();
  readonly #nodeById = new Map<string, number>();
  readonly #blocks = new Map<string, Set<number>>();
  readonly #keysOf: (readonly string[])[] = [];
  /** Bits of bonds, from both ends. */
  readonly #bonds: Map<number, number>[] = [];
  readonly #clusterOf: (readonly number[])[] = [];
  #pairs = 0;

  constructor(model: LinkageModel, notSame: readonly NotSame[]) {
    this.#pool = new Pool(new Scorer(model), this.#profiles, notSame);
    this.#blocker = new Blocker(this.#pool.scorer.comparer);
    this.#apart = new Set(notSame.flat());
  }

  add(record: LinkageRecord): LinkageChange {
    const { id } = record;
    if (this.#nodeById.has(id)) throw new RangeError(`two records have the id '${id}'`);
    const pairs = this.#pairs;
    const row = this.#pool.scorer.prepare(record);
    const key = this.#rowKey(id, row);
    const known = this.#nodeByRow.get(key);
    const node = known ?? this.#profiles.length;
    this.#nodeById.set(id, node);
    if (known !== undefined) {
      const was = this.#remember([known]);
      insert(this.#profiles[known]?.ids ?? [], id);
      return this.#change(node, this.#settle([node], was), pairs);
    }
    this.#profiles.push({ ids: [id], row });
    this.#nodeByRow.set(key, node);
    this.#keysOf.push(this.#blocker.keysOf(row));
    this.#bonds.push(new Map());
    const alone = [node];
    this.#clusterOf.push(alone);
    const touched = this.#enterBlocks(node);
    return this.#change(node, this.#settle([node, ...touched], new Map([[alone, []]])), pairs);
  }

  remove(id: string): LinkageChange {
    const node = this.#nodeById.get(id);
    const profile = this.#profiles[node ?? -1];
    if (node === undefined || profile === undefined) {
      throw new RangeError(`no record has the id '${id}'`);
    }
    const pairs = this.#pairs;
    const was = this.#remember([node]);
    this.#nodeById.delete(id);
    profile.ids.splice(profile.ids.indexOf(id), 1);
    if (profile.ids.length > 0) return this.#change(node, this.#settle([node], was), pairs);
    this.#nodeByRow.delete(this.#rowKey(id, profile.row));
    const others = new Set([
      ...(this.#bonds[node]?.keys() ?? []),
      ...(this.#clusterOf[node] ?? []),
    ]);
    for (const other of this.#bonds[node]?.keys() ?? []) this.#drop(node, other);
    for (const opened of this.#leaveBlocks(node)) others.add(opened);
    others.delete(node);
    this.#clusterOf[node] = [];
    return this.#change(node, this.#settle([...others], was), pairs);
  }

  resolved(): Resolved {
    const clusters = new Set(this.#clusterOf.filter(({ length }) => length > 0));
    const bonds: Bond[] = [];
    this.#bonds.forEach((others, node) => {
      for (const [other, bits] of others) {
        if (node < other) bonds.push(this.#pool.inOrder(node, other, bits));
      }
    });
    return assemble(this.#pool, { bonds, clusters, pairs: this.#pairs });
  }

  #rowKey(id: string, row: Row): string {
    return this.#apart.has(id) ? `!${id}` : row.join();
  }

  /** Puts a node into its blocks and compares it; answers the nodes whose bonds changed. */
  #enterBlocks(node: number): readonly number[] {
    const touched = new Set<number>();
    const partners = new Set<number>();
    const { blockMax } = this.#pool.scorer.model;
    const keys = this.#keysOf[node] ?? [];
    for (const key of keys) {
      const block = this.#blocks.get(key) ?? new Set();
      this.#blocks.set(key, block);
      block.add(node);
      if (block.size === blockMax + 1) this.#closeBlock(block, touched);
    }
    for (const key of keys) {
      const block = this.#blocks.get(key);
      if (block !== undefined && block.size <= blockMax)
        for (const each of block) partners.add(each);
    }
    partners.delete(node);
    for (const partner of partners) this.#compare(node, partner, touched);
    return [...touched];
  }

  /** A block has grown too large: bonds that were found through it alone are gone. */
  #closeBlock(block: ReadonlySet<number>, touched: Set<number>): void {
    for (const node of block) {
      for (const other of [...(this.#bonds[node]?.keys() ?? [])]) {
        if (!block.has(other) || this.#sharesBlock(node, other)) continue;
        this.#drop(node, other);
        touched.add(node).add(other);
      }
    }
  }

  /** Takes a node out of its blocks; answers the nodes whose bonds changed. */
  #leaveBlocks(node: number): readonly number[] {
    const touched = new Set<number>();
    const { blockMax } = this.#pool.scorer.model;
    for (const key of this.#keysOf[node] ?? []) {
      const block = this.#blocks.get(key);
      block?.delete(node);
      if (block?.size === 0) this.#blocks.delete(key);
      if (block?.size === blockMax) this.#openBlock([...block], touched);
    }
    this.#keysOf[node] = [];
    return [...touched];
  }

  /** A block is no longer too large. */
  #openBlock(block: readonly number[], touched: Set<number>): void {
    block.forEach((node, i) => {
      for (const other of block.slice(i + 1)) {
        if (this.#bonds[node]?.has(other) !== true) this.#compare(node, other, touched);
      }
    });
  }

  #compare(node: number, other: number, touched: Set<number>): void {
    this.#pairs++;
    const bond = this.#pool.bondOf(node, other);
    if (bond === undefined) return;
    this.#bonds[node]?.set(other, bond.bits);
    this.#bonds[other]?.set(node, bond.bits);
    touched.add(node).add(other);
  }

  #drop(a: number, b: number): void {
    this.#bonds[a]?.delete(b);
    this.#bonds[b]?.delete(a);
  }

  #sharesBlock(a: number, b: number): boolean {
    const { blockMax } = this.#pool.scorer.model;
    return (this.#keysOf[a] ?? []).some((key) => {
      const block = this.#blocks.get(key);
      return block !== undefined && block.size <= blockMax && block.has(b);
    });
  }

  /** The persons that nodes are of now. */
  #remember(nodes: readonly number[]): Past {
    const past: Past = new Map();
    for (const node of nodes) {
      const cluster = this.#clusterOf[node] ?? [];
      if (!past.has(cluster)) past.set(cluster, this.#pool.idsOf(cluster));
    }
    return past;
  }

  /** Makes persons anew of all that hangs together with nodes, and says what changed. */
  #settle(nodes: readonly number[], past: Past): Settled {
    const seen = new Set<number>();
    const clusters: (readonly number[])[] = [];
    for (const node of nodes) {
      if (seen.has(node)) continue;
      const members = this.#component(node, seen);
      for (const [cluster, ids] of this.#remember(members)) {
        if (!past.has(cluster)) past.set(cluster, ids);
      }
      clusters.push(...this.#pool.settle(members, this.#bondsAmong(members)));
    }
    for (const cluster of clusters) for (const node of cluster) this.#clusterOf[node] = cluster;
    const before = [...past.values()].flat();
    const after = clusters.flatMap((cluster) => this.#pool.idsOf(cluster));
    return { before: without(before, after), after: without(after, before) };
  }

  /** All nodes that bonds of the zone `same` hold together with one. */
  #component(node: number, seen: Set<number>): readonly number[] {
    const members = [node];
    seen.add(node);
    for (let i = 0; i < members.length; i++) {
      for (const [other, bits] of this.#bonds[members[i] ?? 0] ?? []) {
        if (seen.has(other) || this.#pool.scorer.zoneOf(bits) !== 'same') continue;
        seen.add(other);
        members.push(other);
      }
    }
    return members;
  }

  #bondsAmong(members: readonly number[]): readonly Bond[] {
    return members.flatMap((node) =>
      [...(this.#bonds[node] ?? [])].flatMap(([other, bits]) =>
        node < other && this.#pool.scorer.zoneOf(bits) === 'same'
          ? [this.#pool.inOrder(node, other, bits)]
          : [],
      ),
    );
  }

  #change(node: number, settled: Settled, pairsBefore: number): LinkageChange {
    const review = [...(this.#bonds[node] ?? [])]
      .filter(([other]) => this.#clusterOf[other] !== this.#clusterOf[node])
      .map(([other, bits]) => this.#pool.edgeOf(this.#pool.inOrder(node, other, bits)))
      .sort(compareReview);
    return { ...settled, review, pairs: this.#pairs - pairsBefore };
  }
}

/** Persons as they were, by their nodes. */
type Past = Map<readonly number[], readonly (readonly string[])[]>;

type Settled = Pick<LinkageChange, 'before' | 'after'>;

function insert(ids: string[], id: string): void {
  const at = ids.findIndex((each) => compareText(each, id) > 0);
  ids.splice(at < 0 ? ids.length : at, 0, id);
}

/** Persons of one list that the other does not have, sorted. */
function without(
  all: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const known = new Set(other.map((ids) => JSON.stringify(ids)));
  return all
    .filter((ids) => ids.length > 0 && !known.has(JSON.stringify(ids)))
    .sort((x, y) => compareText(x[0] ?? '', y[0] ?? ''));
}
