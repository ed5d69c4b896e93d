/** The board of a site: what to make now, and the queue behind it. */
import type { BoardCard } from '@keepsake/contract';
import type { Words } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findCompany, findSite, type SiteRecord } from '../companies/index.ts';
import { dateAt, readOrdersForMakers, startOfDay } from '../orders/index.ts';
import {
  listLabels,
  listOperations,
  listWorkOrders,
  type OperationRef,
  type OperationRow,
  type PlantKey,
} from '../production/index.ts';
import { sortTasks, tasksOf, toCard } from './board.rules.ts';

/** What the workshop needs of the platform. */
export type BoardDeps = Pick<Deps, 'database' | 'keys' | 'clock'>;

/**
 * Cards of one board at most; the counts of work centres tell how much more there is. A card with
 * its picture is some 35 kB.
 */
export const CARDS_MAX = 100;

export interface Board {
  readonly workCentres: readonly {
    readonly id: string;
    readonly name: Words;
    readonly open: number;
  }[];
  readonly cards: readonly BoardCard[];
  readonly doneToday: number;
}

export type SiteMissing = { readonly kind: 'company-not-found' | 'site-not-found' };

/** A site of a company, or which of both is missing. */
export async function findPlace(
  db: Db,
  key: PlantKey,
): Promise<{ readonly kind: 'place'; readonly site: SiteRecord } | SiteMissing> {
  const company = await findCompany(db, key.company);
  if (company === undefined) return { kind: 'company-not-found' };
  const site = findSite(company, key.site);
  return site === undefined ? { kind: 'site-not-found' } : { kind: 'place', site };
}

/** What is to be made at a site, or at one of its work centres. */
export async function readBoard(
  deps: BoardDeps,
  key: PlantKey,
  workCentre: string | undefined,
): Promise<{ readonly kind: 'board'; readonly board: Board } | SiteMissing> {
  const db = deps.database.kysely;
  const place = await findPlace(db, key);
  if (place.kind !== 'place') return place;
  const { plant, timeZone } = place.site;
  const doneSince = startOfDay(timeZone, dateAt(timeZone, deps.clock.now()));
  const all = tasksOf(await listOperations(db, key, { doneSince }));
  const isHere = (row: OperationRow): boolean =>
    workCentre === undefined || row.workCentre === workCentre;
  const open = all.filter(({ state }) => state !== 'done');
  const shown = sortTasks(open.filter(({ row }) => isHere(row))).slice(0, CARDS_MAX);
  const rows = shown.map(({ row }) => row);
  const board: Board = {
    workCentres: plant.workCentres.map(({ id, name }) => ({
      id,
      name,
      open: open.filter(({ row }) => row.workCentre === id).length,
    })),
    cards: await readCards(deps, key, rows),
    doneToday: all.filter(({ row, state }) => state === 'done' && isHere(row)).length,
  };
  return { kind: 'board', board };
}

/** The cards of some operations, in their order. An order whose family is gone has none. */
async function readCards(
  deps: BoardDeps,
  key: PlantKey,
  rows: readonly OperationRow[],
): Promise<readonly BoardCard[]> {
  const db = deps.database.kysely;
  const ids = [...new Set(rows.map((row) => row.orderId))];
  const makers = await readOrdersForMakers(db, deps, key.company, ids);
  const works = await listWorkOrders(db, key, ids);
  const labels = new Map((await listLabels(db, key)).map((label) => [label.item, label]));
  const routed = await listOperations(db, key, { orders: ids });
  const routings = new Map(
    ids.map((id) => [id, routed.filter(({ orderId }) => orderId === id)] as const),
  );
  return rows.flatMap((row) => {
    const maker = makers.get(row.orderId);
    const work = works.get(row.orderId);
    if (maker === undefined || work === undefined) return [];
    return [toCard(row, { maker, work, labels, operations: routings.get(row.orderId) ?? [] })];
  });
}

/** The card of one operation as it is now; undefined where there is none. */
export async function readCard(deps: BoardDeps, ref: OperationRef): Promise<BoardCard | undefined> {
  const rows = await listOperations(deps.database.kysely, ref, { orders: [ref.orderId] });
  const [card] = await readCards(
    deps,
    ref,
    rows.filter((row) => row.id === ref.operation),
  );
  return card;
}
