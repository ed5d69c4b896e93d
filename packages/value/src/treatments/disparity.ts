import { invariant } from '@keepsake/kernel';
import type { Tier } from '../tiers/tier.ts';
import { normalQuantile } from './normal.ts';

/** Whether being selected is wanted or not: an offer, or a review. */
export type SelectionSense = 'benefit' | 'burden';

/** Selection of one group against the reference. Rates are shares, 0 to 1. */
export interface GroupSelection {
  /** The group's name; undefined for small groups taken together, which are not named. */
  readonly group: string | undefined;
  readonly count: number;
  readonly rate: number;
  /** Interval of the rate (Wilson 1927). */
  readonly low: number;
  readonly high: number;
  /** Of a benefit the group's rate over the reference's, of a burden the other way round. */
  readonly ratio: number | undefined;
  /** Interval of the ratio (Katz and others 1978, with Walter's halves). */
  readonly ratioLow: number | undefined;
  readonly ratioHigh: number | undefined;
  /**
   * The four-fifths rule (EEOC 1978): a ratio below 0.8 is `below`, `surely-below` where the whole
   * interval is; `not-known` of the reference itself and of rates of nothing.
   */
  readonly fourFifths: 'met' | 'below' | 'surely-below' | 'not-known';
}

/** Selection by group. */
export interface DisparityReport {
  readonly reference: string | undefined;
  readonly groups: readonly GroupSelection[];
  /** Small groups that were left out, or taken together. */
  readonly smallGroups: number;
}

/** How a report is made. */
export interface DisparityRule {
  readonly sense: SelectionSense;
  /** The group compared with; the best served of those that may be named where undefined. */
  readonly reference?: string;
  /** Groups with fewer members are never named: at least 10. */
  readonly groupMin: number;
  readonly confidence: number;
}

/** Members of a group, and how many of them were selected. */
interface Tally {
  readonly count: number;
  readonly selected: number;
}

const FOUR_FIFTHS = 0.8;
const GROUP_MIN_LEAST = 10;

function tallyGroups(
  members: Iterable<{ readonly group: string; readonly isSelected: boolean }>,
): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { group, isSelected } of members) {
    const { count, selected } = tallies.get(group) ?? { count: 0, selected: 0 };
    tallies.set(group, { count: count + 1, selected: selected + (isSelected ? 1 : 0) });
  }
  return tallies;
}

/** Interval of a share (Wilson 1927). */
function shareInterval({ count, selected }: Tally, z: number): { low: number; high: number } {
  const share = selected / count;
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const reach =
    (z / (1 + (z * z) / count)) *
    Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** One rate over another, with its interval; undefined where the one below is of nothing. */
function ratioOf(above: Tally, below: Tally, z: number) {
  if (below.selected === 0) return { ratio: undefined, ratioLow: undefined, ratioHigh: undefined };
  const halves = (tally: Tally): number => 1 / (tally.selected + 0.5) - 1 / (tally.count + 0.5);
  const reach = z * Math.sqrt(halves(above) + halves(below));
  const middle = Math.log(
    ((above.selected + 0.5) / (above.count + 0.5)) * ((below.count + 0.5) / (below.selected + 0.5)),
  );
  return {
    ratio: above.selected / above.count / (below.selected / below.count),
    ratioLow: Math.exp(middle - reach),
    ratioHigh: Math.exp(middle + reach),
  };
}

function fourFifths(ratio: number | undefined, high: number | undefined) {
  if (ratio === undefined || high === undefined) return 'not-known';
  if (ratio >= FOUR_FIFTHS) return 'met';
  return high < FOUR_FIFTHS ? 'surely-below' : 'below';
}

function describe(
  group: string | undefined,
  tally: Tally,
  reference: Tally | undefined,
  sense: SelectionSense,
  z: number,
): GroupSelection {
  const [above, below] = sense === 'benefit' ? [tally, reference] : [reference, tally];
  const isCompared = above !== undefined && below !== undefined && tally !== reference;
  const none = { ratio: undefined, ratioLow: undefined, ratioHigh: undefined };
  const compared = isCompared ? ratioOf(above, below, z) : none;
  return {
    group,
    count: tally.count,
    rate: tally.selected / tally.count,
    ...shareInterval(tally, z),
    ...compared,
    fourFifths: fourFifths(compared.ratio, compared.ratioHigh),
  };
}

/** The group with the best rate; the first by name of equal ones. */
function bestServed(
  named: readonly (readonly [string, Tally])[],
  sense: SelectionSense,
): string | undefined {
  const sign = sense === 'benefit' ? 1 : -1;
  const rate = ([, { count, selected }]: readonly [string, Tally]): number =>
    (sign * selected) / count;
  return named.toSorted((a, b) => rate(b) - rate(a) || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

/**
 * How often each group is selected, against a reference. Groups below the minimum are never named;
 * several of them are one row if together they reach it, and are else left out.
 */
export function selectionDisparity(
  members: Iterable<{ readonly group: string; readonly isSelected: boolean }>,
  rule: DisparityRule,
): DisparityReport {
  invariant(rule.groupMin >= GROUP_MIN_LEAST, 'small groups are people');
  const z = normalQuantile((1 + rule.confidence) / 2);
  const all = [...tallyGroups(members)].sort(([a], [b]) => (a < b ? -1 : 1));
  const named = all.filter(([, { count }]) => count >= rule.groupMin);
  const small = all.filter(([, { count }]) => count < rule.groupMin).map(([, tally]) => tally);
  const wished = named.find(([group]) => group === rule.reference)?.[0];
  const reference = rule.reference === undefined ? bestServed(named, rule.sense) : wished;
  const base = named.find(([group]) => group === reference)?.[1];
  const groups = named.map(([group, tally]) => describe(group, tally, base, rule.sense, z));
  const together = small.reduce(
    (sum, { count, selected }) => ({
      count: sum.count + count,
      selected: sum.selected + selected,
    }),
    { count: 0, selected: 0 },
  );
  if (together.count >= rule.groupMin) {
    groups.push(describe(undefined, together, base, rule.sense, z));
  }
  return { reference, groups, smallGroups: small.length };
}

/** A report for each tier: below zero is a burden, every other a benefit. */
export function tierDisparity(
  members: readonly { readonly group: string; readonly tier: Tier }[],
  rule: Omit<DisparityRule, 'sense'>,
): Readonly<Record<Tier, DisparityReport>> {
  const of = (tier: Tier): DisparityReport =>
    selectionDisparity(
      members.map((one) => ({ group: one.group, isSelected: one.tier === tier })),
      { ...rule, sense: tier === 'below-zero' ? 'burden' : 'benefit' },
    );
  return {
    keep: of('keep'),
    grow: of('grow'),
    maintain: of('maintain'),
    'below-zero': of('below-zero'),
    undecided: of('undecided'),
  };
}
