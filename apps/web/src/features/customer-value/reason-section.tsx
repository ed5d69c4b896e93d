import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { driverText, reasonWords, stepOf, TIER_COLOURS } from '../../platform/value-words.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './customer-value.module.css';
import { type Step, type Waterfall, waterfallOf } from './customer-value.view.ts';

const c = classesOf(styles);

/** The way from the mean customer's value to this one's, reason by reason. */
export function ReasonSection({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  // A digit more than the value itself is told with: reasons are smaller.
  const step = Math.max(1, stepOf(value.high - value.low) / 10);
  const waterfall = waterfallOf(value, step);
  return (
    <Section title={t('reasons.title')}>
      <p className={c('quiet')}>{t('reasons.lead')}</p>
      <ol className={c('steps')}>
        {waterfall.steps.map((step) => (
          <StepRow key={step.id} {...{ step, waterfall, value }} />
        ))}
      </ol>
      <p className={c('quiet')}>
        {t('reasons.finer')} {t('reasons.remainderHint')} {t('reasons.limits')}
      </p>
      <Figures value={value} />
    </Section>
  );
}

interface StepRowProps {
  readonly step: Step;
  readonly waterfall: Waterfall;
  readonly value: CustomerValue;
}

function StepRow({ step, waterfall, value }: StepRowProps) {
  const { whole, wholeChange } = useEstimates(value.currency);
  const words = useStepWords(value.currency);
  const tone = step.amount < 0 ? 'takes' : 'adds';
  return (
    <li className={c('step', step.isSum && 'sum')}>
      <span className={c('why')}>{words(step)}</span>
      <span className={c('track')} aria-hidden="true">
        <span className={c('zero')} style={{ insetInlineStart: `${waterfall.zero}%` }} />
        <span
          className={c('bar', !step.isSum && tone, step.id === 'mean' && 'mean')}
          style={{
            insetInlineStart: `${step.start}%`,
            inlineSize: `${step.width}%`,
            ...(step.id === 'value' ? { background: TIER_COLOURS[value.tier] } : {}),
          }}
        />
      </span>
      <span className={c('figure')} translate="no">
        {step.isSum ? whole(step.amount) : wholeChange(step.amount)}
      </span>
    </li>
  );
}

/** What a bar stands for, in words. */
function useStepWords(currency: string): (step: Pick<Step, 'id' | 'reason'>) => string {
  const { t } = useTranslation(['customerValue', 'value']);
  const { reading } = useEstimates(currency);
  return ({ id, reason }) => {
    if (reason !== undefined) {
      const { key, figures } = reasonWords(reason, reading);
      return t(`value:${key}`, figures);
    }
    return id === 'mean' || id === 'small' || id === 'remainder' || id === 'value'
      ? t(`reasons.${id}`)
      : t(`value:driver.${id}`);
  };
}

/** The figures behind the bars, to the unit. */
function Figures({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const { whole, wholeChange, reading } = useEstimates(value.currency);
  const rows = waterfallOf(value, 1).steps;
  return (
    <Disclosure title={t('value:asTable')}>
      <Table
        caption={t('reasons.title')}
        keyOf={({ id }) => id}
        rows={rows}
        columns={[
          {
            id: 'why',
            title: t('reasons.why'),
            cell: ({ id, reason }) =>
              reason === undefined
                ? t(`reasons.${id as 'mean'}`)
                : t(`value:driver.${reason.driver}`),
          },
          {
            id: 'own',
            title: t('reasons.own'),
            isNumeric: true,
            cell: ({ reason }) => reason && driverText(reason.driver, reason.customer, reading),
          },
          {
            id: 'cohort',
            title: t('reasons.cohort'),
            isNumeric: true,
            cell: ({ reason }) => reason && driverText(reason.driver, reason.cohort, reading),
          },
          {
            id: 'amount',
            title: t('reasons.amount'),
            isNumeric: true,
            cell: ({ amount, isSum }) => (isSum ? whole(amount) : wholeChange(amount)),
          },
        ]}
      />
    </Disclosure>
  );
}
