import type { Company } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { accentPairOf } from '../../platform/accent.view.ts';
import { companiesQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { useSession } from '../../platform/session.queries.ts';
import { classesOf } from '../../ui/classes.ts';
import { ArrowIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { FamilyPictures } from './family-pictures.tsx';
import styles from './start.module.css';

const c = classesOf(styles);

/** What Keepsake is, and a door for each person. */
export function StartPage() {
  const { t } = useTranslation(['start', 'common']);
  const query = useQuery(companiesQuery);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HowItGoes />
      <Loaded query={query} skeleton={<SkeletonLines lines={6} label={t('common:loading')} />}>
        {({ items }) => <Companies companies={items} />}
      </Loaded>
    </Page>
  );
}

function HowItGoes() {
  const { t } = useTranslation(['start', 'common']);
  return (
    <section aria-label={t('how.title')}>
      <ol className={c('how')}>
        {(['design', 'make', 'remember'] as const).map((step) => (
          <li key={step}>
            <h2 className={c('step')}>{t(`how.${step}`)}</h2>
            <p className={c('quiet')}>{t(`how.${step}Text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Companies({ companies }: { readonly companies: readonly Company[] }) {
  const { t } = useTranslation(['start', 'common']);
  const first = companies[0];
  if (first === undefined) {
    return <EmptyState title={t('noCompanies')}>{t('noCompaniesText')}</EmptyState>;
  }
  return (
    <section>
      <h2 className="visually-hidden">{t('companies')}</h2>
      {companies.map((company) => (
        <CompanyRow key={company.id} company={company} />
      ))}
      <MailboxLink company={first.id} />
    </section>
  );
}

function CompanyRow({ company }: { readonly company: Company }) {
  const { t } = useTranslation(['start', 'common']);
  const text = useText();
  return (
    <article className={c('company')} style={accentStyle(company.accent)}>
      <div className={c('about')}>
        <h3>
          <Link to="/c/$company" params={{ company: company.id }}>
            {company.name}
          </Link>
        </h3>
        <p>{text(company.summary)}</p>
        <ul className={c('doors')}>
          {(['studio', 'memory', 'desk', 'workshop'] as const).map((door) => (
            <li key={door}>
              <Link
                to={(door === 'studio' ? '/c/$company' : `/c/$company/${door}`) as string}
                params={{ company: company.id }}
                className={c('door')}
              >
                <strong className={c('name')}>{t(`common:doors.${door}`)}</strong>
                <span className={c('quiet')}>{t(`doors.${door}`)}</span>
                <ArrowIcon />
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <FamilyPictures company={company.id} />
    </article>
  );
}

/** Each company stands in its own colour; the whole page only inside the company. */
function accentStyle(accent: string): CSSProperties {
  const pair = accentPairOf(accent);
  if (pair === undefined) return {};
  // React's type of a style knows no custom properties.
  return { '--accent': `light-dark(${pair.day}, ${pair.night})` } as CSSProperties;
}

function MailboxLink({ company }: { readonly company: string }) {
  const { t } = useTranslation(['start', 'common']);
  const session = useSession(company);
  if (session?.mailbox !== true) return null;
  return (
    <p className={c('quiet')}>
      <Link to="/mailbox">{t('mailbox')}</Link>
    </p>
  );
}
