import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { TIER_COLOURS } from '../../platform/value-words.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { LargeFigure } from '../../ui/large-figure.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { placeOn, ticksOn } from '../../ui/scale.view.ts';
import styles from './customer-value.module.css';
import { valueScale } from './customer-value.view.ts';

const c = classesOf(styles);

const WEEKS_PER_YEAR = 52;
const TICKS = 3;

/** The value, said first and large, and its interval on an axis with zero. */
export function ValueHead({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const { ranged, estimate, chance, number } = useEstimates(value.currency);
  const texts = ranged(value);
  const years = value.basis.horizonWeeks / WEEKS_PER_YEAR;
  const scale = valueScale(value);
  return (
    <div className={c('stack')}>
      <LargeFigure>{texts.value}</LargeFigure>
      <div>
        <RangeBar
          label={t('value:ranged', texts)}
          value={value.value}
          low={value.low}
          high={value.high}
          scale={scale}
          marks={ticksOn(scale, TICKS).map((at) => ({ at, isStrong: at === 0 }))}
          colour={TIER_COLOURS[value.tier]}
        />
        <div className={c('ticks')} aria-hidden="true">
          {ticksOn(scale, TICKS).map((at) => {
            const place = placeOn(scale, at);
            const end = place < 0.04 ? 'first' : place > 0.96 ? 'last' : undefined;
            return (
              <span key={at} className={c(end)} style={{ insetInlineStart: `${100 * place}%` }}>
                {estimate(at)}
              </span>
            );
          })}
        </div>
      </div>
      <p>
        {t('value.text', { ...texts, count: Math.ceil(years), years: number(years, 1) })}
        {value.belowZero > 0 && ` ${t('value.below', { share: chance(value.belowZero) })}`}
      </p>
    </div>
  );
}
