import type { Migration, Portfolio, Tier, ValueRun } from '@keepsake/contract';
import { TIERS } from '../../platform/value-words.view.ts';
import { type Scale, scaleOf } from '../../ui/scale.view.ts';

/** Whether a run has not ended yet. */
export function isUnderWay(run: Pick<ValueRun, 'state'> | null): boolean {
  return run?.state === 'queued' || run?.state === 'running';
}

type Share = Portfolio['tiers'][number];

/** A tier of the base as it is shown. */
export interface TierRow extends Share {
  /** Null of nobody. */
  readonly mean: number | null;
  readonly shareOfCustomers: number;
}

const NOBODY = {
  ...{ customers: 0, value: 0, growth: 0, atStake: 0, shareOfValue: null },
  quantiles: [0, 0, 0, 0, 0],
} satisfies Omit<Share, 'tier'>;

/** All tiers in their order, those without customers too. */
export function tierRows({ tiers }: Pick<Portfolio, 'tiers'>): readonly TierRow[] {
  const all = tiers.reduce((sum, { customers }) => sum + customers, 0);
  return TIERS.map((tier) => tiers.find((share) => share.tier === tier) ?? { tier, ...NOBODY }).map(
    (share) => ({
      ...share,
      mean: share.customers === 0 ? null : share.value / share.customers,
      shareOfCustomers: all === 0 ? 0 : share.customers / all,
    }),
  );
}

/** One scale for the values of a customer in every tier, zero on it. */
export function tierScale(rows: readonly Pick<TierRow, 'customers' | 'quantiles'>[]): Scale {
  return scaleOf([
    0,
    ...rows.flatMap(({ customers, quantiles }) => (customers > 0 ? quantiles : [])),
  ]);
}

/** One scale for intervals of several values, zero on it. */
export function intervalScale(
  items: readonly { readonly low: number; readonly high: number }[],
): Scale {
  return scaleOf([0, ...items.flatMap(({ low, high }) => [low, high])]);
}

/** What the whale curve says: who holds how much of the equity, and whether the rest takes some away. */
export interface WhaleWords {
  /** `takes`: the others take some of it away; `holds`: every customer adds; `none`: there is nothing to share. */
  readonly kind: 'takes' | 'holds' | 'none';
  /** Share of customers at the peak, and the value they hold as a share of the equity. */
  readonly customers: number;
  readonly value: number;
  /** Share of the equity that the best tenth holds. */
  readonly bestTenth: number;
}

/** A peak so little above the equity is none. */
const PEAK_MIN = 1.005;

/** What there is to say of a whale curve. */
export function whaleWords({ whale }: Pick<Portfolio, 'whale'>): WhaleWords {
  const { total, peak } = whale;
  if (!(total > 0)) return { kind: 'none', customers: peak.customers, value: 0, bestTenth: 0 };
  const value = peak.value / total;
  const tenth = whale.customers.findIndex((share) => share >= 0.1 - 1e-9);
  return {
    kind: value > PEAK_MIN ? 'takes' : 'holds',
    customers: peak.customers,
    value,
    bestTenth: (whale.value[tenth] ?? 0) / total,
  };
}

/** Shown of two months: who was where. */
export interface FlowRow {
  readonly from: Tier | 'absent';
  readonly to: Tier | 'absent';
  readonly customers: number;
}

/** Flows between two months, put together for a drawing and a sentence. */
export interface Flows {
  readonly rows: readonly FlowRow[];
  readonly before: readonly { readonly tier: Tier | 'absent'; readonly customers: number }[];
  readonly after: readonly { readonly tier: Tier | 'absent'; readonly customers: number }[];
  /** Of those there in both months, who is where they were; null of nobody. */
  readonly stayed: number | null;
  readonly stayedShare: number | null;
  readonly came: number;
}

const PLACES = [...TIERS, 'absent'] as const;

/** Puts flows in the order of the tiers. */
export function flowsOf({ flows }: Pick<Migration, 'flows'>): Flows {
  const rows = PLACES.flatMap((from) =>
    PLACES.flatMap((to) => {
      const customers = flows
        .filter((flow) => flow.from === from && flow.to === to)
        .reduce((sum, flow) => sum + flow.customers, 0);
      return customers > 0 ? [{ from, to, customers }] : [];
    }),
  );
  const sum = (of: readonly FlowRow[]) => of.reduce((all, { customers }) => all + customers, 0);
  const side = (end: 'from' | 'to') =>
    PLACES.map((tier) => ({
      tier,
      customers: sum(rows.filter((row) => row[end] === tier)),
    })).filter(({ customers }) => customers > 0);
  const both = sum(rows.filter(({ from, to }) => from !== 'absent' && to !== 'absent'));
  const stayed = sum(rows.filter(({ from, to }) => from === to && from !== 'absent'));
  return {
    rows,
    before: side('from'),
    after: side('to'),
    stayed: both === 0 ? null : stayed,
    stayedShare: both === 0 ? null : stayed / both,
    came: sum(rows.filter(({ from }) => from === 'absent')),
  };
}

/** What is said of the return on customer: of which month, and null where the terms changed in it. */
export interface LatestReturn {
  readonly month: string;
  readonly share: number | null;
}

/** The newest month that has a return on customer, or had other terms; undefined where there is none. */
export function latestReturn(months: Portfolio['months']): LatestReturn | undefined {
  const latest = months.findLast((one) => one.returnOnCustomer !== null || one.termsChanged);
  return latest && { month: latest.month, share: latest.returnOnCustomer };
}
