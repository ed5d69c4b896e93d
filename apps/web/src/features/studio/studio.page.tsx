import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { sessionQuery } from '../../platform/session.queries.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { PaleStudio } from './pale-studio.tsx';
import { studioFamilyQuery, studioStartQuery } from './studio.queries.ts';
import { type StudioSearch, studioRoute } from './studio.routes.ts';
import { Workbench } from './workbench.tsx';

/** The Studio: loads the family and what to start from, then the browser answers by itself. */
export function StudioPage() {
  const { company, family } = studioRoute.useParams();
  const search = studioRoute.useSearch();
  const session = useQuery(sessionQuery(company));
  const companyData = useQuery(companyQuery(company));
  const studio = useQuery(studioFamilyQuery(company, family));
  const origin = useOrigin(search);
  const start = useQuery({
    ...studioStartQuery({
      company,
      family,
      design: origin.design,
      share: origin.share,
      order: origin.order,
      occasion: origin.occasion,
      isSignedIn: session.data?.customer != null,
    }),
    enabled: session.data !== undefined,
  });
  const failed = [session, companyData, studio, start].find((query) => query.isError);
  if (failed !== undefined) return <CannotStart company={company} query={failed} />;
  if (!companyData.data || !studio.data || !start.data) return <PaleStudio />;
  return (
    <Workbench
      // Another start is another design: nothing of the one before is kept.
      key={[family, origin.design, origin.share, origin.order, start.dataUpdatedAt].join('|')}
      company={companyData.data}
      studio={studio.data}
      start={start.data}
      search={search}
      onCreated={origin.adopt}
    />
  );
}

/**
 * Where the design came from. Once it is saved for the first time, the address names the new design;
 * the origin stays, so that the work goes on without loading it back.
 */
function useOrigin(search: StudioSearch) {
  const { design, share, order } = search;
  const occasion: 'self' | 'gift' = search.as ?? 'self';
  const [first, setFirst] = useState({ design, share, order, occasion });
  const [own, setOwn] = useState<readonly string[]>([]);
  const isOwn = design !== undefined && own.includes(design);
  const isSame = first.design === design && first.share === share && first.order === order;
  if (!isOwn && !isSame) setFirst({ design, share, order, occasion });
  return { ...first, adopt: (id: string) => setOwn((before) => [...before, id]) };
}

interface CannotStartProps {
  readonly company: string;
  readonly query: Parameters<typeof Loaded>[0]['query'];
}

function CannotStart({ company, query }: CannotStartProps) {
  const { t } = useTranslation('studio');
  return (
    <Page title={t('cannotStart')} width="narrow">
      <Loaded query={query} skeleton={<PaleStudio />}>
        {() => null}
      </Loaded>
      <p>
        <Link to="/c/$company" params={{ company }} className={buttonClass()}>
          {t('seeFamilies')}
        </Link>
      </p>
    </Page>
  );
}
