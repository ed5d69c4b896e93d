import { useLocale } from '../ui/locale.tsx';
import { numberFormat } from '../ui/number-format.view.ts';
import {
  alikeTexts,
  chanceText,
  changeText,
  estimateText,
  type Ranged,
  rangedTexts,
  shareText,
  smallText,
  wholeChangeText,
  wholeText,
} from './value-words.view.ts';

/** Says estimates of a company in the language of the page. */
export function useEstimates(currency: string) {
  const locale = useLocale();
  const reading = { locale, currency };
  return {
    reading,
    /** `€1,230`: no digits that nobody knows. */
    estimate: (amount: number) => estimateText(amount, reading),
    /** What an effort brings; a dash where it would cost more than it brings. */
    gain: (amount: number) => (amount >= 0.5 ? estimateText(amount, reading) : '–'),
    /** `+€120` */
    change: (amount: number) => changeText(amount, reading),
    /** `€1.20` */
    small: (amount: number) => smallText(amount, reading),
    /** `+€1,234` and `€1,234`: for amounts that have to add up. */
    wholeChange: (amount: number) => wholeChangeText(amount, reading),
    whole: (amount: number) => wholeText(amount, reading),
    /** A value and its interval, each as exact as the interval allows. */
    ranged: (of: Ranged) => rangedTexts(of, reading),
    /** A value and its interval in a list, all amounts told alike. */
    alike: (of: Ranged) => alikeTexts(of, reading),
    /** `62%`; a dash where it is not known. */
    share: (share: number | null, digits = 0) =>
      share === null ? '–' : shareText(share, locale, digits),
    /** A probability, which is never certain: `97%`, `> 99%`. */
    chance: (probability: number) => chanceText(probability, locale),
    number: (value: number, digits = 0) =>
      numberFormat(locale, { maximumFractionDigits: digits }).format(value),
  };
}
