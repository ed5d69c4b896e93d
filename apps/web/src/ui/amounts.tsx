import { type DateReading, dateWords, momentWords } from './date.view.ts';
import { useLocale } from './locale.tsx';
import { type Amount, formatMoney, formatMoneyChange } from './money.view.ts';

/** An amount in the language of the page. */
export function Money(props: { readonly amount: Amount }) {
  return <span translate="no">{formatMoney(props.amount, useLocale())}</span>;
}

/** A difference of amounts with its sign; nothing where there is none. */
export function MoneyChange(props: { readonly amount: Amount }) {
  return <span translate="no">{formatMoneyChange(props.amount, useLocale())}</span>;
}

/** Language, moment and time zone for the functions of `date.view.ts`. */
export function useReading(timeZone?: string): DateReading {
  const locale = useLocale();
  return { locale, now: Date.now(), ...(timeZone === undefined ? {} : { timeZone }) };
}

/** An instant as people say it; the exact moment is in the title. */
export function DateWords(props: { readonly at: string; readonly timeZone?: string }) {
  const reading = useReading(props.timeZone);
  return (
    <time dateTime={props.at} title={momentWords(props.at, reading)}>
      {dateWords(props.at, reading)}
    </time>
  );
}
