import type { ColumnKind } from './model.ts';
import { isOneSlip, isWithinEdits, jaroWinkler } from './similarity.ts';

/** How a word sounds; whoever asks keeps what was worked out. */
export type SoundOf = (word: string) => string;

/** The degree of agreement of two values that are there and not equal, as index into `LEVELS`. */
export type LevelOf = (a: string, b: string, soundOf: SoundOf) => number;

const SLIP = 0.93;
const ALIKE = 0.85;
const LONG = 8;

/** One slip, or two in a long text, or as good as that by Jaro and Winkler. */
function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 3) return false;
  if (isOneSlip(a, b)) return true;
  if (shorter >= LONG && isWithinEdits(a, b, 2)) return true;
  return shorter > 4 && jaroWinkler(a, b) >= SLIP && !a.startsWith(b) && !b.startsWith(a);
}

function isAlike(a: string, b: string, soundOf: SoundOf): boolean {
  if (jaroWinkler(a, b) >= ALIKE) return true;
  const sound = soundOf(a);
  return sound.length > 1 && sound === soundOf(b);
}

/** Whether one of several words of a text is a word of the other. */
function sharesWord(a: string, b: string): boolean {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const among = ` ${a} `;
  for (let start = 0; start < b.length; ) {
    const space = b.indexOf(' ', start);
    const end = space < 0 ? b.length : space;
    if (end - start > 2 && among.includes(` ${b.slice(start, end)} `)) return true;
    start = end + 1;
  }
  return false;
}

function givenLevel(a: string, b: string, soundOf: SoundOf): number {
  if (a.startsWith(b) || b.startsWith(a) || sharesWord(a, b)) return 3;
  if (isSlip(a, b)) return 2;
  return isAlike(a, b, soundOf) ? 4 : 5;
}

function surnameLevel(a: string, b: string, soundOf: SoundOf): number {
  if (isSlip(a, b)) return 1;
  if (sharesWord(a, b) || isInitial(a, b)) return 2;
  return isAlike(a, b, soundOf) ? 3 : 4;
}

function isInitial(a: string, b: string): boolean {
  return (a.length === 1 || b.length === 1) && a[0] === b[0];
}

const [SLIPPED, TURNED, PARTS, YEAR, NEAR, FAR] = [1, 2, 3, 4, 5, 6];

/** Dates are `yyyymmdd`, zeros where a part is not known. */
function birthLevel(a: string, b: string): number {
  const [yearA, monthA, dayA] = partsOf(a);
  const [yearB, monthB, dayB] = partsOf(b);
  const isSameYear = yearA === yearB;
  if (monthA === '00' || monthB === '00') return byYear(yearA, yearB);
  if (isSameYear && monthA === dayB && dayA === monthB) return TURNED;
  if (isOneDigitOff(a, b)) return SLIPPED;
  const same = Number(isSameYear) + Number(monthA === monthB) + Number(dayA === dayB);
  return same === 2 ? PARTS : byYear(yearA, yearB);
}

function byYear(a: string, b: string): number {
  if (a === b) return YEAR;
  return Math.abs(Number(a) - Number(b)) <= 1 ? NEAR : FAR;
}

function partsOf(date: string): readonly [year: string, month: string, day: string] {
  return [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
}

/** Texts of one length with one other character, or two neighbours exchanged. */
function isOneDigitOff(a: string, b: string): boolean {
  return a.length === b.length && isOneSlip(a, b);
}

function emailLevel(a: string, b: string): number {
  const localA = a.slice(0, a.indexOf('@'));
  const localB = b.slice(0, b.indexOf('@'));
  if (localA === localB) return 1;
  if (isOneSlip(a, b) || isWithinEdits(a, b, 2)) return 2;
  return jaroWinkler(localA, localB) >= 0.9 ? 3 : 4;
}

function postcodeLevel(a: string, b: string): number {
  if (isOneSlip(a, b)) return 1;
  const shared = Math.max(2, Math.ceil(Math.min(a.length, b.length) / 2));
  return a.slice(0, shared) === b.slice(0, shared) ? 2 : 3;
}

function placeLevel(a: string, b: string): number {
  if (isSlip(a, b)) return 1;
  return jaroWinkler(a, b) >= 0.9 || sharesWord(a, b) ? 2 : 3;
}

function codeLevel(a: string, b: string): number {
  return isOneSlip(a, b) ? 1 : 2;
}

function shortCodeLevel(a: string, b: string): number {
  return Math.min(a.length, b.length) > 1 && isOneSlip(a, b) ? 1 : 2;
}

/** How values of each kind that is compared are told apart. */
export const LEVEL_OF: Readonly<Partial<Record<ColumnKind, LevelOf>>> = {
  given: givenLevel,
  surname: surnameLevel,
  birth: birthLevel,
  email: emailLevel,
  phone: codeLevel,
  street: placeLevel,
  houseNumber: shortCodeLevel,
  postcode: postcodeLevel,
  city: placeLevel,
  region: shortCodeLevel,
  identifier: codeLevel,
  category: () => 1,
  text: placeLevel,
};

/** Level of a given name that is the other record's surname, and the other way round. */
export const SWAPPED = 1;

/** Level of a value that stands in the other record's next column of the kind: as good as a slip. */
export const EXCHANGED: Readonly<Partial<Record<ColumnKind, number>>> = {
  street: 1,
  phone: 1,
  email: 2,
};
