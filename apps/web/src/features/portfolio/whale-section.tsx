import type { Portfolio } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { classesOf } from '../../ui/classes.ts';
import { LineChart } from '../../ui/line-chart.tsx';
import { Section } from '../../ui/page.tsx';
import { scaleOf, ticksOn } from '../../ui/scale.view.ts';
import styles from './portfolio.module.css';
import { whaleWords } from './portfolio.view.ts';

const c = classesOf(styles);

/** A tenth of fewer is nobody. */
const TENTH_MIN = 10;

const WHOLE = { from: 0, to: 1 };
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** The whale curve: how much of the equity the best customers hold, and whether the rest takes some away. */
export function WhaleSection({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { estimate, share } = useEstimates(portfolio.currency);
  const { whale } = portfolio;
  const words = whaleWords(portfolio);
  const y = scaleOf([0, ...whale.value]);
  const told = (at: number) =>
    t('whale.point', {
      customers: share(whale.customers[at] ?? 0),
      value: estimate(whale.value[at] ?? 0),
    });
  return (
    <Section title={t('whale.title')}>
      <p className={c('saying')}>
        {t(`whale.${words.kind}`, {
          customers: share(words.customers),
          value: share(words.value),
        })}{' '}
        {words.kind !== 'none' &&
          portfolio.customers >= TENTH_MIN &&
          t('whale.tenth', { value: share(words.bestTenth) })}
      </p>
      <LineChart
        title={t('whale.chart')}
        points={whale.customers.map((customers, index) => ({
          key: String(customers),
          x: customers,
          y: whale.value[index] ?? 0,
          label: told(index),
        }))}
        x={WHOLE}
        y={y}
        xTicks={QUARTERS.map((at) => ({ at, label: share(at) }))}
        yTicks={ticksOn(y).map((at) => ({ at, label: estimate(at) }))}
        xName={t('whale.x')}
        yName={t('whale.y')}
        against={[
          { x: 0, y: 0 },
          { x: 1, y: whale.total },
        ]}
        {...(words.kind === 'takes' && {
          mark: {
            x: whale.peak.customers,
            y: whale.peak.value,
            label: t('whale.peak', { value: estimate(whale.peak.value) }),
          },
        })}
        tell={(index) => <p>{told(index)}</p>}
        rest={<p className={c('quiet')}>{t('whale.rest')}</p>}
      />
    </Section>
  );
}
