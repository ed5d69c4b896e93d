import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { LinkRequest } from '../../platform/link-request.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { sessionQuery } from '../../platform/session.queries.ts';
import { useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Checkout } from './checkout.tsx';
import { designFamilyQuery, designQuery } from './order.queries.ts';
import { checkoutRoute } from './order.routes.ts';

/** The check-out of a saved design. */
export function OrderPlacePage() {
  const { t } = useTranslation(['order', 'common']);
  const { company, design: id } = checkoutRoute.useParams();
  const text = useText();
  const session = useQuery(sessionQuery(company));
  const companyData = useQuery(companyQuery(company));
  const design = useQuery(designQuery(company, id));
  const family = useQuery({
    ...designFamilyQuery(company, design.data?.family ?? ''),
    enabled: design.data !== undefined,
  });
  const pale = <SkeletonLines lines={8} label={t('common:loading')} />;
  return (
    <Page
      title={t('place.title')}
      over={
        design.data && (
          <Link
            to="/c/$company/studio/$family"
            params={{ company, family: design.data.family }}
            search={{ design: id }}
          >
            {t('place.back', { name: family.data ? text(family.data.family.name) : '' })}
          </Link>
        )
      }
    >
      <Loaded query={design} skeleton={pale}>
        {(saved) => (
          <Loaded query={companyData} skeleton={pale}>
            {(house) => (
              <Loaded query={family} skeleton={pale}>
                {(made) => (
                  <Loaded query={session} skeleton={pale}>
                    {({ customer }) => (
                      <Checkout
                        company={house}
                        design={saved}
                        {...made}
                        signIn={customer === null ? <SignInFirst company={company} /> : undefined}
                      />
                    )}
                  </Loaded>
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function SignInFirst({ company }: { readonly company: string }) {
  const { t } = useTranslation('order');
  const { pathname, search } = window.location;
  return (
    <>
      <Notice title={t('place.signInTitle')}>{t('place.signInText')}</Notice>
      <LinkRequest company={company} returnTo={`${pathname}${search}`} />
    </>
  );
}
