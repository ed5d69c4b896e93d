import type { Quote } from '@keepsake/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { memo, type ReactNode, useDeferredValue, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { problemCodeOf } from '../../platform/client.ts';
import { PromiseReasons } from '../../platform/promise-reasons.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { amountOf, formatMoney, formatMoneyChange, formatMoneyRange } from '../../ui/money.view.ts';
import { shortNumber } from '../../ui/number-format.view.ts';
import { Popover } from '../../ui/popover.tsx';
import styles from './studio.module.css';
import { boundsOf } from './studio.view.ts';
import type { Busy, DesignWork } from './use-design.ts';

const c = classesOf(styles);

interface FootBarProps {
  readonly currency: string;
  readonly work: DesignWork;
  readonly quote: UseQueryResult<Quote>;
  readonly isStay: boolean;
  readonly timeZone: string | undefined;
  /** Order, or change an order. */
  readonly action: ReactNode;
}

/** Price, date, and the way to order: always in sight. */
export function FootBar({ currency, work, quote, isStay, timeZone, action }: FootBarProps) {
  return (
    <div className={c('foot')}>
      <Bar busy={work.busy}>
        <PriceNow currency={currency} work={work} quote={quote} isStay={isStay} />
        <DateNow quote={useDeferredValue(quote)} isStay={isStay} timeZone={timeZone} />
        {action}
      </Bar>
    </div>
  );
}

interface BarProps {
  readonly busy: Busy;
  readonly children: ReactNode;
}

/** Busy from an act on until what it came to is drawn. */
function Bar({ busy, children }: BarProps) {
  const isBusy = useSyncExternalStore(busy.watch, busy.read);
  return (
    <div className={c('bar')} aria-busy={isBusy}>
      {children}
    </div>
  );
}

type PriceNowProps = Pick<FootBarProps, 'currency' | 'work' | 'quote' | 'isStay'>;

function PriceNow({ currency, work, quote, isStay }: PriceNowProps) {
  const { t } = useTranslation('studio');
  const locale = useLocale();
  const { min, max } = boundsOf(work.scene.view);
  const now = work.scene.view.completion?.totalMinor;
  const moved = work.last?.change.priceMinor ?? 0;
  const range = formatMoneyRange(amountOf(currency, min), amountOf(currency, max), locale);
  const nights = isStay && quote.data !== undefined && !quote.isPlaceholderData;
  return (
    <div translate="no">
      <p className={c('price')}>
        <strong className={c('total')}>
          {now === undefined ? range : formatMoney(amountOf(currency, now), locale)}
        </strong>
        {isStay && <span className={c('small')}>{t('perNight')}</span>}
        {moved !== 0 && (
          <span key={work.last?.count} className={c('moved')}>
            {formatMoneyChange(amountOf(currency, moved), locale)}
          </span>
        )}
      </p>
      <p className={c('small')}>
        {min === max ? t('exact') : t('openRange', { range })}
        {nights && ` · ${t('wholeStay', { total: formatMoney(quote.data.total, locale) })}`}
      </p>
      <OfferNow quote={quote} />
      <DesignsLeft designs={work.scene.designs} />
    </div>
  );
}

/** What an offer of the customer lets off; nothing while the price moves. */
function OfferNow({ quote }: Pick<FootBarProps, 'quote'>) {
  const text = useText();
  const locale = useLocale();
  const line = quote.isPlaceholderData
    ? undefined
    : quote.data?.lines.find(({ code }) => code.startsWith('treatment:'));
  if (line === undefined) return null;
  return (
    <p className={c('offer')}>
      {formatMoneyChange(line.amount, locale)} · {text(line.label)}
    </p>
  );
}

/** Whole numbers up to here are said to the last digit. */
const EXACT_MAX = 1e15;

/** How many designs keep what is chosen; nothing while only search answers, which counts none. */
function DesignsLeft({ designs }: { readonly designs: bigint | undefined }) {
  const { t } = useTranslation('studio');
  const locale = useLocale();
  if (designs === undefined) return null;
  const words = shortNumber(designs, locale, EXACT_MAX);
  return (
    <p className={c('small')}>{t('designs', { designs: words, count: designs === 1n ? 1 : 2 })}</p>
  );
}

type DateNowProps = Pick<FootBarProps, 'quote' | 'isStay' | 'timeZone'>;

const DateNow = memo(function DateNow({ quote, isStay, timeZone }: DateNowProps) {
  const { t } = useTranslation('studio');
  const reading = useReading(timeZone);
  if (quote.isError) {
    const code = problemCodeOf(quote.error);
    return (
      <p className={c('small')}>{code === 'promise/impossible' ? t('noDate') : t('dateUnknown')}</p>
    );
  }
  if (quote.data === undefined) {
    return <p className={c('small')}>{isStay ? t('datesFirst') : t('dateComing')}</p>;
  }
  const { promise } = quote.data;
  const words = isStay
    ? t('prepared', { date: dateWords(promise.ready, reading) })
    : t('yours', { date: dateWords(promise.delivered, reading) });
  return (
    <div>
      <Popover
        title={t('whyThen')}
        trigger={
          <button type="button" className={c('date')} aria-busy={quote.isPlaceholderData}>
            {words}
          </button>
        }
      >
        <PromiseReasons reasons={promise.reasons} timeZone={timeZone} />
      </Popover>
    </div>
  );
});
