import { invariant } from '@keepsake/kernel';
import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { searchLabels } from './labels.ts';
import { type Amounts, dearestPath, leastSums } from './paths.ts';

/** What is liked, what it costs, and how much it may cost. */
export interface BudgetQuestion {
  readonly optionAt: Int32Array;
  /** What each option costs. */
  readonly costs: Float64Array;
  /** The greatest sum of costs. */
  readonly limit: number;
  /** How much each option is liked; the sum is made as great as possible. */
  readonly preference: Float64Array;
  /** Half-made designs looked at, at most; 200,000 where left out. */
  readonly labelsMax?: number;
}

/** A design within the limit. */
export interface Affordable {
  /** By level, root first. */
  readonly values: Int32Array;
  readonly cost: number;
  readonly preference: number;
}

/** The best design within a budget, or that there is none, or what is known when the labels ran out. */
export type BestWithin =
  | ({ readonly kind: 'best' } & Affordable)
  | { readonly kind: 'impossible' }
  | {
      readonly kind: 'unknown';
      /** The best design seen. */
      readonly seen: Affordable;
      /** No design within the limit is liked better. */
      readonly preferenceMax: number;
    };

/** A design that is best at some price of cost. */
interface Corner extends Affordable {
  /** `preference - rate * cost`, the greatest there is. */
  readonly value: number;
}

/** The design that `weights` like best; among equals the lowest values. There is one. */
function corner(diagram: Diagram, question: BudgetQuestion, weights: Float64Array): Corner {
  const { optionAt, costs, preference } = question;
  const path = dearestPath(diagram, { optionAt, amounts: weights });
  invariant(path !== undefined, 'weights are finite and the diagram has a design');
  const sumOf = (amounts: Float64Array): number =>
    path.values.reduce((sum, value, l) => {
      return sum + (amounts[(optionAt[diagram.order[l] ?? 0] ?? 0) + value] ?? 0);
    }, 0);
  const { values, sum } = path;
  return { values, cost: sumOf(costs), preference: sumOf(preference), value: sum };
}

/** Preference less a price of cost, by option. */
function weigh({ costs, preference }: BudgetQuestion, rate: number): Float64Array {
  return preference.map((liked, o) => liked - rate * (costs[o] ?? 0));
}

/** Slopes tried to find the best bound; each is one pass. */
const SLOPES_MAX = 30;

/**
 * The price of cost at which the bound on the preference is least, between a design that is too dear
 * and one that is not (the Lagrangean dual, Handler and Zang, Networks 10, 1980), and the best
 * design within the limit that was met on the way.
 */
function bestRate(
  diagram: Diagram,
  question: BudgetQuestion,
  ends: { readonly dear: Corner; readonly fair: Corner },
): { readonly rate: number; readonly fair: Corner } {
  let { dear, fair } = ends;
  let best = fair;
  let rate = 0;
  for (let i = 0; i < SLOPES_MAX; i++) {
    rate = Math.max(0, (dear.preference - fair.preference) / (dear.cost - fair.cost));
    const next = corner(diagram, question, weigh(question, rate));
    const line = fair.preference - rate * fair.cost;
    if (next.value <= line + 1e-12 * Math.max(1, Math.abs(line))) break;
    if (next.cost > question.limit) dear = next;
    else fair = next;
    if (fair.preference > best.preference) best = fair;
  }
  return { rate, fair: best };
}

/**
 * The design that is liked best among those that cost at most a limit, exact within a relative
 * 10^-9 of the preference. Designs are made from the root down in the order of how good they can still get, a
 * half-made one is dropped when another at the same node costs no more and is liked as much, when it cannot
 * be finished within the limit, or when it cannot get better than one at hand. Which of equally liked
 * designs is found is left open. Some ten passes over the edges, then the labels, whose number is
 * bounded only by the budget: the problem is NP-hard.
 */
export function bestWithin(diagram: Diagram, question: BudgetQuestion): BestWithin {
  if (isEmpty(diagram)) return { kind: 'impossible' };
  const { costs, limit, optionAt, labelsMax = 200_000 } = question;
  const cheapest = corner(
    diagram,
    question,
    costs.map((cost) => 0 - cost),
  );
  if (cheapest.cost > limit) return { kind: 'impossible' };
  const liked = corner(diagram, question, question.preference);
  if (liked.cost <= limit) return { kind: 'best', ...withoutValue(liked) };
  const { rate, fair } = bestRate(diagram, question, { dear: liked, fair: cheapest });
  const least = new Float64Array(diagram.edgeAt.length);
  leastSums(diagram, { optionAt, amounts: costs }, 1, least);
  const bound = new Float64Array(diagram.edgeAt.length);
  const weights: Amounts = { optionAt, amounts: weigh(question, rate) };
  leastSums(diagram, weights, -1, bound);
  const found = searchLabels({ diagram, question, rate, least, bound, labelsMax, start: fair });
  const seen = withoutValue(found.best);
  return found.isComplete
    ? { kind: 'best', ...seen }
    : { kind: 'unknown', seen, preferenceMax: Math.max(found.bound, seen.preference) };
}

function withoutValue({ values, cost, preference }: Affordable): Affordable {
  return { values, cost, preference };
}
