import type { Portfolio } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';

interface LeftOutNoticeProps {
  readonly currency: string;
  readonly leftOut: NonNullable<Portfolio['leftOut']>;
}

/** What is counted in nothing, as it is in another currency than the cost table. */
export function LeftOutNotice({ currency, leftOut }: LeftOutNoticeProps) {
  const { t } = useTranslation('portfolio');
  const { purchases, customers } = leftOut;
  const currencies = leftOut.currencies.join(', ');
  return (
    <Notice tone="warn" title={t('leftOut.title', { count: purchases, currencies })}>
      {t('leftOut.text', { count: customers, currency })}
    </Notice>
  );
}
