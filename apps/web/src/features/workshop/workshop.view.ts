import type { BoardCard, StockRow } from '@keepsake/contract';
import type { z } from 'zod';
import { calendarDateOf, daysBetween } from '../../ui/date.view.ts';

/** What a site keeps of one item. */
export type StockLine = z.infer<typeof StockRow>;

/** The order of work to look at: the chosen one while it is there, else what to make now. */
export function currentCard(
  cards: readonly BoardCard[],
  chosen: string | undefined,
): BoardCard | undefined {
  const order: readonly BoardCard['state'][] = ['running', 'ready', 'waiting', 'blocked'];
  return (
    cards.find(({ id }) => id === chosen) ??
    order.flatMap((state) => cards.find((card) => card.state === state) ?? [])[0]
  );
}

/** What a maker can do with an order of work now. */
export type FloorAct = 'start' | 'done' | 'block' | 'unblock';

/** The acts that the state allows, the most likely first. */
export function actsOf(state: BoardCard['state']): readonly FloorAct[] {
  switch (state) {
    case 'ready':
      return ['start', 'block'];
    case 'running':
      return ['done', 'block'];
    case 'blocked':
      return ['unblock'];
    case 'waiting':
    case 'done':
      return [];
  }
}

/** How near a due date is: past, today, tomorrow, or later. */
export type DueTone = 'late' | 'today' | 'soon' | 'later';

/** How near a due date is, in the calendar of the place. */
export function dueTone(due: string, now: number, timeZone?: string): DueTone {
  if (Date.parse(due) < now) return 'late';
  const days = daysBetween(calendarDateOf(now, timeZone), calendarDateOf(due, timeZone));
  if (days <= 0) return 'today';
  return days === 1 ? 'soon' : 'later';
}

/** A number of units as makers read it: `2`, `18.5`; the unit `piece` goes without saying. */
export function quantityWords(quantity: number, unit: string, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(quantity);
  return unit === '' || unit === 'piece' ? number : `${number} ${unit}`;
}

/** What became of one remembered instruction, as ticked before Done. */
export interface Answered {
  /** Undefined while nobody has said. */
  readonly isFollowed: boolean | undefined;
  readonly reason: string;
}

/** Whether everything is answered: each followed, or not followed with a reason. */
export function isAnswered(answers: readonly Answered[]): boolean {
  return answers.every(
    ({ isFollowed, reason }) =>
      isFollowed === true || (isFollowed === false && reason.trim() !== ''),
  );
}

/** The instructions that could not be followed, as they are sent. */
export function rejectedOf(
  answers: readonly Answered[],
): { readonly index: number; readonly reason: string }[] {
  return answers.flatMap(({ isFollowed, reason }, index) =>
    isFollowed === false ? [{ index, reason: reason.trim() }] : [],
  );
}

/** Stock that a text finds by name, number or bin; what is short comes first. */
export function findStock(
  items: readonly StockLine[],
  query: string,
  nameOf: (row: StockLine) => string,
): readonly StockLine[] {
  const wanted = query.trim().toLowerCase();
  return items
    .filter((row) =>
      [nameOf(row), row.item, row.bin ?? ''].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map((row) => ({ row, name: nameOf(row) }))
    .sort(
      (a, b) =>
        Number(b.row.available <= 0) - Number(a.row.available <= 0) || a.name.localeCompare(b.name),
    )
    .map(({ row }) => row);
}

/** The instant of a local date and time as a form gives it; undefined where it is none. */
export function instantFrom(local: string): string | undefined {
  const at = local === '' ? Number.NaN : Date.parse(local);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
