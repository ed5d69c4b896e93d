import type { Family } from '@keepsake/configurator';
import type { Quote } from '@keepsake/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { PromiseReasons } from '../../platform/promise-reasons.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, daysBetween } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Picture } from '../../ui/picture.tsx';
import { Skeleton, SkeletonLines } from '../../ui/skeleton.tsx';
import { extrasOf, type Moved } from './checkout.view.ts';
import styles from './order.module.css';
import { PriceLines } from './price-lines.tsx';

const c = classesOf(styles);

interface CheckoutSummaryProps {
  readonly family: Family;
  readonly picture: string | undefined;
  readonly quote: UseQueryResult<Quote>;
  readonly moved: Moved | undefined;
  readonly stay: { readonly arrive: string; readonly depart: string } | undefined;
  readonly timeZone: string | undefined;
}

/** What is ordered: picture, date with its reasons, price lines. */
export function CheckoutSummary(props: CheckoutSummaryProps) {
  const { family, picture, quote, moved, stay, timeZone } = props;
  const { t } = useTranslation(['order', 'common']);
  const text = useText();
  const reading = useReading(timeZone);
  const isStay = family.demand === 'stay';
  return (
    <section className={c('summary')} aria-label={t('place.summary')}>
      {picture === undefined ? (
        family.picture !== undefined && <Skeleton ratio="3 / 2" />
      ) : (
        <Picture className={c('picture')} svg={picture} alt={text(family.name)} />
      )}
      <h2>{text(family.name)}</h2>
      {stay !== undefined && (
        <p>
          {t('place.nights', {
            count: daysBetween(stay.arrive, stay.depart),
            arrive: calendarWords(stay.arrive, reading),
            depart: calendarWords(stay.depart, reading),
          })}
        </p>
      )}
      <Loaded query={quote} skeleton={<SkeletonLines lines={5} label={t('common:loading')} />}>
        {({ lines, total, promise, delivery, tax }) => (
          <>
            <div>
              <p className={c('date')}>
                {isStay
                  ? t('place.prepared', {
                      date: dateWords(moved?.after.ready ?? promise.ready, reading),
                    })
                  : t('place.yours', { date: dateWords(promise.delivered, reading) })}
              </p>
              <details>
                <summary>{t('place.why')}</summary>
                <PromiseReasons reasons={promise.reasons} timeZone={timeZone} />
              </details>
            </div>
            <PriceLines
              lines={lines}
              total={moved?.after.total ?? total}
              attributeName={(id) => {
                const attribute = family.attributes.find((each) => each.id === id);
                return attribute && text(attribute.name);
              }}
              extras={extrasOf({ label: t('place.deliveryLine'), amount: delivery }, tax)}
              tax={tax}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
