import type { Duplicate, GuestSummary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { UndoIcon } from '../../ui/icons.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { EmptyState, Notice } from '../../ui/notice.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { duplicatesRoute } from './desk.routes.ts';
import { DeskTabs } from './desk-tabs.tsx';
import styles from './identity.module.css';
import { duplicatesQuery, type PairDecision, useVerdicts } from './identity.queries.ts';
import { Waterfall } from './waterfall.tsx';
import { likelihoodOf } from './waterfall.view.ts';

const c = classesOf(styles);

/** Guests who may be one person, two by two, for somebody to decide. */
export function DuplicatesPage() {
  const { t } = useTranslation('desk');
  const { company } = duplicatesRoute.useParams();
  return (
    <StaffGate company={company} roles={['clerk', 'privacy-officer']} title={t('duplicates.title')}>
      <Page title={t('duplicates.title')} lead={t('duplicates.lead')}>
        <DeskTabs company={company} />
        <Pairs company={company} />
      </Page>
    </StaffGate>
  );
}

/** What was decided last, to be taken back. */
interface Done {
  readonly verdict: string;
  readonly kind: PairDecision['kind'];
  readonly names: { readonly a: string; readonly b: string };
}

const keyOf = ({ a, b }: Duplicate): string => `${a.id} ${b.id}`;

function Pairs({ company }: { readonly company: string }) {
  const { t } = useTranslation(['desk', 'common']);
  const query = useQuery(duplicatesQuery(company));
  const { decide, undo } = useVerdicts(company);
  const [done, setDone] = useState<Done>();
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const isBusy = decide.isPending || undo.isPending;
  const decideOn = ({ a, b }: Duplicate, kind: PairDecision['kind']) => {
    if (isBusy) return;
    undo.reset();
    decide.mutate(
      { a: a.id, b: b.id, kind },
      {
        onSuccess: ({ verdict }) => {
          setDone({ verdict, kind, names: { a: a.name, b: b.name } });
          // The pair that was decided is gone, and with it the button that was pressed.
          list.current?.focus();
        },
      },
    );
  };
  const takeBack = (verdict: string) =>
    undo.mutate(verdict, {
      onSuccess: () => {
        setDone(undefined);
        list.current?.focus();
      },
    });
  const failure = decide.error ?? undo.error;
  return (
    <div className={c('stack')}>
      <div aria-live="polite">
        {done !== undefined && (
          <Notice
            tone="good"
            title={t(`duplicates.done.${done.kind}`, done.names)}
            actions={
              <Button isBusy={undo.isPending} onClick={() => takeBack(done.verdict)}>
                <UndoIcon /> {t('duplicates.undo')}
              </Button>
            }
          />
        )}
      </div>
      {failure !== null && <FailureNotice error={failure} />}
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {({ items, total }) => {
          const shown = items.filter((pair) => !later.has(keyOf(pair)));
          return (
            // Those who decide by key go on where the decided pair was.
            <div ref={list} tabIndex={-1} className={c('pairs')}>
              {total > 0 && (
                <p className={c('quiet')}>
                  {t('duplicates.found', { count: total })} {t('duplicates.scale')}
                </p>
              )}
              {shown.length === 0 ? (
                <EmptyState title={t('duplicates.none')}>{t('duplicates.noneText')}</EmptyState>
              ) : (
                shown.map((pair) => (
                  <Pair
                    key={keyOf(pair)}
                    company={company}
                    pair={pair}
                    isBusy={isBusy}
                    onDecide={(kind) => decideOn(pair, kind)}
                    onLater={() => {
                      setLater(new Set([...later, keyOf(pair)]));
                      list.current?.focus();
                    }}
                  />
                ))
              )}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

interface PairProps {
  readonly company: string;
  readonly pair: Duplicate;
  readonly isBusy: boolean;
  readonly onDecide: (kind: PairDecision['kind']) => void;
  readonly onLater: () => void;
}

function Pair({ company, pair, isBusy, onDecide, onLater }: PairProps) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const names = { a: pair.a.name, b: pair.b.name };
  const share = numberFormat(locale, { style: 'percent' }).format(pair.probability);
  return (
    <article className={c('pair')} aria-label={t('duplicates.pair', names)}>
      <div className={c('guests')}>
        <Guest company={company} guest={pair.a} />
        <Guest company={company} guest={pair.b} />
      </div>
      <div className={c('why')}>
        <h3 className={c('likely')}>
          {t(`duplicates.likelihood.${likelihoodOf(pair.probability)}`)}{' '}
          <span className={c('quiet')}>{share}</span>
        </h3>
        <Waterfall caption={t('waterfall.caption', names)} steps={pair.waterfall} />
      </div>
      <div className={c('acts')}>
        <Button isBusy={isBusy} onClick={() => onDecide('same')}>
          {t('duplicates.same')}
        </Button>
        <Button isBusy={isBusy} onClick={() => onDecide('not_same')}>
          {t('duplicates.different')}
        </Button>
        <Button kind="quiet" onClick={onLater}>
          {t('duplicates.later')}
        </Button>
      </div>
    </article>
  );
}

function Guest({ company, guest }: { readonly company: string; readonly guest: GuestSummary }) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  return (
    <div className={c('guest')}>
      <h2 className={c('name')}>
        <Link to="/c/$company/desk/$guest" params={{ company, guest: guest.id }} preload={false}>
          {guest.name}
        </Link>
      </h2>
      {[guest.email, guest.loyalty].map(
        (handle) =>
          handle !== null && (
            <p key={handle} className={c('handle')}>
              {handle}
            </p>
          ),
      )}
      <p className={c('quiet')}>
        {guest.lastSeen === null
          ? t('neverSeen')
          : t('lastSeen', { date: dateWords(guest.lastSeen, reading) })}
      </p>
    </div>
  );
}
