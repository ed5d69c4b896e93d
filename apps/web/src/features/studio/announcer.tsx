import { useTranslation } from 'react-i18next';
import { useLocale } from '../../ui/locale.tsx';
import { amountOf, formatMoney, formatMoneyChange } from '../../ui/money.view.ts';
import type { DesignWork } from './use-design.ts';

interface AnnouncerProps {
  readonly currency: string;
  readonly work: DesignWork;
}

/** Says to readers what the last choice did: to the price, and to other attributes. */
export function Announcer({ currency, work }: AnnouncerProps) {
  const { t } = useTranslation('studio');
  const locale = useLocale();
  const change = work.last?.change;
  const total = work.scene.view.completion?.totalMinor;
  const parts = [
    total !== undefined &&
      t('say.price', { price: formatMoney(amountOf(currency, total), locale) }),
    change !== undefined &&
      change.priceMinor !== 0 &&
      formatMoneyChange(amountOf(currency, change.priceMinor), locale),
    ...(change?.forced ?? []).map((forced) => t('say.forced', { ...forced })),
    change !== undefined &&
      change.impossibleCount > 0 &&
      t('say.impossible', { count: change.impossibleCount }),
  ].filter((part) => part !== false);
  return (
    <div className="visually-hidden" aria-live="polite">
      {work.last !== undefined && parts.join('. ')}
    </div>
  );
}
