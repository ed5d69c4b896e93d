import { LIMITS } from '@keepsake/contract';
import { calendarDateOf, daysBetween } from '../../ui/date.view.ts';

/** Where and when a stay shall be, as far as it is filled in. */
export interface StayDraft {
  readonly site?: string | undefined;
  readonly arrive?: string | undefined;
  readonly depart?: string | undefined;
}

/** The calendar date at a place. */
export function todayAt(now: number, timeZone: string | undefined): string {
  return calendarDateOf(now, timeZone);
}

/** What is wrong with the dates; undefined while they are fine or not both given yet. */
export function stayFault(stay: StayDraft, today: string): 'past' | 'order' | 'long' | undefined {
  const { arrive, depart } = stay;
  if (arrive && arrive < today) return 'past';
  if (!arrive || !depart) return undefined;
  const nights = daysBetween(arrive, depart);
  if (nights < 1) return 'order';
  return nights > LIMITS.stayNightsMax ? 'long' : undefined;
}

/** The stay, when it is all there and without fault. */
export function completeStay(
  stay: StayDraft,
  today: string,
): { readonly arrive: string; readonly depart: string } | undefined {
  if (!stay.arrive || !stay.depart || stayFault(stay, today) !== undefined) return undefined;
  return { arrive: stay.arrive, depart: stay.depart };
}
