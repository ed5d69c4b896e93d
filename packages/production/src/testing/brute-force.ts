import { DAY_MS, type Instant, MINUTE_MS } from '@keepsake/kernel';
import type { Claim, QuoteRequest } from '../demand.ts';
import { zoneOf } from '../local-time.ts';
import type { Calendar, Plant } from '../plant.ts';

/**
 * A reference that shares no search with the engine: it walks minute by minute. Everything it is
 * given must lie on whole minutes. Slow on purpose.
 */
export interface MinutePlant {
  isOpen(workCentre: string, instant: Instant): boolean;
  unitsOf(workCentre: string): number;
}

/** A plant whose hours are read off the local clock of each minute. */
export function minutePlant(plant: Plant): MinutePlant {
  const { offsetAt } = zoneOf(plant.timeZone);
  const centres = new Map(plant.workCentres.map((centre) => [centre.id, centre]));
  const known = new Map<string, boolean>();
  return {
    unitsOf: (id) => centres.get(id)?.units ?? 0,
    isOpen: (id, instant) => {
      const key = `${id} ${instant}`;
      const sooner = known.get(key);
      if (sooner !== undefined) return sooner;
      const calendar = centres.get(id)?.calendar;
      const open = calendar !== undefined && isOpenAt(calendar, instant + offsetAt(instant));
      known.set(key, open);
      return open;
    },
  };
}

/** Whether a local time (as if it were UTC) lies in a shift of its own day or the night before. */
function isOpenAt({ shifts, closed }: Calendar, local: number): boolean {
  const day = Math.floor(local / DAY_MS);
  const minute = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  const runs = (start: number, at: number): boolean => {
    if (closed.includes(new Date(start * DAY_MS).toISOString().slice(0, 10))) return false;
    const weekday = new Date(start * DAY_MS).getUTCDay() || 7;
    return shifts.some((shift) => {
      if (shift.weekday !== weekday) return false;
      const from = clockMinutes(shift.from);
      const to = clockMinutes(shift.to);
      return from <= at && at < (to > from ? to : to + 24 * 60);
    });
  };
  return runs(day, minute) || runs(day - 1, minute + 24 * 60);
}

function clockMinutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/**
 * The earliest finish of a chain of operations that start at `from` or later, over every choice of
 * unit and of gap for each of them; undefined if there is none by `until`. Exponential in length.
 */
export function bruteForceFinish(
  plant: MinutePlant,
  claims: readonly Claim[],
  chain: QuoteRequest['operations'],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Instant | undefined {
  const [operation, ...rest] = chain;
  if (operation === undefined) return from;
  const { workCentre, seconds } = operation;
  if (seconds === 'stay') return undefined;
  if (seconds === 0) return bruteForceFinish(plant, claims, rest, { from, until });
  let best: Instant | undefined;
  for (let unit = 0; unit < plant.unitsOf(workCentre); unit++) {
    const own = claims.filter((claim) => claim.workCentre === workCentre && claim.unit === unit);
    // In each gap of the unit, starting later than possible never helps; in which gap may matter.
    const starts = [from, ...own.map(({ end }) => end)].filter((start) => start >= from);
    for (const start of new Set(starts)) {
      const end = walk(plant, workCentre, own, { start, minutes: seconds / 60, until });
      if (end === undefined) continue;
      const finish = bruteForceFinish(plant, claims, rest, { from: end, until });
      if (finish !== undefined && finish < (best ?? Number.POSITIVE_INFINITY)) best = finish;
    }
  }
  return best;
}

/** Works off minutes from the first open one on; undefined where another claim is in the way. */
function walk(
  plant: MinutePlant,
  workCentre: string,
  own: readonly Claim[],
  work: { readonly start: Instant; readonly minutes: number; readonly until: Instant },
): Instant | undefined {
  let { minutes } = work;
  let isBegun = false;
  for (let now = work.start; now < work.until; now += MINUTE_MS) {
    const isTaken = own.some(({ start, end }) => start <= now && now < end);
    const isOpen = plant.isOpen(workCentre, now);
    if (isTaken && isBegun) return undefined;
    if (isTaken && isOpen) return undefined;
    if (!isOpen) continue;
    isBegun = true;
    minutes -= 1;
    if (minutes === 0) return now + MINUTE_MS;
  }
  return undefined;
}

/** What is in stock of an item over time, and what is promised of it. */
export interface StockMove {
  readonly at: Instant;
  readonly quantity: number;
}

/**
 * The first instant among `instants` from which on a quantity can be taken without the stock ever
 * falling below nothing, by trying each; undefined if there is none.
 */
export function bruteForceAvailability(
  onHand: number,
  moves: readonly StockMove[],
  quantity: number,
  instants: readonly Instant[],
): Instant | undefined {
  const isGood = (at: Instant): boolean => {
    const all = [...moves, { at, quantity: -quantity }];
    return all.every((move) => {
      const sum = all.reduce(
        (total, other) => total + (other.at <= move.at ? other.quantity : 0),
        0,
      );
      return move.at < at || onHand + sum >= 0;
    });
  };
  return instants.toSorted((a, b) => a - b).find(isGood);
}
