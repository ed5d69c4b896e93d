import type { Quote } from '@keepsake/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useReading } from '../ui/amounts.tsx';
import { type DateReading, dayWords } from '../ui/date.view.ts';
import { textIn } from '../ui/locale.tsx';

/** Why a date is what it is, as data. */
export type Reason = Quote['promise']['reasons'][number];

/** One reason in the reader's words. */
export function reasonWords(reason: Reason, t: TFunction<'promise'>, reading: DateReading): string {
  const name =
    reason.name === undefined
      ? (reason.workCentre ?? reason.item ?? '')
      : textIn(reason.name, reading.locale);
  const until = reason.until === undefined ? undefined : dayWords(reason.until, reading);
  const words = t(`${reason.code}.plain`, { name });
  const dated = until === undefined ? words : t(`${reason.code}.until`, { name, date: until });
  return reason.note === undefined ? dated : `${dated} (${reason.note})`;
}

interface PromiseReasonsProps {
  readonly reasons: readonly Reason[];
  readonly timeZone?: string | undefined;
}

/** The reasons of a date as a list. */
export function PromiseReasons({ reasons, timeZone }: PromiseReasonsProps) {
  const { t } = useTranslation('promise');
  const reading = useReading(timeZone);
  const lines = [...new Set(reasons.map((reason) => reasonWords(reason, t, reading)))];
  if (lines.length === 0) return <p>{t('atOnce')}</p>;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
