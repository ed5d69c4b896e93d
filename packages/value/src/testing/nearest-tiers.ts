import type { CustomerAccount } from '../money/accounts.ts';
import type { Horizon } from '../money/horizon.ts';
import { indexPoints } from '../money/nearest.ts';
import { tierLoss } from '../tiers/losses.ts';
import { TIERS, type Tier } from '../tiers/tier.ts';
import { accountsAt, type Base } from './base.ts';
import { truthAt } from './base-decisions.ts';
import { BASE_POLICY } from './base-policy.data.ts';

/** How customers are decided by others like them. */
export interface NearestSetting {
  /** At which both bases are looked at. */
  readonly month: number;
  readonly horizon: Horizon;
  /** How many of the nearest customers are asked, at least one. */
  readonly neighbours: number;
  /** Whether the profile is looked at too, or purchases alone. */
  readonly withProfile: boolean;
}

/**
 * About what can be known at all: decides the first so many customers of a base by the nearest of
 * another one whose true losses are known, with the tier of the least mean loss among them (nearest
 * neighbours, Fix and Hodges 1951). Nobody has such a base outside of a simulation. It is no bound: the
 * nearest are still apart. `known` is to be of the same shape and another seed. Tiers are in the order
 * of `accountsAt`. Cost of a customer is about that of looking at all those known.
 */
export function prepareNearestTiers(
  known: Base,
  setting: NearestSetting,
): (base: Base, customers: number) => readonly Tier[] {
  const { month, horizon, neighbours, withProfile } = setting;
  const rows = featuresAt(known, { month, withProfile, limit: known.customers.length });
  const scales = scalesOf(rows);
  const find = indexPoints(
    scales.map((scale, k) => Float64Array.from(rows, (row) => scale * (row[k] ?? 0))),
  );
  const { truths, run } = truthAt(known, month, horizon);
  const losses = TIERS.map((tier) =>
    Float64Array.from(truths, (truth) =>
      tierLoss(BASE_POLICY.losses, tier, truth, run.topThreshold),
    ),
  );
  return (base, limit) =>
    featuresAt(base, { month, withProfile, limit }).map((row) => {
      const point = row.map((value, k) => value * (scales[k] ?? 0));
      return leastLoss(losses, find(point, neighbours, -1));
    });
}

/** The tier that loses least among these customers. */
function leastLoss(losses: readonly Float64Array[], customers: Uint32Array): Tier {
  let [best, least]: [Tier, number] = ['maintain', Number.POSITIVE_INFINITY];
  TIERS.forEach((tier, k) => {
    let sum = 0;
    for (const i of customers) sum += losses[k]?.[i] ?? 0;
    if (sum < least) [best, least] = [tier, sum];
  });
  return best;
}

const CHANNELS = ['phone', 'mail'];
/** The log of an ordinary purchase. */
const SPEND_LOG = 4;

function featuresAt(
  base: Base,
  of: { readonly month: number; readonly withProfile: boolean; readonly limit: number },
): readonly (readonly number[])[] {
  const joined = base.customers.filter((customer) => customer.joined < of.month);
  return accountsAt(base, of.month)
    .slice(0, of.limit)
    .map((account, i) => [
      ...featuresOf(account),
      ...(of.withProfile ? (joined[i]?.profile ?? []) : []),
    ]);
}

/** What was seen of a customer; shares and means are shrunk by about a purchase, as one says little. */
function featuresOf(account: CustomerAccount): readonly number[] {
  const { frequency, recency, age, spendCount, meanSpend, returns, contacts } = account;
  const purchases = frequency + 1;
  const spend = Math.log(Math.max(1, meanSpend)) - SPEND_LOG;
  return [
    Math.log((frequency + 0.5) / (age + 4)),
    age - recency,
    age,
    (spend * spendCount) / (spendCount + 1),
    (returns + 0.2) / (purchases + 1.5),
    Math.log(purchases),
    ...CHANNELS.map((channel) => Math.log(((contacts[channel] ?? 0) + 0.4) / (purchases + 0.8))),
  ];
}

/** One over the deviation of each feature; 0 where it never differs. */
function scalesOf(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, k) => {
    let [sum, squares] = [0, 0];
    for (const row of rows) {
      sum += row[k] ?? 0;
      squares += (row[k] ?? 0) ** 2;
    }
    const variance = squares / rows.length - (sum / rows.length) ** 2;
    return variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  });
}
