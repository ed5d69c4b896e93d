import type { Family, Values } from '@keepsake/configurator';
import type { Instant, Words } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findFamily, type PublishedFamily, pictureOf } from '../families/index.ts';
import { type OrderInstruction, openOrder } from './content.ts';
import { findOrderRow, type OrderRow } from './orders.store.ts';

/** A text of an order, such as an engraving, with the name of its attribute. */
export interface MakerText {
  readonly attribute: string;
  readonly label: Words;
  readonly text: string;
}

/** What makers see of an order: the design and what is remembered, never who it is for. */
export interface MakerOrder {
  readonly id: string;
  readonly number: string;
  readonly familyName: Words;
  readonly family: Family;
  readonly values: Values;
  /** Those that are not empty, in the order of the family. */
  readonly texts: readonly MakerText[];
  /** An SVG document; empty where there is none. */
  readonly picture: string;
  readonly instructions: readonly OrderInstruction[];
  readonly placedAt: Instant;
}

/**
 * Orders as makers need them, by id. One whose customer was erased has no values, texts or
 * instructions; one whose family version is gone is missing. Opens one sealed content an order.
 */
export async function readOrdersForMakers(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, MakerOrder>> {
  const published = new Map<string, PublishedFamily | undefined>();
  const orders = new Map<string, MakerOrder>();
  for (const id of new Set(orderIds)) {
    const row = await findOrderRow(db, company, id);
    if (row === undefined) continue;
    const version = `${row.family} ${row.modelHash}`;
    if (!published.has(version)) published.set(version, await findFamily(db, row));
    const family = published.get(version);
    if (family !== undefined) orders.set(id, await toMakerOrder(db, deps, row, family));
  }
  return orders;
}

async function toMakerOrder(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: OrderRow,
  published: PublishedFamily,
): Promise<MakerOrder> {
  const { family } = published;
  const content = await openOrder(db, deps, row);
  const { values = {}, texts = {}, instructions = [] } = content ?? {};
  return {
    id: row.id,
    number: row.number,
    familyName: family.name,
    family,
    values,
    texts: family.attributes.flatMap(({ id, name }) => {
      const text = texts[id];
      return text === undefined || text === '' ? [] : [{ attribute: id, label: name, text }];
    }),
    picture: content === undefined ? '' : pictureOf(published, values, texts),
    instructions,
    placedAt: row.placedAt.getTime(),
  };
}
