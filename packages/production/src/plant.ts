import type { Instant } from '@keepsake/kernel';

/**
 * Opening hours on one day of the week, in the local time of the plant.
 *
 * `weekday` is ISO 8601: 1 is Monday, 7 is Sunday. `from` and `to` are `HH:MM`; `to` may be `24:00`.
 * A shift whose `to` is not after its `from` ends on the next day.
 */
export interface Shift {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/**
 * When people work. `closed` holds local dates (`YYYY-MM-DD`) on which no shift starts.
 * Work on an operation pauses when a shift ends and goes on when the next one starts.
 */
export interface Calendar {
  readonly shifts: readonly Shift[];
  readonly closed: readonly string[];
}

/** A calendar that never closes. */
export const alwaysOpen: Calendar = {
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  closed: [],
};

/** A machine, bench, crew or kind of room: `units` of it (1 to 1,000) work side by side. */
export interface WorkCentre {
  readonly id: string;
  readonly units: number;
  readonly calendar: Calendar;
}

/** Stock that is on its way. `quantity` is what has not arrived yet. */
export interface Receipt {
  readonly id: string;
  readonly at: Instant;
  readonly quantity: number;
}

/**
 * A stock-keeping unit. `onHand` is what lies there and is not issued; `leadTimeDays` (24-hour days,
 * 0 to 3,650) is how long buying more takes. Quantities have at most six decimals.
 */
export interface Item {
  readonly id: string;
  readonly onHand: number;
  readonly incoming: readonly Receipt[];
  readonly leadTimeDays: number;
}

/** What a plant has: its clock's zone (IANA name), its capacities and its stock. */
export interface Plant {
  readonly id: string;
  readonly timeZone: string;
  readonly workCentres: readonly WorkCentre[];
  readonly items: readonly Item[];
}

/** Why a plant's description cannot be used. `id` names the work centre or item at fault. */
export type PlantFault =
  | { readonly kind: 'unknown-time-zone'; readonly timeZone: string }
  | { readonly kind: 'duplicate-id'; readonly id: string }
  | { readonly kind: 'bad-units'; readonly id: string }
  | { readonly kind: 'bad-shift'; readonly id: string; readonly index: number }
  | { readonly kind: 'bad-closed-date'; readonly id: string; readonly date: string }
  | { readonly kind: 'bad-quantity'; readonly id: string }
  | { readonly kind: 'bad-lead-time'; readonly id: string };
