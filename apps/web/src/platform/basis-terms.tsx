import type { ValueBasis } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../ui/amounts.tsx';
import { calendarWords, momentWords } from '../ui/date.view.ts';
import { useLocale } from '../ui/locale.tsx';
import { numberFormat } from '../ui/number-format.view.ts';
import { Term, Terms } from '../ui/terms.tsx';
import { modelName } from './model-name.view.ts';

/** What a fit may say of itself. */
const VERDICTS = ['identified', 'dropout-not-identified', 'too-little-data'] as const;

interface BasisTermsProps {
  readonly basis: ValueBasis;
  /** Whether what the data say of the model is told beside its name. */
  readonly hasVerdict?: boolean;
}

/** By what values were worked out. */
export function BasisTerms({ basis, hasVerdict = false }: BasisTermsProps) {
  const { t } = useTranslation('value');
  const reading = useReading();
  const number = numberFormat(useLocale());
  const { fit } = basis;
  const verdict = VERDICTS.find((one) => hasVerdict && one === fit.verdict);
  return (
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
  );
}
