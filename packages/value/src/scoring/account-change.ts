import type { CustomerAccount } from '../money/accounts.ts';
import { findContactCost } from '../money/cost-of.ts';
import type { CostTable } from '../money/cost-table.ts';
import type { DriverMoves } from '../reasons/counterfactual.ts';
import type { OpenedValueModel } from './open-model.ts';

/**
 * One thing of an account that could be otherwise: fewer purchases of which something is returned;
 * fewer contacts by a channel; fewer by it, and as many more by the cheapest; more purchases (all of
 * them counted, the first too), the last of them now, none of it returned; a higher mean value of a
 * purchase.
 */
export type AccountChange =
  | { readonly kind: 'returns' }
  | { readonly kind: 'contacts'; readonly channel: string }
  | { readonly kind: 'channel'; readonly channel: string; readonly instead: string }
  | { readonly kind: 'purchases' }
  | { readonly kind: 'spend' };

/** A change with the figure that the account has, and those that it could have. */
export interface PossibleChange {
  readonly change: AccountChange;
  readonly from: number;
  readonly moves: DriverMoves;
}

/** Figures tried of one thing: counts beyond are tried in wider steps, 2, 5, 10 and so on. */
export const TRIES_MAX = 24;
const PURCHASES_MAX = 12;
/** Of the mean value, how many times as much is still realistic. */
const SPEND_TIMES_MAX = 3;

/** What could be otherwise of an account, in a fixed order; `moves` of item i are of driver `i`. */
export function possibleChanges(
  account: CustomerAccount,
  service: OpenedValueModel['service'],
  table: CostTable,
): readonly PossibleChange[] {
  const found: { change: AccountChange; from: number; least: number; most: number }[] = [];
  const offerFewer = (change: AccountChange, from: number): void => {
    if (from > 0) found.push({ change, from, least: 0, most: from });
  };
  offerFewer({ kind: 'returns' }, account.returns);
  const channels = pricedChannels(service, table);
  const cheapest = channels[0];
  for (const { channel, price } of channels) {
    const count = contactsBy(account, channel);
    if (price > 0) offerFewer({ kind: 'contacts', channel }, count);
    if (cheapest === undefined || !(price > cheapest.price)) continue;
    offerFewer({ kind: 'channel', channel, instead: cheapest.channel }, count);
  }
  const purchases = account.frequency + 1;
  // Who has come today cannot have bought again since.
  if (account.age > 0) {
    const most = purchases + PURCHASES_MAX;
    found.push({ change: { kind: 'purchases' }, from: purchases, least: purchases, most });
  }
  if (account.spendCount > 0 && account.meanSpend > 0) {
    const from = account.meanSpend;
    found.push({ change: { kind: 'spend' }, from, least: from, most: from * SPEND_TIMES_MAX });
  }
  return found.map(({ change, from, least, most }, i) => {
    const step = roundStep((most - least) / TRIES_MAX, change.kind === 'spend' ? 0 : 1);
    return { change, from, moves: { kind: 'steps', driver: String(i), least, most, step } };
  });
}

/** The account as it would be with one thing otherwise, and all others as they are. */
export function changeAccount(
  account: CustomerAccount,
  change: AccountChange,
  to: number,
): CustomerAccount {
  switch (change.kind) {
    case 'returns':
      return { ...account, returns: to };
    case 'contacts':
      return { ...account, contacts: { ...account.contacts, [change.channel]: to } };
    case 'channel': {
      const moved = contactsBy(account, change.channel) - to;
      const there = contactsBy(account, change.instead) + moved;
      const contacts = { ...account.contacts, [change.channel]: to, [change.instead]: there };
      return { ...account, contacts };
    }
    case 'purchases':
      return buyMore(account, to);
    case 'spend':
      return { ...account, meanSpend: to };
  }
}

/** More purchases of as many lines and, as far as that is known, of the same value as those so far. */
function buyMore(account: CustomerAccount, to: number): CustomerAccount {
  const purchases = account.frequency + 1;
  const more = to - purchases;
  if (more === 0) return account;
  return {
    ...account,
    frequency: account.frequency + more,
    recency: account.age,
    spendCount: account.spendCount > 0 ? account.spendCount + more : 0,
    lines: Math.max(to, Math.round((account.lines / purchases) * to)),
  };
}

function contactsBy(account: CustomerAccount, channel: string): number {
  return Object.hasOwn(account.contacts, channel) ? (account.contacts[channel] ?? 0) : 0;
}

/** Channels that the model knows and the table has a price for, the cheapest first. */
function pricedChannels(
  service: OpenedValueModel['service'],
  table: CostTable,
): readonly { readonly channel: string; readonly price: number }[] {
  const priced = [...service.contacts.keys()].flatMap((channel) => {
    const price = findContactCost(table, channel);
    return price === undefined ? [] : [{ channel, price }];
  });
  return priced.sort((a, b) => a.price - b.price || (a.channel < b.channel ? -1 : 1));
}

/** The least of 1, 2 and 5 times a power of ten that is not below a width, nor below the least step. */
function roundStep(width: number, least: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const step = [1, 2, 5, 10].find((times) => times * power >= width) ?? 10;
  return Math.max(least, step * power);
}
