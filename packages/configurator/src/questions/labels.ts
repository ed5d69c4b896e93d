import type { Diagram } from '../diagram/diagram.ts';
import type { Affordable, BudgetQuestion } from './best-within.ts';

/** What the search for the best design within a budget starts with. */
export interface LabelSearch {
  readonly diagram: Diagram;
  readonly question: BudgetQuestion;
  /** The price of cost in preference, for the bound. */
  readonly rate: number;
  /** The least cost from each node on. */
  readonly least: Float64Array;
  /** The greatest of `preference - rate * cost` from each node on, negated. */
  readonly bound: Float64Array;
  readonly labelsMax: number;
  /** A design within the limit. */
  readonly start: Affordable;
}

/** A design made as far as a node. */
interface Label {
  readonly node: number;
  readonly level: number;
  readonly value: number;
  readonly cost: number;
  readonly preference: number;
  /** How much it can be liked at most when finished. */
  readonly reach: number;
  readonly before: Label | undefined;
}

/** A heap with the greatest reach on top. */
class Heap {
  private readonly items: Label[] = [];

  push(label: Label): void {
    const { items } = this;
    let i = items.length;
    items.push(label);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = items[parent];
      if (above === undefined || above.reach >= label.reach) break;
      items[i] = above;
      i = parent;
    }
    items[i] = label;
  }

  pop(): Label | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.sink(last);
    return top;
  }

  private sink(label: Label): void {
    const { items } = this;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if ((items[child + 1]?.reach ?? -Infinity) > (items[child]?.reach ?? -Infinity)) child++;
      const below = items[child];
      if (below === undefined || below.reach <= label.reach) break;
      items[i] = below;
      i = child;
    }
    items[i] = label;
  }
}

/** Labels at each node of which none is better in both respects. */
class Fronts {
  private readonly at = new Map<number, Label[]>();

  /** Takes a label up unless another is as good; those that it beats are forgotten. */
  take(label: Label): boolean {
    const front = this.at.get(label.node) ?? [];
    if (front.some((l) => l.cost <= label.cost && l.preference >= label.preference)) return false;
    const rest = front.filter((l) => l.cost < label.cost || l.preference > label.preference);
    rest.push(label);
    this.at.set(label.node, rest);
    return true;
  }

  /** Whether a label was not beaten since it was taken up. */
  holds(label: Label): boolean {
    return this.at.get(label.node)?.includes(label) ?? false;
  }
}

function designOf(last: Label, depth: number): Affordable {
  const { cost, preference } = last;
  const values = new Int32Array(depth);
  for (let l: Label | undefined = last; l?.before !== undefined; l = l.before) {
    values[l.level - 1] = l.value;
  }
  return { values, cost, preference };
}

/** The labels one level further on that can still be finished within the limit. */
function* nextLabels(search: LabelSearch, label: Label): Generator<Label> {
  const { diagram, question, rate, least, bound } = search;
  const { optionAt, costs, preference, limit } = question;
  const { order, edgeAt, values, children } = diagram;
  const base = optionAt[order[label.level] ?? 0] ?? 0;
  for (let e = edgeAt[label.node] ?? 0; e < (edgeAt[label.node + 1] ?? 0); e++) {
    const value = values[e] ?? 0;
    const node = children[e] ?? 0;
    const cost = label.cost + (costs[base + value] ?? 0);
    if (cost + (least[node] ?? 0) > limit) continue;
    const liked = label.preference + (preference[base + value] ?? 0);
    const reach = liked + rate * (limit - cost) - (bound[node] ?? 0);
    const level = label.level + 1;
    yield {
      node,
      level,
      value,
      cost,
      preference: liked,
      reach: Math.min(reach, label.reach),
      before: label,
    };
  }
}

/** What the search knows so far. */
interface State {
  readonly heap: Heap;
  readonly fronts: Fronts;
  best: Affordable;
  /** Labels that may still be kept. */
  left: number;
}

/** Whether no way on from a label is better than what is at hand, but for rounding. */
function isHopeless({ best }: State, { reach }: Label): boolean {
  return reach <= best.preference + 1e-9 * Math.max(1, Math.abs(best.preference));
}

/** Takes up what follows a label; false where the labels ran out. */
function expand(search: LabelSearch, state: State, label: Label): boolean {
  const depth = search.diagram.order.length;
  for (const next of nextLabels(search, label)) {
    if (next.level === depth) {
      if (next.preference > state.best.preference) state.best = designOf(next, depth);
    } else if (!isHopeless(state, next) && state.fronts.take(next)) {
      if (state.left <= 0) return false;
      state.left--;
      state.heap.push(next);
    }
  }
  return true;
}

/**
 * The best design within a limit, best reach first, until none can get better or the labels run out;
 * `bound` is then what no design exceeds.
 */
export function searchLabels(search: LabelSearch): {
  readonly best: Affordable;
  readonly bound: number;
  readonly isComplete: boolean;
} {
  const { start, labelsMax } = search;
  const state = { heap: new Heap(), fronts: new Fronts(), best: start, left: labelsMax };
  const root = { node: 0, level: 0, value: 0, cost: 0, preference: 0, before: undefined };
  let label: Label | undefined = { ...root, reach: Number.POSITIVE_INFINITY };
  state.fronts.take(label);
  while (label !== undefined && !isHopeless(state, label)) {
    const isBeaten = !state.fronts.holds(label);
    if (!isBeaten && !expand(search, state, label)) {
      return { best: state.best, bound: label.reach, isComplete: false };
    }
    label = state.heap.pop();
  }
  return { best: state.best, bound: state.best.preference, isComplete: true };
}
