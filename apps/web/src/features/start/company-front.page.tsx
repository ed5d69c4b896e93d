import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { placeWords } from '../../platform/place.view.ts';
import { companyRoute } from '../../platform/roots.ts';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { FamilyPictures } from './family-pictures.tsx';
import styles from './start.module.css';

const c = classesOf(styles);

/** A company's front page: what it makes, and where. */
export function CompanyFrontPage() {
  const { t } = useTranslation(['start', 'common']);
  const text = useText();
  const locale = useLocale();
  const { company: id } = companyRoute.useParams();
  const query = useQuery(companyQuery(id));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={4} label={t('common:loading')} />}>
      {(company) => (
        <Page title={company.name} lead={text(company.summary)}>
          <Section title={company.kind === 'stays' ? t('stays') : t('makes')}>
            <FamilyPictures company={id} />
          </Section>
          <Section title={t('places')}>
            <ul className={c('places')}>
              {company.sites.map((site) => (
                <li key={site.id}>
                  <strong>{text(site.name)}</strong>{' '}
                  <span className={c('quiet')}>{placeWords(site.place, locale)}</span>
                </li>
              ))}
            </ul>
          </Section>
        </Page>
      )}
    </Loaded>
  );
}
