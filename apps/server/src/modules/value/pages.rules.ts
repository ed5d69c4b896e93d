/** Where a page of a sorted list goes on. */

/** The last row of a page: what it is sorted by, and its id, which tells equal ones apart. */
export interface PageEnd {
  readonly key: number;
  readonly id: string;
}

/** How many are on a page unless more are asked for. */
export const PAGE_SIZE = 25;

/** The end of a page as an opaque text. It says of which list it is. */
export function cursorOf(list: string, { key, id }: PageEnd): string {
  return Buffer.from(`${list} ${key} ${id}`).toString('base64url');
}

/** Reads what `cursorOf` wrote for the same list; undefined for everything else. */
export function parseCursor(list: string, cursor: string | undefined): PageEnd | undefined {
  const [of, written = '', id = ''] = Buffer.from(cursor ?? '', 'base64url')
    .toString()
    .split(' ');
  const key = Number(written);
  const isWhole = of === list && written !== '' && Number.isFinite(key);
  return isWhole && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? { key, id }
    : undefined;
}

/** One row more than fits was read, so that it is known whether the list goes on. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorAfter: (last: T) => string,
): { readonly shown: readonly T[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: rows.length > limit && last !== undefined ? cursorAfter(last) : null };
}
