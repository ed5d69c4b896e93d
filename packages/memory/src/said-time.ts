/** Times of day as people say them, brought to one form. */
import { folded, numberSaid } from './said-number.ts';

type DayPart = 'am' | 'pm' | 'night' | undefined;

const AM = /\b(in the morning|morning|a\.?m|vormittags|morgens)\b/;
const PM = /\b(in the (?:afternoon|evening)|afternoon|evening|p\.?m|nachmittags|abends)\b/;
const NIGHT = /\b((?:at|in the) night|night|nachts)\b/;
const OCLOCK = / ?(?:o["'’` ]?clock|uhr)/;

/**
 * A time of day as `HH:MM` of 24 hours: `1:30 in the afternoon` is `13:30`, and `10:30` without more
 * is `10:30 am`. English, and the common German forms. What cannot be brought to this form stays a
 * text, letter case and blanks aside.
 */
export function timeSaid(text: string): string {
  const said = folded(text);
  const plain = said.replace(/^(at|um) /, '');
  if (/^(noon|midday|mittags?)$/.test(plain)) return '12:00';
  if (/^(midnight|mitternachts?)$/.test(plain)) return '00:00';
  const part = dayPartOf(plain);
  const isHour = part !== undefined || OCLOCK.test(plain);
  const bare = [AM, PM, NIGHT, OCLOCK].reduce((rest, words) => rest.replace(words, ' '), plain);
  const minutes = minutesOf(bare.replaceAll('.', '').replace(/\s+/g, ' ').trim(), isHour);
  return minutes === undefined ? said : clockOf(inDay(minutes, part));
}

function dayPartOf(said: string): DayPart {
  if (PM.test(said)) return 'pm';
  if (AM.test(said)) return 'am';
  return NIGHT.test(said) ? 'night' : undefined;
}

/** Minutes since midnight, before the part of the day is looked at. */
function minutesOf(said: string, isHour: boolean): number | undefined {
  const digits = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(said);
  if (digits !== null) return atClock(Number(digits[1]), Number(digits[2]));
  const related = /^(half|quarter|a quarter|[a-z0-9-]+)(?: minutes?)? (past|to) ([a-z0-9-]+)$/.exec(
    said,
  );
  if (related !== null) return relative(related[1] ?? '', related[2] ?? '', related[3] ?? '');
  return isHour ? atClock(numberSaid(said) ?? -1, 0) : undefined;
}

function relative(amount: string, direction: string, hour: string): number | undefined {
  const minutes = minutesSaid(amount);
  const base = atClock(numberSaid(hour) ?? -1, 0);
  if (minutes === undefined || base === undefined || minutes > 59) return undefined;
  if (direction === 'past') return base + minutes;
  // A quarter to one is of the twelfth hour, whichever half of the day is meant.
  return (base === 60 ? 13 * 60 : base === 0 ? 24 * 60 : base) - minutes;
}

function minutesSaid(amount: string): number | undefined {
  if (amount === 'half') return 30;
  return amount.endsWith('quarter') ? 15 : numberSaid(amount);
}

function atClock(hour: number, minute: number): number | undefined {
  const isTime = Number.isInteger(hour) && hour >= 0 && hour < 24 && minute < 60;
  return isTime ? hour * 60 + minute : undefined;
}

const NOON = 12 * 60;

function inDay(minutes: number, part: DayPart): number {
  if (part === undefined || minutes >= NOON + 60) return minutes;
  const half = minutes % NOON;
  const isLate = part === 'pm' || (part === 'night' && half >= 6 * 60);
  return isLate ? half + NOON : half;
}

function clockOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
