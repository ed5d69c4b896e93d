import type { Work } from '@keepsake/kernel';
import type { AccountColumns } from '../money/accounts.ts';
import type { CostTable } from '../money/cost-table.ts';
import { type DriverColumns, driversOf } from '../money/drivers.ts';
import type { Horizon } from '../money/horizon.ts';
import type { ServiceModel } from '../money/service.ts';
import type { PlacedValueModel } from '../money/value-model.ts';

/** Customers whose drivers are worked out between two pauses. */
const SLICE = 512;

/** `driversOf`, slice by slice; a history is worked out once in each slice that it is in. */
export function* driversInSlices(
  columns: AccountColumns,
  model: Pick<PlacedValueModel, 'purchase' | 'spend' | 'service'>,
  terms: { readonly table: CostTable; readonly horizon: Horizon },
): Work<DriverColumns> {
  const size = columns.customer.length;
  const found = emptyDrivers(size);
  for (let from = 0; from < size; from += SLICE) {
    yield { done: from, of: size };
    const to = Math.min(size, from + SLICE);
    const service = serviceBetween(model.service, from, to);
    const part = driversOf(columnsBetween(columns, from, to), { ...model, service }, terms);
    for (const name of DRIVER_NAMES) found[name].set(part[name], from);
  }
  return found;
}

const DRIVER_NAMES = [
  'alive',
  'purchases',
  'spend',
  'margin',
  'returnRate',
  'lines',
  'contactCost',
  'residual',
] as const satisfies readonly (keyof DriverColumns)[];

function emptyDrivers(size: number): DriverColumns {
  const empty = (): Float64Array => new Float64Array(size);
  return {
    alive: empty(),
    purchases: empty(),
    spend: empty(),
    margin: empty(),
    returnRate: empty(),
    lines: empty(),
    contactCost: empty(),
    residual: empty(),
  };
}

function columnsBetween(columns: AccountColumns, from: number, to: number): AccountColumns {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  const cutAll = (named: AccountColumns['contacts']): AccountColumns['contacts'] =>
    new Map(Array.from(named, ([name, column]) => [name, cut(column)]));
  return {
    customer: columns.customer.slice(from, to),
    frequency: cut(columns.frequency),
    recency: cut(columns.recency),
    age: cut(columns.age),
    spendCount: cut(columns.spendCount),
    meanSpend: cut(columns.meanSpend),
    lines: cut(columns.lines),
    returns: cut(columns.returns),
    contacts: cutAll(columns.contacts),
    categories: cutAll(columns.categories),
  };
}

function serviceBetween(service: ServiceModel, from: number, to: number): ServiceModel {
  const { levels, ownMargins } = service;
  return {
    ...service,
    levels: { ...levels, of: levels.of.subarray(from, to) },
    ownMargins: {
      mean: ownMargins.mean.subarray(from, to),
      weight: ownMargins.weight.subarray(from, to),
    },
  };
}
