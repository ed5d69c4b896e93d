import type { EvidenceStep } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import styles from './identity.module.css';
import { levelOf, type WaterfallBar, waterfallOf } from './waterfall.view.ts';

const c = classesOf(styles);

interface WaterfallProps {
  /** Whom it is about, for those who hear it. */
  readonly caption: string;
  readonly steps: readonly EvidenceStep[];
}

/** What moved a pair by how much, as a table whose middle column is drawn. */
export function Waterfall({ caption, steps }: WaterfallProps) {
  const { t } = useTranslation('desk');
  const { bars, zero } = waterfallOf(steps);
  return (
    <table className={c('waterfall')}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('waterfall.evidence')}</th>
          <th scope="col">{t('waterfall.bits')}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <BarRow key={bar.evidence} bar={bar} zero={zero} />
        ))}
      </tbody>
    </table>
  );
}

function BarRow({ bar, zero }: { readonly bar: WaterfallBar; readonly zero: number }) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const level = levelOf(bar.level);
  const isTotal = bar.evidence === 'total';
  const format = numberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (
    <tr className={c(isTotal && 'total')}>
      <th scope="row">
        {t(`waterfall.${bar.evidence}`)}
        {level !== undefined && (
          <span className={c('level')}> {t(`waterfall.level.${level}`)}</span>
        )}
      </th>
      <td>
        <span className={c('cell')}>
          <span className={c('track')} aria-hidden="true">
            <span className={c('zero')} style={{ insetInlineStart: `${zero}%` }} />
            <span
              className={c('bar', bar.bits < 0 ? 'against' : 'speaks', isTotal && 'sum')}
              style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.width}%` }}
            />
          </span>
          <span className={c('bits')}>{format.format(bar.bits)}</span>
        </span>
      </td>
    </tr>
  );
}
