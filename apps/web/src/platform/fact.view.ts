import type { Evidence, Fact } from '@keepsake/contract';
import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { calendarDateOf, type DateReading } from '../ui/date.view.ts';
import { textIn } from '../ui/locale.tsx';

/** Where a fact is known from, as data. */
export type EvidenceOf = z.infer<typeof Evidence>;

/** The words of facts in one language. */
export type FactWords = TFunction<'fact'>;

/** What a fact says, however it came to be known. */
export type Saying = Pick<Fact, 'label' | 'value' | 'valueLabel' | 'polarity'>;

/** A day without its weekday, `9 Nov` or `9 November`; the year only where it is another one. */
export function originDay(
  instant: string,
  reading: DateReading,
  month: 'short' | 'long' = 'short',
): string {
  const zone = reading.timeZone === undefined ? {} : { timeZone: reading.timeZone };
  const isThisYear =
    calendarDateOf(instant, reading.timeZone).slice(0, 4) ===
    calendarDateOf(reading.now, reading.timeZone).slice(0, 4);
  const locale = reading.locale === 'en' ? 'en-GB' : reading.locale;
  return new Intl.DateTimeFormat(locale, {
    ...zone,
    day: 'numeric',
    month,
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(new Date(instant));
}

function saidAs(saying: Saying, locale: string) {
  return {
    label: textIn(saying.label, locale),
    value: textIn(saying.valueLabel, locale),
  };
}

/** A fact in a few words for staff: `Pillow: Firm`, `Pillow filling: never Feather`. */
export function factShort(saying: Saying, t: FactWords, locale: string): string {
  const words = saidAs(saying, locale);
  if (typeof saying.value !== 'boolean') return t(`short.${saying.polarity}`, words);
  return t(saying.value ? `short.yes.${saying.polarity}` : 'short.no', words);
}

/** What a fact says, as a sentence to the one it is about. */
export function factSentence(
  fact: Saying & Pick<Fact, 'scope'>,
  t: FactWords,
  locale: string,
): string {
  const { placeName, occasion } = fact.scope;
  return [
    plainSentence(fact, t, locale),
    placeName !== null && t('only', { place: placeName }),
    occasion === 'gift' && t('gift'),
  ]
    .filter((part) => part !== false)
    .join(' ');
}

function plainSentence(saying: Saying, t: FactWords, locale: string): string {
  const words = saidAs(saying, locale);
  const { value, polarity } = saying;
  if (typeof value === 'boolean') {
    return t(value ? `sentence.yes.${polarity}` : 'sentence.no', words);
  }
  // A measure is no matter of taste.
  if (typeof value === 'number' && polarity === 'like') return t('sentence.number', words);
  return t(`sentence.${polarity}`, words);
}

/** The evidence that a fact is believed on; undefined where none may be shown. */
export function decidingEvidence(fact: Pick<Fact, 'basis' | 'evidence'>): EvidenceOf | undefined {
  return fact.evidence.find(({ how }) => how === fact.basis) ?? fact.evidence[0];
}

/** How a fact came to be known, as a sentence to the one it is about. */
export function originSentence(
  fact: Pick<Fact, 'basis' | 'evidence' | 'since'>,
  t: FactWords,
  reading: DateReading,
): string {
  const evidence = decidingEvidence(fact);
  const date = originDay(evidence?.at ?? fact.since, reading, 'long');
  const how = evidence?.how ?? fact.basis;
  const place = evidence?.placeName ?? null;
  const origin =
    place === null ? t(`origin.${how}`, { date }) : t(`originAt.${how}`, { date, place });
  const count = fact.evidence.length;
  return count > 1 ? `${origin} ${t('occasions', { count })}` : origin;
}

/** Where one piece of evidence is from, in a few words: `told at Monterey, 9 Nov`. */
export function evidenceMark(evidence: EvidenceOf, t: FactWords, reading: DateReading): string {
  const date = originDay(evidence.at, reading);
  const how = t(`how.${evidence.how}`);
  return evidence.placeName === null
    ? t('mark', { how, date })
    : t('markAt', { how, date, place: evidence.placeName });
}

/** A heading of facts with what stands below it. */
export interface FactGroup<F> {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly F[];
}

const CATEGORIES = ['health', 'room', 'stay', 'body', 'bicycle', 'coffee'] as const;

function categoryTitle(id: string, t: FactWords): string {
  const known = CATEGORIES.find((category) => category === id);
  if (known !== undefined) return t(`category.${known}`);
  // A company's own category has no words but its name.
  return id === '' ? t('category.other') : id.charAt(0).toUpperCase() + id.slice(1);
}

/**
 * Facts under the first part of their predicate's category; what protects health comes first, the
 * rest in the order of the vocabulary.
 */
export function groupFacts<F extends Pick<Fact, 'predicate' | 'sensitivity'>>(
  facts: readonly F[],
  predicates: readonly { readonly name: string; readonly category: string }[],
  t: FactWords,
): readonly FactGroup<F>[] {
  const order = new Map(predicates.map((predicate, index) => [predicate.name, index]));
  const categories = new Map(predicates.map(({ name, category }) => [name, category]));
  const placeOf = (fact: F) => order.get(fact.predicate) ?? predicates.length;
  const groups = new Map<string, F[]>();
  for (const fact of [...facts].sort((a, b) => placeOf(a) - placeOf(b))) {
    const id =
      fact.sensitivity === 'special'
        ? 'health'
        : (categories.get(fact.predicate)?.split('/')[0] ?? '');
    groups.set(id, [...(groups.get(id) ?? []), fact]);
  }
  return [...groups]
    .map(([id, grouped]) => ({ id, title: categoryTitle(id, t), facts: grouped }))
    .sort((a, b) => Number(b.id === 'health') - Number(a.id === 'health'));
}
