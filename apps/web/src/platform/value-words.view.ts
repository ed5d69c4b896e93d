import type { CustomerValue, Tier, ValueDriver } from '@keepsake/contract';
import { numberFormat } from '../ui/number-format.view.ts';

/** All tiers, in the order in which they are shown. */
export const TIERS: readonly Tier[] = ['keep', 'grow', 'maintain', 'below-zero', 'undecided'];

/** The colour of each tier, and of who is not there. None of them is that of a fault. */
export const TIER_COLOURS: Readonly<Record<Tier | 'absent', string>> = {
  keep: 'var(--part-1)',
  grow: 'var(--part-2)',
  maintain: 'var(--part-3)',
  'below-zero': 'var(--part-4)',
  undecided: 'var(--part-5)',
  absent: 'var(--line)',
};

/** Kinds of treatments that a customer may take or leave; all others are done for them. */
const OFFERED: readonly TreatmentKind[] = ['offer', 'starting-point', 'price-fence'];

type TreatmentKind = CustomerValue['treatments'][number]['kind'];

/** How staff is told of a treatment, whose own words speak to the customer. */
export function treatmentWay(kind: TreatmentKind): 'offered' | 'done' {
  return OFFERED.includes(kind) ? 'offered' : 'done';
}

/** What an estimate needs to be said. */
export interface EstimateReading {
  readonly locale: string;
  /** ISO 4217; amounts are in its units. */
  readonly currency: string;
}

/** An estimate and how sure it is. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Digits of an estimate of which no interval is known. */
const DIGITS = 3;
/** An interval is told in about so many steps. */
const STEPS = 10;

/** The power of ten in steps of which an estimate is told, by how wide its interval is; 1 at least. */
export function stepOf(width: number): number {
  if (!Number.isFinite(width) || width <= STEPS) return 1;
  return 10 ** Math.floor(Math.log10(width / STEPS));
}

function moneyText(
  amount: number,
  { locale, currency }: EstimateReading,
  decimals: number,
  sign: 'auto' | 'exceptZero' = 'auto',
): string {
  const format = numberFormat(locale === 'en' ? 'en-IE' : locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: sign,
  });
  // No minus before a zero, and a real one elsewhere.
  return format.format(amount === 0 ? 0 : amount).replace('-', '−');
}

function rounded(amount: number, step: number): number {
  return Math.round(amount / step) * step + 0;
}

/** The step for an amount alone: three digits, and never parts of a unit. */
function ownStep(amount: number): number {
  const size = Math.abs(amount);
  return size < 1 ? 1 : Math.max(1, 10 ** (Math.floor(Math.log10(size)) - DIGITS + 1));
}

/** An estimate without digits that nobody knows: `€1,230`, `€412,000`; whole units at least. */
export function estimateText(amount: number, reading: EstimateReading): string {
  return moneyText(rounded(amount, ownStep(amount)), reading, 0);
}

/** What an amount adds or takes away: `+€120`, `−€40`, `€0`. */
export function changeText(amount: number, reading: EstimateReading): string {
  return moneyText(rounded(amount, ownStep(amount)), reading, 0, 'exceptZero');
}

/** What an amount adds or takes away, in whole units: `+€1,234`. For amounts that have to add up. */
export function wholeChangeText(amount: number, reading: EstimateReading): string {
  return moneyText(Math.round(amount), reading, 0, 'exceptZero');
}

/** An amount in whole units: `€1,234`. For amounts that have to add up. */
export function wholeText(amount: number, reading: EstimateReading): string {
  return moneyText(Math.round(amount), reading, 0);
}

/** A small amount with its minor digits, such as what contacts cost for each purchase: `€1.20`. */
export function smallText(amount: number, reading: EstimateReading): string {
  const digits = numberFormat('en', { style: 'currency', currency: reading.currency });
  return moneyText(amount, reading, digits.resolvedOptions().maximumFractionDigits ?? 2);
}

/** An estimate, told as exactly as its interval allows, and the interval in the same steps. */
export function rangedTexts(
  { value, low, high }: Ranged,
  reading: EstimateReading,
): { readonly value: string; readonly low: string; readonly high: string } {
  const step = stepOf(high - low);
  const text = (amount: number) => moneyText(rounded(amount, step), reading, 0);
  return { value: text(value), low: text(low), high: text(high) };
}

/**
 * An estimate of a list and its interval, every amount in three digits of its own: told by their
 * intervals, sorted amounts would look unsorted beside each other.
 */
export function alikeTexts(
  { value, low, high }: Ranged,
  reading: EstimateReading,
): { readonly value: string; readonly low: string; readonly high: string } {
  const text = (amount: number) => estimateText(amount, reading);
  return { value: text(value), low: text(low), high: text(high) };
}

/** Draws tell no smaller probability, nor one nearer to certainty. */
const CHANCE_MIN = 0.01;

/** A share of something counted: `62 %`; what is not quite none or all is never told as that. */
export function shareText(share: number, locale: string, digits = 0): string {
  const format = numberFormat(locale, { style: 'percent', maximumFractionDigits: digits });
  const least = 10 ** -(digits + 2);
  if (share > 0 && share < least / 2) return `< ${format.format(least)}`;
  if (share < 1 && share > 1 - least / 2) return `> ${format.format(1 - least)}`;
  return format.format(share + 0).replace('-', '−');
}

/** What is meaningful as so many times the mean: what happens, not how probable something is. */
const COUNTED = ['purchases', 'spend', 'returnRate', 'lines', 'contactCost'] as const;

/** A probability out of draws: they may all agree, and yet nothing is certain. */
export function chanceText(probability: number, locale: string): string {
  const percent = numberFormat(locale, { style: 'percent' });
  if (probability < CHANCE_MIN) return `< ${percent.format(CHANCE_MIN)}`;
  if (probability > 1 - CHANCE_MIN) return `> ${percent.format(1 - CHANCE_MIN)}`;
  return percent.format(probability);
}

/** Which sentence says a reason, and with which figures. */
export interface ReasonWords {
  readonly key:
    | `reason.${ValueDriver}.${'more' | 'less'}`
    | `reason.${(typeof COUNTED)[number]}.times`;
  readonly figures: { readonly own: string; readonly mean: string; readonly times: string };
}

/** From so many times the mean on it is said how many. */
const TIMES_MIN = 1.5;

/** The figure of a driver: a share, a number or an amount. */
export function driverText(driver: ValueDriver, figure: number, reading: EstimateReading): string {
  switch (driver) {
    case 'alive':
    case 'margin':
    case 'returnRate':
      return shareText(figure, reading.locale);
    case 'spend':
      return estimateText(figure, reading);
    case 'contactCost':
      return smallText(figure, reading);
    case 'purchases':
    case 'lines':
      return numberFormat(reading.locale, { maximumFractionDigits: 1 }).format(figure);
  }
}

/**
 * How a reason is said: by its figures, as more purchases raise a value or lower it by what each
 * brings, so that the amount does not say which way the figure lies.
 */
export function reasonWords(
  { driver, customer, cohort }: CustomerValue['reasons'][number],
  reading: EstimateReading,
): ReasonWords {
  const [own, mean] = [customer, cohort].map((figure) => driverText(driver, figure, reading));
  const ratio = cohort > 0 ? customer / cohort : 0;
  const times = numberFormat(reading.locale, { maximumFractionDigits: 1 }).format(ratio);
  const figures = { own: own ?? '', mean: mean ?? '', times };
  const counted = COUNTED.find((one) => one === driver);
  if (ratio >= TIMES_MIN && counted !== undefined) {
    return { key: `reason.${counted}.times`, figures };
  }
  return { key: `reason.${driver}.${customer >= cohort ? 'more' : 'less'}`, figures };
}
