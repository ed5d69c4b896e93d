import { rankBestFirst } from './best-first.ts';
import type { CustomerColumns } from './report-data.ts';

/** What is to be done about a customer. */
export type GroupName = 'keep' | 'active' | 'risk' | 'gone';

/** Customers of one group. */
export interface Group {
  readonly name: GroupName;
  /** How many they are. */
  readonly size: number;
  /** Rows of the columns, the most pressing first. */
  readonly rows: Uint32Array;
  readonly value: number;
  /** What more they would bring if all of them were certain to be customers still. */
  readonly atStake: number;
  readonly purchases: number;
}

/** Above the first a customer is taken for one, below the second for gone. */
export const ALIVE_LIKELY = 0.7;
export const ALIVE_UNLIKELY = 0.3;
/** The best are so many of all customers. */
export const BEST_SHARE = 0.2;

/** What a customer would bring more if he were certain to be one still. */
export function stakeOf({ alive, value, purchases }: CustomerColumns, i: number): number {
  const p = alive[i] ?? 0;
  const worth = (value[i] ?? 0) > 0 ? (value[i] ?? 0) : (purchases[i] ?? 0);
  return p > 0 ? (worth * (1 - p)) / p : 0;
}

/** Each customer is in one group. */
export function groupCustomers(columns: CustomerColumns): readonly Group[] {
  const size = columns.alive.length;
  const worth = columns.value.some((value) => value > 0) ? columns.value : columns.purchases;
  const edge = rankBestFirst({ value: worth, count: columns.count }).edgeOfBest(BEST_SHARE);
  const places: Record<GroupName, number[]> = { keep: [], active: [], risk: [], gone: [] };
  for (let i = 0; i < size; i++) {
    places[groupOf(columns.alive[i] ?? 0, (worth[i] ?? 0) > edge)].push(i);
  }
  return (['keep', 'active', 'risk', 'gone'] as const).map((name) => {
    const by = (i: number): number => (name === 'risk' ? stakeOf(columns, i) : (worth[i] ?? 0));
    const rows = Uint32Array.from(places[name]).sort((a, b) => by(b) - by(a));
    const sum = (of: (i: number) => number): number =>
      rows.reduce((total, i) => total + of(i) * (columns.count[i] ?? 0), 0);
    return {
      ...{ name, rows, size: sum(() => 1) },
      value: sum((i) => columns.value[i] ?? 0),
      atStake: sum((i) => stakeOf(columns, i)),
      purchases: sum((i) => columns.purchases[i] ?? 0),
    };
  });
}

function groupOf(alive: number, isBest: boolean): GroupName {
  if (alive < ALIVE_UNLIKELY) return 'gone';
  if (alive < ALIVE_LIKELY) return 'risk';
  return isBest ? 'keep' : 'active';
}
