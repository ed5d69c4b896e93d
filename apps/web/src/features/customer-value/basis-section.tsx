import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { modelName } from '../../platform/model-name.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { calendarWords, momentWords } from '../../ui/date.view.ts';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Section } from '../../ui/page.tsx';
import { Term, Terms } from '../../ui/terms.tsx';

/** By what everything on the page was worked out. */
export function BasisSection({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  const reading = useReading();
  const number = numberFormat(useLocale());
  const { basis } = value;
  return (
    <Section title={t('basis.title')}>
      <Terms>
        <Term term={t('basis.model')}>{modelName(basis.fit.model)}</Term>
        <Term term={t('basis.fitted')}>
          {t('basis.fittedOn', {
            customers: number.format(basis.fit.customers),
            until: calendarWords(basis.fit.until, reading),
          })}
        </Term>
        <Term term={t('basis.until')}>{calendarWords(basis.until, reading)}</Term>
        <Term term={t('basis.scored')}>{momentWords(basis.scoredAt, reading)}</Term>
        <Term term={t('basis.horizon')}>
          {t('basis.weeks', { count: Math.round(basis.horizonWeeks) })}
        </Term>
        <Term term={t('basis.costs')}>{basis.costs}</Term>
        <Term term={t('basis.policy')}>{basis.policy}</Term>
      </Terms>
    </Section>
  );
}
