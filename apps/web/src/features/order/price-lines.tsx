import type { Order } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useText } from '../../ui/locale.tsx';
import type { Amount } from '../../ui/money.view.ts';
import styles from './order.module.css';

const c = classesOf(styles);

interface PriceLinesProps {
  readonly lines: Order['lines'];
  readonly total: Amount;
  /** Lines between the prices and the total, such as delivery and tax. */
  readonly extras?: readonly { readonly label: string; readonly amount: Amount }[];
  readonly note?: string | undefined;
}

/** What it costs, line by line. */
export function PriceLines({ lines, total, extras = [], note }: PriceLinesProps) {
  const { t } = useTranslation('order');
  const text = useText();
  return (
    <div>
      <ul className={c('lines')}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a code may occur twice; the order is fixed.
          <li key={`${line.code}:${index}`} className={c('line')}>
            <span>{text(line.label)}</span>
            <Money amount={line.amount} />
          </li>
        ))}
        {extras.map(({ label, amount }) => (
          <li key={label} className={c('line')}>
            <span>{label}</span>
            <Money amount={amount} />
          </li>
        ))}
        <li className={c('line', 'total')}>
          <span>{t('total')}</span>
          <Money amount={total} />
        </li>
      </ul>
      {note !== undefined && <p className={c('quiet')}>{note}</p>}
    </div>
  );
}
