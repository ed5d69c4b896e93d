import type { Counterfactual, CustomerValue, Tier, ValueDriver } from '@keepsake/contract';
import { placeOn, type Scale, scaleOf } from '../../ui/scale.view.ts';

/** Which of the probabilities speaks for a tier. */
const LIKELIHOODS = {
  keep: 'top',
  grow: 'growable',
  maintain: 'ordinary',
  'below-zero': 'belowZero',
} as const satisfies Readonly<
  Record<Exclude<Tier, 'undecided'>, keyof CustomerValue['probabilities']>
>;

/** Tiers that a customer may truly belong to, in their order. */
const TRUE_TIERS = ['keep', 'grow', 'maintain', 'below-zero'] as const;

/** A tier, and how probable it is that the customer belongs to it. */
export interface Likelihood {
  readonly tier: Exclude<Tier, 'undecided'>;
  readonly share: number;
}

/** How probable each tier is. */
export function likelihoodsOf({
  probabilities,
}: Pick<CustomerValue, 'probabilities'>): readonly Likelihood[] {
  return TRUE_TIERS.map((tier) => ({ tier, share: probabilities[LIKELIHOODS[tier]] }));
}

/** How sure a given tier is; undefined of one that says nothing. */
export function surenessOf({
  given,
  probabilities,
}: Pick<CustomerValue, 'given' | 'probabilities'>): number | undefined {
  return given === 'undecided' ? undefined : probabilities[LIKELIHOODS[given]];
}

/** Whether a tier has effects: not while an objection stands, and not when it has grown old. */
export function tierState(
  value: Pick<CustomerValue, 'contest' | 'expires' | 'tier' | 'given'>,
): 'contested' | 'old' | 'effective' {
  if (value.contest !== null) return 'contested';
  return value.tier === value.given ? 'effective' : 'old';
}

/** Whether the tier is what a person has said since the last run. */
export function isByHand({ answer, basis }: Pick<CustomerValue, 'answer' | 'basis'>): boolean {
  return answer !== null && Date.parse(answer.at) >= Date.parse(basis.scoredAt);
}

/** What a bar of the waterfall stands for. */
export type StepId = 'mean' | ValueDriver | 'small' | 'remainder' | 'value';

/** One bar: from what was reached before to what is reached with it, in per cent of the width. */
export interface Step {
  readonly id: StepId;
  /** In the steps in which the value is told: all of them up to the value add up. */
  readonly amount: number;
  /** The two figures; undefined of what is no reason. */
  readonly reason: CustomerValue['reasons'][number] | undefined;
  readonly isSum: boolean;
  readonly start: number;
  readonly width: number;
}

/** From the mean customer's value to this one's. */
export interface Waterfall {
  readonly steps: readonly Step[];
  /** Where zero lies, in per cent of the width. */
  readonly zero: number;
}

interface Part {
  readonly id: StepId;
  readonly amount: number;
  readonly reason: CustomerValue['reasons'][number] | undefined;
}

/** A bar that shows nothing would look like a missing one. */
const WIDTH_MIN = 0.6;

/**
 * The way from the mean customer's value to this one's, the heaviest reason first. Amounts are rounded
 * to steps in such a way that they still add up; reasons below half a step are told as one, and
 * what comes to nothing is left out.
 */
export function waterfallOf(
  value: Pick<CustomerValue, 'cohortValue' | 'reasons' | 'remainder' | 'value'>,
  step: number,
): Waterfall {
  const isHeavy = ({ amount }: { readonly amount: number }) => Math.abs(amount) >= step / 2;
  const sorted = value.reasons.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const small = sorted.filter((reason) => !isHeavy(reason));
  const parts: readonly Part[] = [
    { id: 'mean', amount: value.cohortValue, reason: undefined },
    ...sorted
      .filter(isHeavy)
      .map((reason) => ({ id: reason.driver, amount: reason.amount, reason })),
    ...(small.length === 0
      ? []
      : [{ id: 'small', amount: sumOf(small), reason: undefined } as const]),
    { id: 'remainder', amount: value.remainder, reason: undefined },
  ];
  return drawn(parts, value.value, step);
}

function sumOf(items: readonly { readonly amount: number }[]): number {
  return items.reduce((sum, { amount }) => sum + amount, 0);
}

function drawn(parts: readonly Part[], value: number, step: number): Waterfall {
  const reached: number[] = [0];
  for (const { amount } of parts) reached.push((reached.at(-1) ?? 0) + amount);
  const scale: Scale = {
    from: Math.min(0, value, ...reached),
    to: Math.max(0, value, ...reached) || 1,
  };
  const at = (amount: number) => 100 * placeOn(scale, amount);
  const round = (amount: number) => Math.round(amount / step) * step + 0;
  const between = (from: number, to: number) => {
    const width = Math.max(WIDTH_MIN, Math.abs(at(to) - at(from)));
    return { start: Math.min(at(from), at(to), 100 - width), width };
  };
  const amounts = roundToSum(
    parts.map(({ amount }) => amount),
    { step, sum: value },
  );
  const steps = parts.map(({ id, reason }, i): Step => {
    const place = between(reached[i] ?? 0, reached[i + 1] ?? 0);
    return { id, reason, amount: amounts[i] ?? 0, isSum: id === 'mean', ...place };
  });
  const told = steps.filter(({ amount, isSum }) => amount !== 0 || isSum);
  const sum: Step = {
    ...{ id: 'value', reason: undefined, isSum: true },
    ...{ amount: round(value), ...between(0, value) },
  };
  return { steps: [...told, sum], zero: at(0) };
}

/**
 * Amounts in whole steps that add up to the rounded sum: each is rounded, and what is missing then is
 * given to those that lost most by it (the largest remainders). The amounts add up to the sum.
 */
export function roundToSum(
  amounts: readonly number[],
  { step, sum }: { readonly step: number; readonly sum: number },
): readonly number[] {
  const rounded = amounts.map((amount) => Math.round(amount / step));
  const total = rounded.reduce((all, one) => all + one, 0);
  const missing = Math.round(sum / step) - total;
  const sign = Math.sign(missing);
  const order = amounts
    .map((amount, index) => ({ index, lost: sign * (amount / step - (rounded[index] ?? 0)) }))
    .toSorted((a, b) => b.lost - a.lost);
  const given = new Set(order.slice(0, Math.abs(missing)).map(({ index }) => index));
  return rounded.map((one, index) => (one + (given.has(index) ? sign : 0)) * step + 0);
}

/** A scale for one value, zero on it, and a little room at its ends. */
export function valueScale({ value, low, high }: Pick<CustomerValue, 'value' | 'low' | 'high'>) {
  return scaleOf([0, value, low, high]);
}

/** Months one after the other with the same tier. */
export interface Spell {
  readonly tier: Tier;
  readonly from: string;
  readonly to: string;
}

/** How a customer went from tier to tier; the oldest first. */
export function spellsOf(months: CustomerValue['months']): readonly Spell[] {
  const spells: Spell[] = [];
  for (const { month, tier } of months) {
    const last = spells.at(-1);
    if (last?.tier === tier) spells[spells.length - 1] = { ...last, to: month };
    else spells.push({ tier, from: month, to: month });
  }
  return spells;
}

/** What has to be said of a change: of what, by how many, and between which figures. */
export interface ChangeWords {
  readonly kind: Counterfactual['of'];
  /** By how many; of spending, 0. */
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** How much would have to be otherwise. */
export function changeWords({ of, from, to }: Counterfactual): ChangeWords {
  return { kind: of, count: of === 'spend' ? 0 : Math.abs(Math.round(to - from)), from, to };
}
