import type { Circuit } from './circuit.ts';

/** A node of a circuit that is being made. */
export type Node = number;

function grown<T extends Int32Array | Uint8Array>(array: T, make: (length: number) => T): T {
  const larger = make(array.length * 2);
  larger.set(array);
  return larger;
}

/** Gates after which a slice ends. */
const SLICE = 4096;

/** By gate: how many gates use it, and how many of those are of its kind. */
interface Uses {
  readonly uses: Int32Array;
  readonly alike: Int32Array;
}

/**
 * Collects the gates of a circuit, children first. What is known to hold or never to hold is left
 * out at once; what no root reaches is dropped at the end.
 */
export class CircuitBuilder {
  /** Holds always. */
  readonly yes: Node;
  /** Holds never. */
  readonly no: Node;
  readonly #options: number;
  #isSum = new Uint8Array(1024);
  #childAt = new Int32Array(1025);
  #children = new Int32Array(4096);
  #gates = 0;

  constructor(options: number) {
    this.#options = options;
    this.yes = this.#gate([], 0, 0);
    this.no = this.#gate([], 0, 1);
  }

  /** Children of all gates so far: what a budget of memory is held against. */
  get edges(): number {
    return this.#childAt[this.#gates] ?? 0;
  }

  /** How many gates there are; `forget` takes it. */
  get mark(): number {
    return this.#gates;
  }

  /** Drops the gates made since there were so many. */
  forget(mark: number): void {
    this.#gates = mark;
  }

  /** All of `nodes` from `from` on. Their variables are different. */
  all(nodes: ArrayLike<Node>, from = 0): Node {
    let [kept, only] = [0, this.yes];
    for (let i = from; i < nodes.length; i++) {
      const node = nodes[i] ?? this.yes;
      if (node === this.no) return this.no;
      if (node === this.yes) continue;
      kept++;
      only = node;
    }
    return kept <= 1 ? only : this.#gate(nodes, from, 0);
  }

  /** One of `nodes`; they exclude each other and mention the same variables. */
  oneOf(nodes: ArrayLike<Node>): Node {
    return nodes.length === 1 ? (nodes[0] ?? this.no) : this.#gate(nodes, 0, 1);
  }

  /** One or the other. They exclude each other and mention the same variables. */
  either(a: Node, b: Node): Node {
    if (a === this.no) return b;
    if (b === this.no || (a === this.yes && b === this.yes)) return a;
    return this.#gate([a, b], 0, 1);
  }

  #gate(nodes: ArrayLike<Node>, from: number, isSum: 0 | 1): Node {
    const gate = this.#gates++;
    let at = this.#childAt[gate] ?? 0;
    while (at + nodes.length - from > this.#children.length) {
      this.#children = grown(this.#children, (length) => new Int32Array(length));
    }
    for (let i = from; i < nodes.length; i++) {
      const node = nodes[i] ?? 0;
      if (node !== this.yes) this.#children[at++] = node;
    }
    if (gate + 2 > this.#isSum.length) {
      this.#isSum = grown(this.#isSum, (length) => new Uint8Array(length));
      this.#childAt = grown(this.#childAt, (length) => new Int32Array(length + 1));
    }
    this.#isSum[gate] = isSum;
    this.#childAt[gate + 1] = at;
    return this.#options + gate;
  }

  /** Of each gate: how many gates under the root use it, and whether one of its own kind does. */
  *#uses(root: number): Generator<undefined, Uses> {
    const uses = new Int32Array(this.#gates);
    const alike = new Int32Array(this.#gates);
    uses[root] = 1;
    for (let gate = root; gate >= 0; gate--) {
      if (gate % SLICE === 0) yield;
      if (uses[gate] !== 0) this.#countUses(gate, uses, alike);
    }
    return { uses, alike };
  }

  #countUses(gate: number, uses: Int32Array, alike: Int32Array): void {
    for (let e = this.#childAt[gate] ?? 0; e < (this.#childAt[gate + 1] ?? 0); e++) {
      const child = (this.#children[e] ?? 0) - this.#options;
      if (child < 0) continue;
      uses[child] = (uses[child] ?? 0) + 1;
      if (this.#isSum[child] === this.#isSum[gate]) alike[child] = (alike[child] ?? 0) + 1;
    }
  }

  /** What a gate and those merged into it have as children, under their new names. */
  #childrenOf(gate: number, isMerged: (gate: number) => boolean, renamed: Int32Array): Node[] {
    const options = this.#options;
    const children: Node[] = [];
    const open = [gate];
    for (let g = open.pop(); g !== undefined; g = open.pop()) {
      for (let e = this.#childAt[g] ?? 0; e < (this.#childAt[g + 1] ?? 0); e++) {
        const child = this.#children[e] ?? 0;
        if (child < options) children.push(child);
        else if (isMerged(child - options)) open.push(child - options);
        else children.push(renamed[child - options] ?? 0);
      }
    }
    return children;
  }

  /**
   * The circuit under a root: without what the root does not reach, and with gates that only one
   * gate of their own kind uses merged into it. Linear.
   */
  *finish(root: Node): Generator<undefined, Circuit> {
    const options = this.#options;
    const top = root < options ? this.#gate([root], 0, 0) : root;
    const last = top - options;
    const { uses, alike } = yield* this.#uses(last);
    const isMerged = (gate: number): boolean =>
      gate !== last && uses[gate] === 1 && alike[gate] === 1;
    const renamed = new Int32Array(last + 1);
    const isSum: number[] = [];
    const childAt = [0];
    const children: number[] = [];
    for (let gate = 0; gate <= last; gate++) {
      if (gate % SLICE === 0) yield;
      if (uses[gate] === 0 || isMerged(gate)) continue;
      for (const child of this.#childrenOf(gate, isMerged, renamed)) children.push(child);
      renamed[gate] = options + isSum.length;
      isSum.push(this.#isSum[gate] ?? 0);
      childAt.push(children.length);
    }
    return {
      options,
      isSum: Uint8Array.from(isSum),
      childAt: Int32Array.from(childAt),
      children: Int32Array.from(children),
    };
  }
}
