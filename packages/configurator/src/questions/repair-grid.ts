import type { Diagram } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';

/**
 * The levels of a diagram from the first held choice to the last, with what each costs. A state is a
 * set of bits: of which sets to avoid a member has stayed so far.
 */
export interface Grid {
  readonly diagram: Diagram;
  /** The first level with a held choice, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** How many states there are: a power of 2. The last is the one to end in. */
  readonly states: number;
  /** By level: the value held, or -1. */
  readonly valueAt: Int32Array;
  /** By level: what any other value costs; infinite where the choice stays. */
  readonly costAt: Float64Array;
  /** By level: the bits that the held value sets. */
  readonly hitsAt: Int32Array;
}

/** Sets of levels given up; not complete where there were more than asked for. */
export interface Listed {
  readonly sets: readonly (readonly number[])[];
  readonly isComplete: boolean;
}

/** The level of a node, in each state: the least over its edges. */
function fillOpen({ diagram, states }: Grid, level: number, least: Float64Array): void {
  const { nodeAt, edgeAt, children } = diagram;
  const to = nodeAt[level + 1] as number;
  for (let n = nodeAt[level] as number; n < to; n++) {
    const begin = edgeAt[n] as number;
    const end = edgeAt[n + 1] as number;
    for (let s = 0; s < states; s++) {
      let best = Number.POSITIVE_INFINITY;
      for (let e = begin; e < end; e++) {
        const rest = least[(children[e] as number) * states + s] as number;
        if (rest < best) best = rest;
      }
      least[n * states + s] = best;
    }
  }
}

/** As `fillOpen`, at a level with a held choice. */
function fillHeld(grid: Grid, level: number, least: Float64Array): void {
  const { nodeAt, edgeAt, children, values } = grid.diagram;
  const { states } = grid;
  const value = grid.valueAt[level] as number;
  const cost = grid.costAt[level] as number;
  const hits = grid.hitsAt[level] as number;
  const to = nodeAt[level + 1] as number;
  for (let n = nodeAt[level] as number; n < to; n++) {
    const begin = edgeAt[n] as number;
    const end = edgeAt[n + 1] as number;
    for (let s = 0; s < states; s++) {
      let best = Number.POSITIVE_INFINITY;
      for (let e = begin; e < end; e++) {
        const at = (children[e] as number) * states;
        const isKept = values[e] === value;
        const rest = isKept ? (least[at + (s | hits)] as number) : cost + (least[at + s] as number);
        if (rest < best) best = rest;
      }
      least[n * states + s] = best;
    }
  }
}

/**
 * By node and state, for the levels of a grid and the one after: the least cost of choices given up
 * from there on, ending in the last state. One pass over those edges for each state. Borrowed: it
 * holds until the next question.
 */
export function leastCosts(grid: Grid): Float64Array {
  const { diagram, from, to, states } = grid;
  const { nodeAt } = diagram;
  const end = nodeAt[to + 1] ?? 0;
  const least = borrowFloats(FLOAT_PLACE.up, end * states);
  least.fill(Number.POSITIVE_INFINITY, (nodeAt[to] ?? 0) * states, end * states);
  // Every node lies on a path to the end, where nothing more is given up.
  for (let n = nodeAt[to] ?? 0; n < end; n++) least[n * states + states - 1] = 0;
  for (let level = to - 1; level >= from; level--) {
    if ((grid.valueAt[level] ?? -1) < 0) fillOpen(grid, level, least);
    else fillHeld(grid, level, least);
  }
  return least;
}

/** Sets of levels given up so far, shared as chains: equal sets at a level are one chain. */
class Chains {
  /** The chain before the last step. */
  readonly #parents: number[] = [-1];
  /** The last step: the level, or -1 where a choice stayed that sets bits. */
  readonly #given: number[] = [-1];
  /** The state of each chain. */
  readonly states: number[] = [0];
  readonly #known = new Map<number, number>();
  readonly #depth: number;

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** The chain with one step more. */
  follow(chain: number, level: number, isGiven: boolean, state: number): number {
    const key = (chain * this.#depth + level) * 2 + (isGiven ? 1 : 0);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const next = this.states.length;
    this.#parents.push(chain);
    this.#given.push(isGiven ? level : -1);
    this.states.push(state);
    this.#known.set(key, next);
    return next;
  }

  levelsOf(chain: number): readonly number[] {
    const levels: number[] = [];
    for (let at = chain; at > 0; at = this.#parents[at] ?? 0) {
      const level = this.#given[at] ?? -1;
      if (level >= 0) levels.push(level);
    }
    return levels;
  }
}

/** A walk down the tight edges of a grid. */
interface Descent {
  readonly grid: Grid;
  readonly least: Float64Array;
  readonly chains: Chains;
  readonly setsMax: number;
  isComplete: boolean;
}

/** The chains that reach each node of a level. */
type Reached = Map<number, number[]>;

function addChain(descent: Descent, reached: Reached, node: number, chain: number): void {
  const own = reached.get(node);
  if (own === undefined) reached.set(node, [chain]);
  else if (own.includes(chain)) return;
  else if (own.length < descent.setsMax) own.push(chain);
  else descent.isComplete = false;
}

/** Follows one chain from a node along its tight edges. */
function stepDown(descent: Descent, level: number, at: number, chain: number, into: Reached): void {
  const { chains, grid, least } = descent;
  const { diagram, states } = grid;
  const { children, edgeAt, values } = diagram;
  const state = chains.states[chain] as number;
  const value = grid.valueAt[level] as number;
  const end = edgeAt[at + 1] as number;
  for (let e = edgeAt[at] as number; e < end; e++) {
    const child = children[e] as number;
    const isGiven = value >= 0 && values[e] !== value;
    const next = isGiven || value < 0 ? state : state | (grid.hitsAt[level] as number);
    const cost = isGiven ? (grid.costAt[level] as number) : 0;
    if (cost + (least[child * states + next] as number) !== least[at * states + state]) continue;
    const isSame = !isGiven && next === state;
    addChain(descent, into, child, isSame ? chain : chains.follow(chain, level, isGiven, next));
  }
}

/** The nodes where the cheapest ways through a grid begin; none where there is no way. */
function startsOf({ diagram, from, states }: Grid, least: Float64Array): Reached {
  const starts: Reached = new Map();
  let best = Number.POSITIVE_INFINITY;
  const to = diagram.nodeAt[from + 1] ?? 0;
  for (let n = diagram.nodeAt[from] ?? 0; n < to; n++) {
    const own = least[n * states] ?? best;
    if (own < best) starts.clear();
    best = Math.min(best, own);
    if (own === best && own < Number.POSITIVE_INFINITY) starts.set(n, [0]);
  }
  return starts;
}

/**
 * The sets of levels whose choices are given up on the cheapest ways through a grid, each once and
 * `setsMax` at most: level by level, along the edges that are tight. Every set that reaches a node goes
 * on to another end result, so that no node holds more of them than there are in the end.
 */
export function listCheapest(grid: Grid, least: Float64Array, setsMax: number): Listed {
  const chains = new Chains(grid.diagram.order.length);
  const descent: Descent = { grid, least, chains, setsMax, isComplete: true };
  let reached = startsOf(grid, least);
  for (let level = grid.from; level < grid.to; level++) {
    const into: Reached = new Map();
    for (const [node, own] of reached) {
      for (const chain of own) stepDown(descent, level, node, chain, into);
    }
    reached = into;
  }
  const ends = [...new Set([...reached.values()].flat())];
  const sets = ends.slice(0, setsMax).map((chain) => chains.levelsOf(chain));
  return { sets, isComplete: descent.isComplete && ends.length <= setsMax };
}
