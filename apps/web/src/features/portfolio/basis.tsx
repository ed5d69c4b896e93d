import type { ValueBasis } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { BasisTerms } from '../../platform/basis-terms.tsx';
import { Section } from '../../ui/page.tsx';

/** How to read the page, and what it was worked out by. */
export function Basis({ basis }: { readonly basis: ValueBasis }) {
  const { t } = useTranslation('portfolio');
  return (
    <Section title={t('basis.title')}>
      <p>{t('basis.value')}</p>
      <p>{t('basis.tiers')}</p>
      <p>{t('basis.causes')}</p>
      <BasisTerms basis={basis} hasVerdict />
    </Section>
  );
}
