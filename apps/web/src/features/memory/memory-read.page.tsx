import type { MyMemory } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { LinkRequest } from '../../platform/link-request.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { ontologyQuery } from '../../platform/ontology.queries.ts';
import { sessionQuery } from '../../platform/session.queries.ts';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ConsentSwitches } from './consent-switches.tsx';
import { LeaveSection } from './leave-section.tsx';
import { Letter } from './letter.tsx';
import { myMemoryQuery } from './memory.queries.ts';
import { memoryRoute } from './memory.routes.ts';
import { ReadLog } from './read-log.tsx';
import { myValueQuery } from './value.queries.ts';
import { ValueSection } from './value-section.tsx';

/** What a company remembers of me, as a letter, and all that I can do about it. */
export function MemoryReadPage() {
  const { t } = useTranslation(['memory', 'common']);
  const { company } = memoryRoute.useParams();
  const session = useQuery(sessionQuery(company));
  const isCustomer = session.data != null && session.data.customer !== null;
  const query = useQuery(myMemoryQuery(company, isCustomer));
  if (session.data?.customer === null) return <SignInFirst company={company} />;
  if (query.data !== undefined) return <Read company={company} memory={query.data} />;
  return (
    <Page title={t('title')} width="narrow">
      {session.isError ? (
        <FailureNotice error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
          {() => null}
        </Loaded>
      )}
    </Page>
  );
}

function SignInFirst({ company }: { readonly company: string }) {
  const { t } = useTranslation('memory');
  const name = useQuery(companyQuery(company)).data?.name ?? '';
  return (
    <Page title={t('title')} lead={t('signIn.lead', { company: name })} width="narrow">
      <LinkRequest company={company} returnTo={`/c/${company}/memory`} />
    </Page>
  );
}

interface ReadProps {
  readonly company: string;
  readonly memory: MyMemory;
}

function Read({ company, memory }: ReadProps) {
  const { t } = useTranslation('memory');
  const companyName = useQuery(companyQuery(company)).data?.name ?? '';
  const predicates = useQuery(ontologyQuery(company)).data?.predicates ?? [];
  const isReckoned = useQuery(myValueQuery(company)).data?.differentiation != null;
  const { name, facts } = memory;
  const empty = isReckoned ? 'leadCounted' : 'leadEmpty';
  return (
    <Page
      title={name === null ? t('dearNobody') : t('dear', { name })}
      over={t('title')}
      lead={t(facts.length === 0 ? empty : 'lead', { company: companyName })}
      width="narrow"
    >
      <Letter company={company} memory={memory} predicates={predicates} />
      <ConsentSwitches company={company} memory={memory} />
      <ValueSection company={company} />
      <ReadLog memory={memory} />
      <LeaveSection company={company} companyName={companyName} memory={memory} />
    </Page>
  );
}
