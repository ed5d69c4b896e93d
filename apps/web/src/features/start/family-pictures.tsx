import type { FamilySummary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { familiesQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { formatMoneyShort } from '../../ui/money.view.ts';
import { EmptyState } from '../../ui/notice.tsx';
import { Picture } from '../../ui/picture.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './start.module.css';

const c = classesOf(styles);

/** The families of a company as pictures, each a door to its Studio. */
export function FamilyPictures({ company }: { readonly company: string }) {
  const { t } = useTranslation('start');
  const query = useQuery(familiesQuery(company));
  return (
    <Loaded query={query} skeleton={<PaleFamilies />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
        ) : (
          <ul className={c('families')}>
            {items.map((family) => (
              <li key={family.id}>
                <FamilyPicture company={company} family={family} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

interface FamilyPictureProps {
  readonly company: string;
  readonly family: FamilySummary;
}

function FamilyPicture({ company, family }: FamilyPictureProps) {
  const { t } = useTranslation('start');
  const text = useText();
  const locale = useLocale();
  return (
    <Link
      to="/c/$company/studio/$family"
      params={{ company, family: family.id }}
      className={c('family')}
    >
      <div className={c('frame')}>
        <Picture svg={family.picture} alt="" />
      </div>
      <h3>{text(family.name)}</h3>
      <p className={c('quiet')}>{text(family.summary)}</p>
      <p>{t('from', { price: formatMoneyShort(family.priceFrom, locale) })}</p>
    </Link>
  );
}

function PaleFamilies() {
  return (
    <div className={c('families')}>
      {[0, 1].map((place) => (
        <div key={place} className={c('family')}>
          <Skeleton ratio="3 / 2" />
          <Skeleton width="60%" height="1.6em" />
          <Skeleton width="90%" />
        </div>
      ))}
    </div>
  );
}
