/** A simulated base of customers, brought to a company the way an operator brings history. */
import { DAY_MS } from '@keepsake/kernel';
import { type Base, type BasePurchase, STEADY_BASE, simulateBase } from '@keepsake/value/testing';
import type { Stage } from './journey.ts';

/** Somebody of the base whose name and address the earlier system knew. */
export interface KnownCustomer {
  readonly name: string;
  readonly email: string;
}

/** What is brought, and to whom it belongs. */
export interface BroughtBase {
  readonly company: string;
  readonly customers: number;
  /** Back from today; nobody joins in the last third. */
  readonly months: number;
  /** Who spent most is called by the first of these, who spent second most by the next. */
  readonly known: readonly KnownCustomer[];
}

const MONTH_DAYS = 365.25 / 12;
const SEED = 7;

/** Brings customers, purchases, returns and contacts; answers how many rows were taken in. */
export async function bringBase(stage: Stage, brought: BroughtBase): Promise<number> {
  const { customers, months } = brought;
  const shape = { ...STEADY_BASE, joiningMonths: (months * 2) / 3 };
  const base = simulateBase(shape, { customers, months, seed: SEED });
  const now = Date.now();
  const dayOf = (at: number): string =>
    new Date(now - (months - at) * MONTH_DAYS * DAY_MS).toISOString().slice(0, 10);
  const rows = base.purchases.flatMap((own, index) =>
    own.map((purchase, place) => {
      const about = { customer: keyOf(index), day: dayOf(purchase.at) };
      return { orders: ordersOf(purchase, `${index}-${place}`, about), purchase, about };
    }),
  );
  const sent = [
    { kind: 'customers', lines: knownOf(base, brought.known) },
    { kind: 'orders', lines: rows.flatMap(({ orders }) => orders) },
    {
      kind: 'contacts',
      lines: rows
        .flatMap(({ purchase, about }) => contactsOf(purchase, about))
        .map((contact, index) => ({ id: `contact-${index}`, ...contact })),
    },
  ];
  let accepted = 0;
  for (const { kind, lines } of sent) {
    accepted += await send(stage, `/api/c/${brought.company}/history/${kind}?source=shop`, lines);
  }
  return accepted;
}

function keyOf(index: number): string {
  return `customer-${index + 1}`;
}

function knownOf(base: Base, known: readonly KnownCustomer[]): readonly object[] {
  const spent = base.purchases.map((own, index) => ({
    index,
    kept: own.reduce((sum, { kept }) => sum + kept, 0),
  }));
  const best = spent.toSorted((a, b) => b.kept - a.kept);
  return known.map((one, place) => ({ customer: keyOf(best[place]?.index ?? 0), ...one }));
}

interface About {
  readonly customer: string;
  readonly day: string;
}

function ordersOf(purchase: BasePurchase, number: string, about: About): readonly object[] {
  const { value, kept, lines, category, returned } = purchase;
  const amount = value.toFixed(2);
  const bought = { ...about, number, kind: 'purchase', amount, lines, category };
  if (returned === 'not') return [bought];
  const back = {
    ...{ ...about, number: `${number}-back`, kind: 'return', order: number },
    ...{ amount: kept === 0 ? amount : '0', ownFault: returned === 'by-company' },
  };
  return [bought, back];
}

function contactsOf(purchase: BasePurchase, about: About): readonly object[] {
  return [false, true].flatMap((ownFault) => {
    const counts = ownFault ? purchase.companyContacts : purchase.contacts;
    return Object.entries(counts).flatMap(([channel, count]) =>
      Array.from({ length: count }, () => ({ ...about, channel, ownFault })),
    );
  });
}

/** Answers how many lines were new; throws where one was refused. */
async function send(stage: Stage, path: string, lines: readonly object[]): Promise<number> {
  const reply = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stage.operatorToken}`,
      'content-type': 'application/x-ndjson',
    },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${text}`);
  const { accepted, refused }: { accepted: number; refused: readonly unknown[] } = JSON.parse(text);
  if (refused.length > 0) throw new Error(`${path} refused ${JSON.stringify(refused.slice(0, 3))}`);
  return accepted;
}
