import type { Order } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { type Amount, formatMoney } from '../../ui/money.view.ts';
import { type ExtraLine, lineName } from './checkout.view.ts';
import styles from './order.module.css';

const c = classesOf(styles);

interface PriceLinesProps {
  readonly lines: Order['lines'];
  readonly total: Amount;
  /** What an attribute is called; undefined where it is not known. */
  readonly attributeName: (id: string) => string | undefined;
  /** Lines between the prices and the total, such as delivery and tax. */
  readonly extras: readonly ExtraLine[];
  /** Named below where the total holds it already. */
  readonly tax: ExtraLine & { readonly included: boolean };
}

/** What it costs, line by line. */
export function PriceLines({ lines, total, attributeName, extras, tax }: PriceLinesProps) {
  const { t } = useTranslation('order');
  const text = useText();
  const locale = useLocale();
  return (
    <div>
      <ul className={c('lines')}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a code may occur twice; the order is fixed.
          <li key={`${line.code}:${index}`} className={c('line')}>
            <span>{lineName({ code: line.code, label: text(line.label) }, attributeName)}</span>
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
      {tax.included && (
        <p className={c('quiet')}>
          {t('taxIncluded', { label: tax.label, amount: formatMoney(tax.amount, locale) })}
        </p>
      )}
    </div>
  );
}
