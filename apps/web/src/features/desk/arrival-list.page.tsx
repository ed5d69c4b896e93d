import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { useSite } from '../../platform/site-choice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarDateOf, calendarWords, daysBetween, distanceWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './desk.module.css';
import { arrivalsQuery } from './desk.queries.ts';
import { arrivalsRoute } from './desk.routes.ts';
import { DeskTabs } from './desk-tabs.tsx';
import { type ArrivalOf, arrivalDays } from './guest-card.view.ts';
import { GuestLink } from './guest-link.tsx';
import { Tasks } from './tasks.tsx';

const c = classesOf(styles);

/** Who arrives in the coming days, and what is prepared for them. */
export function ArrivalListPage() {
  const { t } = useTranslation('desk');
  const { company } = arrivalsRoute.useParams();
  return (
    <StaffGate company={company} roles={['clerk', 'maker']} title={t('arrivals.title')}>
      <Page title={t('arrivals.title')} width="narrow">
        <DeskTabs company={company} />
        <Days company={company} />
      </Page>
    </StaffGate>
  );
}

function Days({ company }: { readonly company: string }) {
  const { t } = useTranslation(['desk', 'common']);
  const { site } = useSite(company);
  const reading = useReading(site?.timeZone);
  const query = useQuery(arrivalsQuery(company, site?.id));
  const today = calendarDateOf(Date.now(), site?.timeZone);
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('arrivals.none')}>{t('arrivals.noneText')}</EmptyState>
        ) : (
          arrivalDays(items).map(({ date, arrivals }) => (
            <Section
              key={date}
              title={`${calendarWords(date, reading)}, ${distanceWords(daysBetween(today, date), reading.locale)}`}
            >
              <ul className={c('plain')}>
                {arrivals.map((arrival) => (
                  <li key={arrival.order} className={c('arrival')}>
                    <ArrivalRow company={company} arrival={arrival} timeZone={site?.timeZone} />
                  </li>
                ))}
              </ul>
            </Section>
          ))
        )
      }
    </Loaded>
  );
}

interface ArrivalRowProps {
  readonly company: string;
  readonly arrival: ArrivalOf;
  readonly timeZone: string | undefined;
}

function ArrivalRow({ company, arrival, timeZone }: ArrivalRowProps) {
  const { t } = useTranslation('desk');
  const text = useText();
  const { guest, prepared, stay, tasks } = arrival;
  const nights = daysBetween(stay.arrive, stay.depart);
  return (
    <>
      <div className={c('arrivalHead')}>
        {guest === null ? (
          <span className={c('name')}>{t('arrivals.nobody')}</span>
        ) : (
          <GuestLink company={company} guest={guest} className={c('name')} />
        )}
        <span className={c('prepared', prepared.done === prepared.total && 'granted')}>
          {t('arrivals.prepared', { done: prepared.done, total: prepared.total })}
        </span>
      </div>
      <p className={c('quiet')}>
        {[
          text(arrival.roomLabel),
          arrival.arrivalSlot === null ? null : text(arrival.arrivalSlot),
          t('arrivals.nights', { count: nights }),
          arrival.orderNumber,
        ]
          .filter((each) => each !== null)
          .join(' · ')}
      </p>
      {prepared.total > 0 && (
        <progress
          className={c('progress')}
          value={prepared.done}
          max={prepared.total}
          aria-label={t('arrivals.prepared', { done: prepared.done, total: prepared.total })}
        />
      )}
      {tasks.length > 0 && (
        <details>
          <summary className={c('summary')}>{t('arrivals.tasks', { count: tasks.length })}</summary>
          <Tasks tasks={tasks} timeZone={timeZone} />
        </details>
      )}
    </>
  );
}
