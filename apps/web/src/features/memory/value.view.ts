import type { Differentiation } from './value.queries.ts';

/** What a customer is shown of a tier: suspended by an objection, old, or as it holds. */
export function stateOf({
  contest,
  tier,
  given,
}: Pick<Differentiation, 'contest' | 'tier' | 'given'>): 'suspended' | 'old' | 'holds' {
  if (contest !== null) return 'suspended';
  return tier === given ? 'holds' : 'old';
}

const MAIN_MAX = 4;
/** What weighs less than this part of the heaviest is no main reason. */
const MAIN_PART = 0.1;

/** The reasons that weigh most, the heaviest first. */
export function mainReasons({ reasons }: Pick<Differentiation, 'reasons'>) {
  const sorted = reasons.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const heaviest = Math.abs(sorted[0]?.amount ?? 0);
  return sorted
    .filter(({ amount }) => amount !== 0 && Math.abs(amount) >= MAIN_PART * heaviest)
    .slice(0, MAIN_MAX);
}
