import type { CostTable } from './cost-table.ts';

/** Who brought a return or a contact about: a defect or a delay of ours is the company's. */
export type Fault = 'company' | 'customer' | 'nobody';

/** Something that a customer's orders led to. Amounts are in units of the currency. */
export type ServiceEvent =
  | { readonly kind: 'order'; readonly lines: number; readonly paid: number }
  | { readonly kind: 'return'; readonly fault: Fault }
  | { readonly kind: 'contact'; readonly channel: string; readonly fault: Fault };

/** How often a customer was served; what was the company's own fault is not in it. */
export interface ServiceCounts {
  readonly orders: number;
  readonly lines: number;
  readonly returns: number;
  readonly contacts: Readonly<Record<string, number>>;
  /** What was paid, in units of the currency. */
  readonly paid: number;
}

/** What serving cost, in units of the currency, and the channels that the table has no price for. */
export interface ServiceCost {
  readonly orders: number;
  readonly lines: number;
  readonly returns: number;
  readonly contacts: number;
  readonly payment: number;
  readonly total: number;
  readonly unpriced: readonly string[];
}

/** Counts events. Returns and contacts that were the company's own fault count against nobody. */
export function countService(events: Iterable<ServiceEvent>): ServiceCounts {
  const counts = { orders: 0, lines: 0, returns: 0, paid: 0 };
  const contacts = new Map<string, number>();
  for (const event of events) {
    switch (event.kind) {
      case 'order':
        counts.orders++;
        counts.lines += event.lines;
        counts.paid += event.paid;
        break;
      case 'return':
        if (event.fault !== 'company') counts.returns++;
        break;
      case 'contact':
        if (event.fault === 'company') break;
        contacts.set(event.channel, (contacts.get(event.channel) ?? 0) + 1);
    }
  }
  return { ...counts, contacts: Object.fromEntries(contacts) };
}

/** What it cost to serve, by a table. A channel without a price costs nothing and is named. */
export function costOf(table: CostTable, counts: ServiceCounts): ServiceCost {
  const unit = table.minorPerUnit;
  const unpriced: string[] = [];
  let contacts = 0;
  for (const [channel, count] of Object.entries(counts.contacts)) {
    const price = findContactCost(table, channel);
    if (price === undefined) unpriced.push(channel);
    else contacts += count * price;
  }
  const orders = (counts.orders * table.perOrderMinor) / unit;
  const lines = (counts.lines * table.perLineMinor) / unit;
  const returns = (counts.returns * table.perReturnMinor) / unit;
  const payment = (counts.paid * table.paymentBasisPoints) / 10_000;
  const total = orders + lines + returns + contacts + payment;
  return { orders, lines, returns, contacts, payment, total, unpriced: unpriced.sort() };
}

/** What a contact costs, in units of the currency; undefined where the table has no price for it. */
export function findContactCost(table: CostTable, channel: string): number | undefined {
  if (!Object.hasOwn(table.perContactMinor, channel)) return undefined;
  return (table.perContactMinor[channel] ?? 0) / table.minorPerUnit;
}

/** The margin of a category as a share of net revenue. */
export function marginOf(table: CostTable, category: string): number {
  const own = Object.hasOwn(table.marginBasisPointsByCategory, category)
    ? table.marginBasisPointsByCategory[category]
    : undefined;
  return (own ?? table.marginBasisPoints) / 10_000;
}
