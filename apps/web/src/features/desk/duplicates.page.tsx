import type { Duplicate } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { UndoIcon } from '../../ui/icons.tsx';
import { EmptyState, Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AttributionList } from './attribution-list.tsx';
import { DecidedList, DeferredList } from './decided-lists.tsx';
import { duplicatesRoute } from './desk.routes.ts';
import { DeskTabs } from './desk-tabs.tsx';
import styles from './identity.module.css';
import { duplicatesQuery, type PairDecision, useVerdicts } from './identity.queries.ts';
import { Pair } from './pair.tsx';

const c = classesOf(styles);

/** Guests who may be one person, two by two, for somebody to decide. */
export function DuplicatesPage() {
  const { t } = useTranslation('desk');
  const { company } = duplicatesRoute.useParams();
  const isClerk = hasRole(useSession(company), 'clerk');
  return (
    <StaffGate company={company} roles={['clerk', 'privacy-officer']} title={t('duplicates.title')}>
      <Page
        title={t('duplicates.title')}
        lead={t('duplicates.lead')}
        over={
          isClerk ? undefined : (
            <Link to="/c/$company/privacy" params={{ company }}>
              {t('duplicates.privacy')}
            </Link>
          )
        }
      >
        <DeskTabs company={company} />
        <Pairs company={company} />
      </Page>
    </StaffGate>
  );
}

/** What was done last, to be taken back. */
type Done = { readonly names: { readonly a: string; readonly b: string } } & (
  | { readonly kind: PairDecision['kind']; readonly verdict: string }
  | { readonly kind: 'later'; readonly a: string; readonly b: string; readonly until: string }
);

/** For how long a pair is left for another day. */
const LATER_DAYS = 7;

const keyOf = ({ a, b }: Pick<Duplicate, 'a' | 'b'>): string => `${a.id} ${b.id}`;

const namesOf = ({ a, b }: Pick<Duplicate, 'a' | 'b'>) => ({ a: a.name, b: b.name });

function Pairs({ company }: { readonly company: string }) {
  const { t } = useTranslation(['desk', 'common']);
  const query = useQuery(duplicatesQuery(company));
  const { decide, defer, undo } = useVerdicts(company);
  const [done, setDone] = useState<Done>();
  const list = useRef<HTMLDivElement>(null);
  const isBusy = decide.isPending || defer.isPending || undo.isPending;
  const settle = (now: Done | undefined) => {
    setDone(now);
    // What was decided is gone, and with it the button that was pressed.
    list.current?.focus();
  };
  const forget = () => {
    for (const each of [decide, defer, undo]) each.reset();
  };
  const decideOn = (pair: Duplicate, kind: PairDecision['kind']) => {
    forget();
    const decision = { a: pair.a.id, b: pair.b.id, kind };
    decide.mutate(decision, {
      onSuccess: ({ verdict }) => settle({ verdict, kind, names: namesOf(pair) }),
    });
  };
  const putOff = (pair: Duplicate) => {
    forget();
    const [a, b] = [pair.a.id, pair.b.id];
    defer.mutate(
      { a, b, days: LATER_DAYS },
      {
        onSuccess: ({ until }) =>
          settle({ kind: 'later', a, b, until: until ?? '', names: namesOf(pair) }),
      },
    );
  };
  const bringBack = (a: string, b: string) => {
    forget();
    defer.mutate({ a, b, days: 0 }, { onSuccess: () => settle(undefined) });
  };
  const takeBack = (verdict: string) => {
    forget();
    undo.mutate(verdict, { onSuccess: () => settle(undefined) });
  };
  const failure = decide.error ?? defer.error ?? undo.error;
  return (
    <div className={c('stack')}>
      <div aria-live="polite">
        {done !== undefined && (
          <DoneNotice
            done={done}
            isBusy={isBusy}
            onUndo={() =>
              done.kind === 'later' ? bringBack(done.a, done.b) : takeBack(done.verdict)
            }
          />
        )}
      </div>
      {failure !== null && <FailureNotice error={failure} />}
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {({ items, total, deferred, decided }) => (
          <>
            {/* Those who decide by key go on where the decided pair was. */}
            <div ref={list} tabIndex={-1} className={c('pairs')}>
              {items.length === 0 ? (
                <EmptyState title={t('duplicates.none')}>{t('duplicates.noneText')}</EmptyState>
              ) : (
                <p className={c('quiet')}>
                  {t('duplicates.found', { count: total })} {t('duplicates.scale')}
                </p>
              )}
              {items.map((pair) => (
                <Pair
                  key={keyOf(pair)}
                  company={company}
                  pair={pair}
                  isBusy={isBusy}
                  onDecide={(kind) => decideOn(pair, kind)}
                  onLater={() => putOff(pair)}
                />
              ))}
            </div>
            <DeferredList
              deferred={deferred}
              isBusy={isBusy}
              onNow={({ a, b }) => bringBack(a.id, b.id)}
            />
            <AttributionList company={company} />
            <DecidedList decided={decided} isBusy={isBusy} onUndo={takeBack} />
          </>
        )}
      </Loaded>
    </div>
  );
}

interface DoneNoticeProps {
  readonly done: Done;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
}

function DoneNotice({ done, isBusy, onUndo }: DoneNoticeProps) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  const title =
    done.kind === 'later'
      ? t('duplicates.done.later', { ...done.names, date: dateWords(done.until, reading) })
      : t(`duplicates.done.${done.kind}`, done.names);
  return (
    <Notice
      tone="good"
      title={title}
      actions={
        <Button isBusy={isBusy} onClick={onUndo}>
          <UndoIcon /> {t('duplicates.undo')}
        </Button>
      }
    />
  );
}
