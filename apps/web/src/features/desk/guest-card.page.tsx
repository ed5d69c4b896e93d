import type { GuestCard } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { ontologyQuery } from '../../platform/ontology.queries.ts';
import { useSite } from '../../platform/site-choice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarDateOf } from '../../ui/date.view.ts';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AlsoKnown } from './also-known.tsx';
import { ContactList } from './contact-list.tsx';
import styles from './desk.module.css';
import { type CardKey, guestCardQuery } from './desk.queries.ts';
import { guestRoute } from './desk.routes.ts';
import { GuestHead } from './guest-head.tsx';
import { KnownFacts } from './known-facts.tsx';
import { NoteBox } from './note-box.tsx';
import { QuestionList } from './question-list.tsx';
import { ConsentList, NoteList, OrderList, TaskList } from './side-lists.tsx';

const c = classesOf(styles);

/** Who this is, what they like, what to do now. */
export function GuestCardPage() {
  const { t } = useTranslation(['desk', 'common']);
  const { company, guest } = guestRoute.useParams();
  return (
    <StaffGate company={company} roles={['clerk']} title={t('title')}>
      <Card company={company} guest={guest} />
    </StaffGate>
  );
}

function Card({ company, guest }: { readonly company: string; readonly guest: string }) {
  const { t } = useTranslation(['desk', 'common']);
  const { site } = useSite(company);
  const isCompanyKnown = useQuery(companyQuery(company)).data !== undefined;
  const key: CardKey = { company, guest, site: site?.id };
  // Without the company the house is not known yet, and the card would be read twice.
  const query = useQuery(guestCardQuery(key, isCompanyKnown));
  if (query.data === undefined) {
    return (
      <Page
        title={t('card.loading')}
        over={
          <Link to="/c/$company/desk" params={{ company }}>
            {t('tab.guests')}
          </Link>
        }
      >
        <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return <CardBody cardKey={key} card={query.data} timeZone={site?.timeZone} />;
}

interface CardBodyProps {
  readonly cardKey: CardKey;
  readonly card: GuestCard;
  readonly timeZone: string | undefined;
}

function CardBody({ cardKey, card, timeZone }: CardBodyProps) {
  const { company } = cardKey;
  const today = calendarDateOf(Date.now(), timeZone);
  const ontology = useQuery(ontologyQuery(company));
  const predicates = ontology.data?.predicates ?? [];
  return (
    <Page title={card.guest.name} over={<Handles company={company} guest={card.guest} />}>
      <div className={c('body')}>
        <GuestHead card={card} today={today} />
        <div className={c('columns')}>
          <div className={c('column')}>
            <KnownFacts card={card} predicates={predicates} />
            <NoteList notes={card.notes} />
          </div>
          <div className={c('column')}>
            <QuestionList cardKey={cardKey} card={card} predicates={predicates} />
            <TaskList tasks={card.tasks} today={today} timeZone={timeZone} />
            <OrderList company={company} orders={card.orders} />
            <ContactList cardKey={cardKey} />
            <ConsentList consents={card.consents} />
            <AlsoKnown company={company} guest={card.guest.id} />
          </div>
        </div>
      </div>
      {/* Before the words are known, Enter would keep a wish as mere words. */}
      {!ontology.isPending && (
        <NoteBox key={card.guest.id} cardKey={cardKey} card={card} predicates={predicates} />
      )}
    </Page>
  );
}

interface HandlesProps {
  readonly company: string;
  readonly guest: GuestCard['guest'];
}

function Handles({ company, guest }: HandlesProps) {
  const { t } = useTranslation('desk');
  const handles = [guest.email, guest.loyalty].filter((each) => each !== null);
  return (
    <>
      <Link to="/c/$company/desk" params={{ company }}>
        {t('tab.guests')}
      </Link>
      {handles.length > 0 && ` · ${handles.join(' · ')}`}
    </>
  );
}
