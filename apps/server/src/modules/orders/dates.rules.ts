import { DAY_MS, HOUR_MS, type Instant } from '@keepsake/kernel';
import { localToInstant, type Stay, type Zone, zoneOf } from '@keepsake/production';

/** Rooms are taken over in the afternoon and handed back before noon, in the site's local time. */
export const CHECK_IN_HOUR = 15;
export const CHECK_OUT_HOUR = 11;
/** Nights of one stay at most. */
export const NIGHTS_MAX = 60;

const zones = new Map<string, Zone>();

function zoneFor(timeZone: string): Zone {
  const known = zones.get(timeZone) ?? zoneOf(timeZone);
  zones.set(timeZone, known);
  return known;
}

/** A calendar date as milliseconds since 1970-01-01, as if local time were UTC. */
function localDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The calendar date that clocks of a zone show at an instant. */
export function dateAt(timeZone: string, instant: Instant): string {
  const zone = zoneFor(timeZone);
  return new Date(instant + zone.offsetAt(instant)).toISOString().slice(0, 10);
}

/** The date some days later. */
export function addDays(date: string, days: number): string {
  return new Date(localDay(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The instant at which a local day begins. */
export function startOfDay(timeZone: string, date: string): Instant {
  return localToInstant(zoneFor(timeZone), localDay(date));
}

/**
 * The last millisecond of the local day of an instant. Promises are kept to the day: what moves by
 * hours moves nobody's plans.
 */
export function endOfDay(timeZone: string, instant: Instant): Instant {
  const next = addDays(dateAt(timeZone, instant), 1);
  return localToInstant(zoneFor(timeZone), localDay(next)) - 1;
}

/** Nights from arrival to departure. */
export function nightsOf(stay: { readonly arrive: string; readonly depart: string }): number {
  return Math.round((localDay(stay.depart) - localDay(stay.arrive)) / DAY_MS);
}

/** The hours of a stay, or undefined where its dates cannot be: past, reversed, or too long. */
export function hoursOfStay(
  timeZone: string,
  stay: { readonly arrive: string; readonly depart: string },
  now: Instant,
): Stay | undefined {
  const nights = nightsOf(stay);
  if (!Number.isFinite(nights) || nights < 1 || nights > NIGHTS_MAX) return undefined;
  if (stay.arrive < dateAt(timeZone, now)) return undefined;
  const zone = zoneFor(timeZone);
  const from = localToInstant(zone, localDay(stay.arrive) + CHECK_IN_HOUR * HOUR_MS);
  const to = localToInstant(zone, localDay(stay.depart) + CHECK_OUT_HOUR * HOUR_MS);
  return { from: Math.max(from, now + HOUR_MS), to };
}
