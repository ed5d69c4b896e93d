import type { PriceBins } from '@keepsake/configurator/worker';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChart } from '../../ui/bar-chart.tsx';
import { classesOf } from '../../ui/classes.ts';
import { amountOf, formatMoneyRange, formatMoneyShort } from '../../ui/money.view.ts';
import { shortNumber } from '../../ui/number-format.view.ts';
import styles from './space.module.css';

const c = classesOf(styles);

interface PricesProps {
  readonly currency: string;
  /** Of the designs that are left. */
  readonly bins: PriceBins;
  /** Of all designs, in the same bins. */
  readonly whole: PriceBins;
  readonly locale: string;
}

/** What designs cost: those that are left before all there are, each by its own scale. */
export const Prices = memo(function Prices({ currency, bins, whole, locale }: PricesProps) {
  const { t } = useTranslation('space');
  const most = Math.max(...bins.designs, 0);
  const mostOfAll = Math.max(...whole.designs, 0);
  const edge = (index: number) => amountOf(currency, bins.fromMinor + index * bins.stepMinor);
  const range = (index: number) => formatMoneyRange(edge(index), edge(index + 1), locale);
  const bars = bins.designs.map((count, index) => ({
    key: String(index),
    label: t('prices.bar', { range: range(index), designs: shortNumber(count, locale) }),
    height: most === 0 ? 0 : count / most,
    behind: mostOfAll === 0 ? 0 : (whole.designs[index] ?? 0) / mostOfAll,
  }));
  return (
    <div>
      <h3>{t('prices.title')}</h3>
      <BarChart
        title={t('prices.title')}
        bars={bars}
        tell={(index) => <p translate="no">{bars[index]?.label}</p>}
        rest={<p className={c('quiet')}>{t(bins.isExact ? 'prices.lead' : 'prices.leadAbout')}</p>}
        from={formatMoneyShort(edge(0), locale)}
        to={formatMoneyShort(edge(bins.designs.length), locale)}
      />
    </div>
  );
});
