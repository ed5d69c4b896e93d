import type { Work } from '@keepsake/kernel';
import { combine, type Meter, TOO_MUCH, type Workspace } from './combine.ts';
import type { SumRelation } from './relation.ts';
import { NO, nodeOf, nodeWith, reserveEdges, YES } from './store.ts';

/** Values that are worked off between two chances to pause. */
const SLICE = 1 << 14;

/** One variable of a sum, in the order of the space. */
interface Term {
  readonly level: number;
  readonly values: Int32Array;
  readonly amounts: Float64Array;
  /** What the terms behind this one add at least and at most. */
  readonly restMin: number;
  readonly restMax: number;
}

function termsOf({ alive, levelOf }: Workspace, relation: SumRelation): readonly Term[] {
  const drafts = Array.from(relation.terms, (v, p) => ({
    level: levelOf[v] ?? 0,
    amounts: relation.amounts[p] ?? new Float64Array(0),
  }));
  drafts.sort((a, b) => b.level - a.level);
  let [restMin, restMax] = [0, 0];
  const terms = drafts.map(({ level, amounts }) => {
    const values = alive[level] ?? new Int32Array(0);
    const term = { level, values, amounts, restMin, restMax };
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const x of values) {
      min = Math.min(min, amounts[x] ?? 0);
      max = Math.max(max, amounts[x] ?? 0);
    }
    restMin += min;
    restMax += max;
    return term;
  });
  return terms.reverse();
}

/** What a partial sum is told apart by: what is certain is one state, whatever the sum. */
const WITHIN = Number.POSITIVE_INFINITY;
const WITHOUT = Number.NEGATIVE_INFINITY;

function stateOf(sum: number, term: Term, { min, max }: SumRelation): number {
  const [least, most] = [sum + term.restMin, sum + term.restMax];
  if (least > max || most < min) return WITHOUT;
  return least >= min && most <= max ? WITHIN : sum;
}

/** Adds the states that a sum can become by a term. */
function addStates(sum: number, term: Term, relation: SumRelation, into: Set<number>): void {
  for (const x of term.values) {
    const state = stateOf(sum + (term.amounts[x] ?? 0), term, relation);
    if (Number.isFinite(state)) into.add(state);
  }
}

/** The sums that the values of a term can lead to, by level from the top. */
function* sumsByTerm(
  terms: readonly Term[],
  relation: SumRelation,
  meter: Meter,
): Work<readonly ReadonlySet<number>[] | undefined> {
  let layer = new Set([0]);
  const layers = [layer];
  let total = 0;
  for (const term of terms) {
    const next = new Set<number>();
    let steps = 0;
    for (const sum of layer) {
      addStates(sum, term, relation, next);
      meter.stepsLeft -= term.values.length;
      if (total + next.size > meter.nodesMax || meter.stepsLeft < 0) return undefined;
      steps += term.values.length;
      if (steps <= SLICE) continue;
      steps = 0;
      yield meter.progress;
    }
    total += next.size;
    layers.push(next);
    layer = next;
  }
  return layers;
}

/** The node of a partial sum, given those of the sums behind it. */
function sumNode(
  { store }: Workspace,
  sum: number,
  term: Term,
  answers: { readonly relation: SumRelation; readonly nodes: ReadonlyMap<number, number> },
): number {
  reserveEdges(store, term.values.length);
  let end = store.edgeCount;
  for (const x of term.values) {
    const state = stateOf(sum + (term.amounts[x] ?? 0), term, answers.relation);
    const child = answers.nodes.get(state) ?? NO;
    if (child === NO) continue;
    store.values[end] = x;
    store.children[end++] = child;
  }
  return nodeOf(store, term.level, end);
}

interface Layer {
  readonly term: Term;
  readonly sums: ReadonlySet<number>;
  readonly relation: SumRelation;
  /** Nodes of the states behind this term. */
  readonly nodes: ReadonlyMap<number, number>;
}

/** Adds the node of each sum of a layer to those of what is certain; false beyond the budget. */
function* addLayer(
  space: Workspace,
  { term, sums, relation, nodes }: Layer,
  into: Map<number, number>,
  meter: Meter,
): Work<boolean> {
  let made = 0;
  for (const sum of sums) {
    into.set(sum, sumNode(space, sum, term, { relation, nodes }));
    made += term.values.length;
    if (space.store.edgeCount > meter.edgesMax) return false;
    if (made < SLICE) continue;
    made = 0;
    yield meter.progress;
  }
  return true;
}

/** A sum that is within its bounds, or one that is not. */
function* boundsDiagram(
  space: Workspace,
  relation: SumRelation,
  isWithin: boolean,
  meter: Meter,
): Work<number> {
  const terms = termsOf(space, relation);
  if (terms.length === 0) {
    return (relation.min <= 0 && relation.max >= 0) === isWithin ? YES : NO;
  }
  const layers = yield* sumsByTerm(terms, relation, meter);
  if (layers === undefined) return TOO_MUCH;
  const certain = [
    [WITHIN, isWithin ? YES : NO],
    [WITHOUT, isWithin ? NO : YES],
  ] as const;
  let nodes = new Map<number, number>(certain);
  for (const [t, term] of [...terms.entries()].reverse()) {
    const above = new Map<number, number>(certain);
    const layer = { term, sums: layers[t] ?? new Set<number>(), relation, nodes };
    if (!(yield* addLayer(space, layer, above, meter))) return TOO_MUCH;
    nodes = above;
  }
  return nodes.get(0) ?? NO;
}

/**
 * The diagram of a sum by dynamic programming over partial sums; sums whose rest cannot change the
 * answer are one. States are as many as there are different sums on the way: with amounts that all
 * differ as many as there are assignments, so that the budget ends it.
 */
export function* sumDiagram(space: Workspace, relation: SumRelation, meter: Meter): Work<number> {
  const within = yield* boundsDiagram(space, relation, true, meter);
  const { whether } = relation;
  if (whether === undefined || within === TOO_MUCH) return within;
  const without = yield* boundsDiagram(space, relation, false, meter);
  if (without === TOO_MUCH) return TOO_MUCH;
  const level = space.levelOf[whether.variable] ?? 0;
  const values = space.alive[level] ?? new Int32Array(0);
  const answer = (holds: number): number =>
    nodeWith(space.store, level, {
      values,
      children: values.map((x) => (whether.holds[x] === holds ? YES : NO)),
    });
  const yes = yield* combine(space, 'and', [answer(1), within], meter);
  if (yes === TOO_MUCH) return TOO_MUCH;
  const no = yield* combine(space, 'and', [answer(0), without], meter);
  return no === TOO_MUCH ? TOO_MUCH : yield* combine(space, 'or', [yes, no], meter);
}
