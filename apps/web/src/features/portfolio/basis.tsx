import type { ValueBasis } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { calendarWords, momentWords } from '../../ui/date.view.ts';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Section } from '../../ui/page.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import { FIT_VERDICTS, modelName } from './portfolio.view.ts';

/** How to read the page, and what it was worked out by. */
export function Basis({ basis }: { readonly basis: ValueBasis }) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const number = numberFormat(useLocale());
  const { fit } = basis;
  const verdict = FIT_VERDICTS.find((one) => one === fit.verdict);
  return (
    <Section title={t('basis.title')}>
      <p>{t('basis.value')}</p>
      <p>{t('basis.tiers')}</p>
      <p>{t('basis.causes')}</p>
      <Terms>
        <Term term={t('basis.model')}>
          {modelName(fit.model)}
          {verdict !== undefined && `: ${t(`basis.verdict.${verdict}`)}`}
        </Term>
        <Term term={t('basis.fitted')}>
          {t('basis.fittedOn', {
            customers: number.format(fit.customers),
            until: calendarWords(fit.until, reading),
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
