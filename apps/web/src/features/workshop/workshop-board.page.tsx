import type { BoardCard, Company } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { useSite, useStoredChoice } from '../../platform/site-choice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Select } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PlaceBar } from './place-bar.tsx';
import { QueueStrip } from './queue-strip.tsx';
import { WorkOrder } from './work-order.tsx';
import styles from './workshop.module.css';
import { boardQuery } from './workshop.queries.ts';
import { workshopRoute } from './workshop.routes.ts';
import { currentCard } from './workshop.view.ts';

const c = classesOf(styles);

/** The workshop: one order of work at a time, and the queue behind it. */
export function WorkshopBoardPage() {
  const { t } = useTranslation('workshop');
  const { company } = workshopRoute.useParams();
  return (
    <StaffGate company={company} roles={['maker', 'clerk']} title={t('title')}>
      <BoardOf company={company} />
    </StaffGate>
  );
}

function BoardOf({ company }: { readonly company: string }) {
  const { t } = useTranslation(['workshop', 'common']);
  const text = useText();
  const { site } = useSite(company);
  const [workCentre, setWorkCentre] = useStoredChoice(`keepsake.workCentre.${company}`);
  const all = useQuery(boardQuery({ company, site: site?.id, workCentre: '' }));
  const centres = all.data?.workCentres ?? [];
  // A work centre of another site is none here.
  const chosen = centres.some(({ id }) => id === workCentre) ? workCentre : '';
  const query = useQuery(boardQuery({ company, site: site?.id, workCentre: chosen }));
  useWindowTitle(t('title'));
  return (
    <div className={c('page')}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <PlaceBar company={company}>
        <Select
          label={t('centre')}
          value={chosen}
          onChange={(event) => setWorkCentre(event.target.value)}
        >
          <option value="">{t('centreAll')}</option>
          {centres.map((each) => (
            <option key={each.id} value={each.id}>
              {t('centreOpen', { name: text(each.name), count: each.open })}
            </option>
          ))}
        </Select>
      </PlaceBar>
      <Loaded query={query} skeleton={<BoardSkeleton />}>
        {({ cards, doneToday }) => (
          <Bench
            key={`${site?.id}:${chosen}`}
            company={company}
            site={site}
            cards={cards}
            doneToday={doneToday}
          />
        )}
      </Loaded>
    </div>
  );
}

interface BenchProps {
  readonly company: string;
  readonly site: Company['sites'][number] | undefined;
  readonly cards: readonly BoardCard[];
  readonly doneToday: number;
}

function Bench({ company, site, cards, doneToday }: BenchProps) {
  const { t } = useTranslation('workshop');
  const [chosen, setChosen] = useState<string>();
  const mayMake = hasRole(useSession(company), 'maker');
  const card = currentCard(cards, chosen);
  return (
    <>
      <QueueStrip
        cards={cards}
        current={card?.id}
        doneToday={doneToday}
        timeZone={site?.timeZone}
        onChoose={setChosen}
      />
      {card === undefined ? (
        <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
      ) : (
        <WorkOrder
          key={card.id}
          company={company}
          card={card}
          timeZone={site?.timeZone}
          mayMake={mayMake}
          onStay={() => setChosen(card.id)}
          onDone={() => setChosen(undefined)}
        />
      )}
    </>
  );
}

function BoardSkeleton() {
  return (
    <div className={c('order')}>
      <Skeleton ratio="3 / 2" />
      <div className={c('stack')}>
        <Skeleton width="60%" height="2.4em" />
        <Skeleton height="6em" />
        <Skeleton height="64px" />
      </div>
    </div>
  );
}
