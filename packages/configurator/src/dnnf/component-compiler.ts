import type { CircuitBuilder, Node } from './circuit-builder.ts';
import { ComponentCache } from './component-cache.ts';
import { Components } from './components.ts';
import type { Lit } from './formula.ts';
import { type Constraints, Propagation } from './propagation.ts';

/** One component that is being compiled, and how far it has come. */
interface Frame {
  /** Where its component lies. */
  place: number;
  /** The literal of the branch. */
  lit: Lit;
  /** Whether this is the second branch, or the only one. */
  isLast: boolean;
  /** Length of the trail, end of the components and number of nodes before the branch. */
  trail: number;
  top: number;
  nodes: number;
  /** Places of the branch's parts, and how many of them are done. */
  parts: readonly number[];
  done: number;
  /** What the first branch came to. */
  first: Node;
}

/** What to compile and where to. */
export interface CompilerTask extends Constraints {
  readonly builder: CircuitBuilder;
  /** Of each literal: the node that says it. */
  readonly nodes: ArrayLike<Node>;
  /** Of each variable, decided first where it is least. */
  readonly rank: Float64Array;
  /** Components that are remembered at most; a power of two. */
  readonly cacheMax: number;
}

/**
 * Compiles constraints by deciding one variable after the other, with the parts that no longer
 * depend on each other apart and each part only once (Sang et al. 2004; Thurley 2006; the trace as a
 * circuit: Huang, Darwiche 2007). `step` does a little; `root` is there when it answers true.
 */
export class ComponentCompiler {
  root: Node;
  readonly #task: CompilerTask;
  readonly #propagation: Propagation;
  readonly #components: Components;
  readonly #cache: ComponentCache;
  readonly #free: Int32Array;
  readonly #nodes: Node[] = [];
  readonly #frames: Frame[] = [];
  decisions = 0;
  conflicts = 0;
  hits = 0;

  constructor(task: CompilerTask) {
    this.#task = task;
    this.root = task.builder.no;
    this.#propagation = new Propagation(task);
    this.#components = new Components(this.#propagation, task.rank);
    this.#cache = new ComponentCache(task.cacheMax);
    this.#free = new Int32Array(task.variables).fill(-1);
    if (!this.#propagation.isContradiction) {
      const frame = this.#frame(this.#components.pushAll(), true);
      this.#branch(frame, true);
    }
  }

  /** Literals, constraints and variables looked at so far. */
  get steps(): number {
    return this.#propagation.steps;
  }

  /** About how much of the work is done, from 0 to 1. */
  get progress(): number {
    let [sum, share] = [0, 1];
    for (const frame of this.#frames) {
      if (frame.lit >= 0) share /= 2;
      if (frame.isLast && frame.lit >= 0) sum += share;
      const parts = Math.max(1, frame.parts.length);
      sum += (share * Math.max(0, frame.done - 1)) / parts;
      share /= parts;
    }
    return Math.min(1, sum);
  }

  #frame(place: number, isLast: boolean): Frame {
    const frame: Frame = {
      place,
      lit: -1,
      isLast,
      trail: 0,
      top: this.#components.top,
      nodes: this.#nodes.length,
      parts: [],
      done: 0,
      first: this.#task.builder.no,
    };
    this.#frames.push(frame);
    return frame;
  }

  /** Either literal of a variable. */
  #either(v: number): Node {
    const known = this.#free[v] ?? -1;
    if (known >= 0) return known;
    const { builder, nodes } = this.#task;
    const node = builder.either(nodes[2 * v] ?? builder.yes, nodes[2 * v + 1] ?? builder.yes);
    this.#free[v] = node;
    return node;
  }

  /** Begins a branch whose literal was made true, or was not. */
  #branch(frame: Frame, isPossible: boolean): void {
    const { builder, nodes } = this.#task;
    frame.parts = [];
    frame.done = 0;
    if (!isPossible) {
      this.conflicts++;
      this.#nodes.push(builder.no);
      return;
    }
    const { trail, size } = this.#propagation;
    for (let i = frame.trail; i < size; i++) {
      this.#nodes.push(nodes[trail[i] ?? 0] ?? builder.yes);
    }
    frame.parts = this.#components.split(frame.place);
    for (const v of this.#components.free) this.#nodes.push(this.#either(v));
  }

  #decide(frame: Frame, lit: Lit): void {
    this.decisions++;
    frame.lit = lit;
    frame.trail = this.#propagation.size;
    this.#branch(frame, this.#propagation.assume(lit));
  }

  /** Looks at the next part of the innermost component, or ends its branch; true at the very end. */
  step(): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return true;
    const isDead = this.#nodes.at(-1) === this.#task.builder.no && this.#nodes.length > frame.nodes;
    const part = isDead ? undefined : frame.parts[frame.done];
    if (part === undefined) this.#end(frame);
    else {
      frame.done++;
      this.#enter(part);
    }
    return this.#frames.length === 0;
  }

  #enter(place: number): void {
    this.#components.readKey(place, this.#cache.key);
    const known = this.#cache.find();
    if (known >= 0) {
      this.hits++;
      this.#nodes.push(known);
      return;
    }
    this.#decide(this.#frame(place, false), 2 * this.#components.choice(place));
  }

  #end(frame: Frame): void {
    const { builder } = this.#task;
    const node = builder.all(this.#nodes, frame.nodes);
    this.#nodes.length = frame.nodes;
    this.#components.top = frame.top;
    if (frame.lit >= 0) this.#propagation.undo(frame.trail);
    if (!frame.isLast) {
      frame.isLast = true;
      frame.first = node;
      this.#decide(frame, frame.lit ^ 1);
      return;
    }
    this.#frames.pop();
    const whole = builder.either(frame.first, node);
    if (this.#frames.length === 0) {
      this.root = whole;
      return;
    }
    this.#components.readKey(frame.place, this.#cache.key);
    this.#cache.keep(whole);
    this.#nodes.push(whole);
  }
}
