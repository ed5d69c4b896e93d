import type { Address, Company } from '@keepsake/contract';
import type { Amount } from '../../ui/money.view.ts';
import { COUNTRIES } from './countries.data.ts';

/** A delivery that a company offers. */
export type DeliveryChoice = Company['deliveries'][number];

/** The address as it is typed; empty texts are not given. */
export interface AddressDraft {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
  readonly postcode: string;
  readonly city: string;
  readonly region: string;
  readonly country: string;
}

/** An address with nothing in it but the country. */
export function emptyAddress(country: string): AddressDraft {
  return { name: '', line1: '', line2: '', postcode: '', city: '', region: '', country };
}

/**
 * Every country that some delivery reaches, in the order of the deliveries; all there are when one
 * goes everywhere.
 */
export function countriesOf(deliveries: readonly DeliveryChoice[]): readonly string[] {
  const isWorldwide = deliveries.some(
    ({ needsAddress, countries }) => needsAddress && countries.length === 0,
  );
  if (isWorldwide) return COUNTRIES;
  return [...new Set(deliveries.flatMap(({ countries }) => countries))];
}

/** Whether a delivery is offered for a country; one without countries is offered everywhere. */
export function reaches(delivery: DeliveryChoice, country: string): boolean {
  if (!delivery.needsAddress) return true;
  return delivery.countries.length === 0 || delivery.countries.includes(country);
}

/** The wished delivery if it reaches the country, else the first that does. */
export function deliveryFor(
  deliveries: readonly DeliveryChoice[],
  wished: string | undefined,
  country: string,
): DeliveryChoice | undefined {
  const offered = deliveries.filter((delivery) => reaches(delivery, country));
  return offered.find(({ id }) => id === wished) ?? offered[0];
}

/** What the form needs of a delivery. */
export type HandingOver = Pick<DeliveryChoice, 'id' | 'needsAddress'>;

/** A stay is handed over where it is made ready; no company has to name that. */
const AT_THE_HOUSE: HandingOver = { id: 'stay', needsAddress: false };

/** How an order is handed over: a stay at the house, anything else as the customer wishes. */
export function handingOver(
  demand: 'order' | 'stay',
  deliveries: readonly DeliveryChoice[],
  wish: { readonly delivery: string | undefined; readonly country: string },
): HandingOver | undefined {
  if (demand === 'stay') return AT_THE_HOUSE;
  return deliveryFor(deliveries, wish.delivery, wish.country);
}

/** The typed address as it goes over the wire; undefined while something needed is missing. */
export function completeAddress(draft: AddressDraft): Address | undefined {
  const [name, line1, line2, postcode, city, region] = [
    draft.name,
    draft.line1,
    draft.line2,
    draft.postcode,
    draft.city,
    draft.region,
  ].map((text) => text.trim());
  if (!name || !line1 || !postcode || !city || draft.country === '') return undefined;
  return {
    name,
    line1,
    ...(line2 ? { line2 } : {}),
    postcode,
    city,
    ...(region ? { region } : {}),
    country: draft.country,
  };
}

/**
 * What a price line is called: `Rims: Carbon`, where the attribute is known and says more than the
 * line by itself. A line's code is its kind and its id, such as `option:rim`.
 */
export function lineName(
  line: { readonly code: string; readonly label: string },
  attributeName: (id: string) => string | undefined,
): string {
  const [kind, id] = line.code.split(':');
  const name = kind === 'option' && id !== undefined ? attributeName(id) : undefined;
  return name === undefined || name === line.label ? line.label : `${name}: ${line.label}`;
}

/** A line of a price between the goods and the total. */
export interface ExtraLine {
  readonly label: string;
  readonly amount: Amount;
}

/** Delivery where it costs something, and tax where it comes on top. */
export function extrasOf(
  delivery: ExtraLine,
  tax: ExtraLine & { readonly included: boolean },
): readonly ExtraLine[] {
  const isFree = /^0+$/.test(delivery.amount.minor);
  const onTop = tax.included ? [] : [{ label: tax.label, amount: tax.amount }];
  return [...(isFree ? [] : [delivery]), ...onTop];
}

/** The total and the date that the customer sees and agrees to. */
export interface Shown {
  readonly total: Amount;
  readonly ready: string;
}

/** What an order was refused for, though it may be placed again. */
export interface Moved {
  readonly kind: 'price' | 'date';
  readonly before: Shown;
  readonly after: Shown;
}

/** Reads `price/moved` and `promise/moved`; undefined for any other problem. */
export function movedOf(
  problem: {
    readonly type: string;
    readonly total?: Amount | undefined;
    readonly ready?: string | undefined;
  },
  shown: Shown,
): Moved | undefined {
  if (problem.type === 'price/moved' && problem.total !== undefined) {
    const ready = problem.ready ?? shown.ready;
    return { kind: 'price', before: shown, after: { total: problem.total, ready } };
  }
  if (problem.type === 'promise/moved' && problem.ready !== undefined) {
    const total = problem.total ?? shown.total;
    return { kind: 'date', before: shown, after: { total, ready: problem.ready } };
  }
  return undefined;
}
