import { fingerprints } from './component-cache.ts';
import type { Propagation } from './propagation.ts';

/** Numbers before the variables of a component: the variable to decide, how many, fingerprint. */
const HEADER = 6;
/** Ranks that a constraint on a variable makes up for: it is decided the earlier, the more bind it. */
const RANKS_PER_CONSTRAINT = 0.1;

/**
 * Which open variables still depend on each other. Components lie on a stack of numbers, each at a
 * place: header, variables. Those of a component that is decided on are pushed above it and dropped
 * when the decision is taken back.
 */
export class Components {
  /** Where the stack ends. */
  top = 0;
  /** Open variables that nothing binds any more, as the last split found them. */
  readonly free: number[] = [];
  #stack = new Int32Array(1 << 12);
  readonly #propagation: Propagation;
  /** Words of each variable, then of each clause. */
  readonly #words: Int32Array;
  readonly #seen: Int32Array;
  readonly #seenClause: Int32Array;
  readonly #seenExclusion: Int32Array;
  readonly #rank: Float64Array;
  #epoch = 0;

  /** `rank`: of each variable, decided first where it is least. */
  constructor(propagation: Propagation, rank: Float64Array) {
    this.#propagation = propagation;
    this.#rank = rank;
    const variables = propagation.value.length / 2;
    this.#words = fingerprints(variables + propagation.trues.length);
    this.#seen = new Int32Array(variables);
    this.#seenClause = new Int32Array(propagation.trues.length);
    this.#seenExclusion = new Int32Array(propagation.exclusions.at.length);
  }

  /** The variable to decide of the component at a place. */
  choice(place: number): number {
    return this.#stack[place] ?? 0;
  }

  /** How many variables the component at a place has. */
  width(place: number): number {
    return this.#stack[place + 1] ?? 0;
  }

  /** Writes the fingerprint of the component at a place. */
  readKey(place: number, key: Int32Array): void {
    key.set(this.#stack.subarray(place + 2, place + HEADER));
  }

  /** Puts all variables on the stack as if they were one component. */
  pushAll(): number {
    const place = this.top;
    const count = this.#seen.length;
    this.#room(HEADER + count);
    this.#stack[place + 1] = count;
    for (let v = 0; v < count; v++) this.#stack[place + HEADER + v] = v;
    this.top += HEADER + count;
    return place;
  }

  /** Pushes what became of the component at a place; answers where each of its parts lies. */
  split(place: number): number[] {
    const { value } = this.#propagation;
    const places: number[] = [];
    const epoch = ++this.#epoch;
    this.free.length = 0;
    const end = place + HEADER + this.width(place);
    for (let at = place + HEADER; at < end; at++) {
      const v = this.#stack[at] ?? 0;
      if (value[2 * v] !== 0 || this.#seen[v] === epoch) continue;
      const part = this.#spread(v, epoch);
      if (part >= 0) places.push(part);
      else this.free.push(v);
    }
    this.#propagation.steps += end - place;
    return places;
  }

  #room(more: number): void {
    if (this.top + more <= this.#stack.length) return;
    const larger = new Int32Array(Math.max(this.top + more, this.#stack.length * 2));
    larger.set(this.#stack);
    this.#stack = larger;
  }

  /** Pushes the component of a variable; -1, and nothing, where it is alone. */
  #spread(first: number, epoch: number): number {
    const place = this.top;
    this.#room(HEADER + this.#seen.length);
    const stack = this.#stack;
    stack.fill(0, place, place + HEADER);
    this.top += HEADER;
    this.#reach(first, epoch);
    let choice = first;
    let best = Number.POSITIVE_INFINITY;
    for (let at = place + HEADER; at < this.top; at++) {
      const v = stack[at] ?? 0;
      this.#mix(place, v);
      const weight = this.#visit(v, place, epoch);
      const score = (this.#rank[v] ?? 0) - weight * RANKS_PER_CONSTRAINT;
      if (score < best) [choice, best] = [v, score];
    }
    const count = this.top - place - HEADER;
    if (count === 1) {
      this.top = place;
      return -1;
    }
    stack[place] = choice;
    stack[place + 1] = count;
    return place;
  }

  #mix(place: number, item: number): void {
    const stack = this.#stack;
    for (let w = 0; w < 4; w++) {
      stack[place + 2 + w] = (stack[place + 2 + w] ?? 0) ^ (this.#words[4 * item + w] ?? 0);
    }
  }

  #reach(v: number, epoch: number): void {
    if (this.#seen[v] === epoch) return;
    this.#seen[v] = epoch;
    this.#stack[this.top++] = v;
  }

  /** Reaches the open neighbours of a variable; answers how many constraints bind it. */
  #visit(v: number, place: number, epoch: number): number {
    const { value, implied } = this.#propagation;
    const [from, to] = [implied.at[2 * v] ?? 0, implied.at[2 * v + 2] ?? 0];
    let weight = 0;
    for (let e = from; e < to; e++) {
      const other = implied.items[e] ?? 0;
      if (value[other] !== 0) continue;
      weight++;
      this.#reach(other >> 1, epoch);
    }
    this.#propagation.steps += to - from;
    return weight + this.#visitExclusions(v, epoch) + this.#visitClauses(v, place, epoch);
  }

  #reachAll(items: Int32Array, from: number, to: number, epoch: number): void {
    const { value } = this.#propagation;
    for (let i = from; i < to; i++) {
      const lit = items[i] ?? 0;
      if (value[lit] === 0) this.#reach(lit >> 1, epoch);
    }
    this.#propagation.steps += to - from;
  }

  #visitExclusions(v: number, epoch: number): number {
    const { excludedBy, exclusions } = this.#propagation;
    const [from, to] = [excludedBy.at[2 * v] ?? 0, excludedBy.at[2 * v + 2] ?? 0];
    for (let e = from; e < to; e++) {
      const row = excludedBy.items[e] ?? 0;
      if (this.#seenExclusion[row] === epoch) continue;
      this.#seenExclusion[row] = epoch;
      const [start, end] = [exclusions.at[row] ?? 0, exclusions.at[row + 1] ?? 0];
      this.#reachAll(exclusions.items, start, end, epoch);
    }
    return to - from;
  }

  #visitClauses(v: number, place: number, epoch: number): number {
    const { occurrences, clauses, trues } = this.#propagation;
    const [from, to] = [occurrences.at[2 * v] ?? 0, occurrences.at[2 * v + 2] ?? 0];
    let weight = 0;
    for (let e = from; e < to; e++) {
      const row = occurrences.items[e] ?? 0;
      if (trues[row] !== 0) continue;
      weight++;
      if (this.#seenClause[row] === epoch) continue;
      this.#seenClause[row] = epoch;
      this.#mix(place, this.#seen.length + row);
      const [start, end] = [clauses.at[row] ?? 0, clauses.at[row + 1] ?? 0];
      this.#reachAll(clauses.items, start, end, epoch);
    }
    this.#propagation.steps += to - from;
    return weight;
  }
}
