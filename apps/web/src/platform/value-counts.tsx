import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../ui/amounts.tsx';
import { calendarWords } from '../ui/date.view.ts';
import { Term, Terms } from '../ui/terms.tsx';
import { useChannelName } from './channel-name.ts';
import { useEstimates } from './use-estimates.ts';

interface ValueCountsProps {
  readonly counts: CustomerValue['counts'];
  readonly currency: string;
}

/** What was counted of a customer: for staff, and for the customer. */
export function ValueCounts({ counts, currency }: ValueCountsProps) {
  const { t } = useTranslation('value');
  const reading = useReading();
  const { estimate } = useEstimates(currency);
  const channelName = useChannelName();
  const { firstDay, lastDay, purchases, meanSpend, returns } = counts;
  const listed = (of: Readonly<Record<string, number>>, name: (id: string) => string) =>
    Object.entries(of)
      .toSorted(([, a], [, b]) => b - a)
      .map(([id, count]) => t('counts.times', { name: name(id), count }))
      .join(' · ');
  const contacts = listed(counts.contacts, channelName);
  const categories = listed(counts.categories, (id) => id.replaceAll('-', ' '));
  return (
    <Terms>
      <Term term={t('counts.purchases')}>
        {t('counts.purchasesText', {
          count: purchases,
          from: calendarWords(firstDay, reading),
          to: calendarWords(lastDay, reading),
        })}
      </Term>
      {meanSpend !== null && <Term term={t('counts.meanSpend')}>{estimate(meanSpend)}</Term>}
      <Term term={t('counts.returns')}>
        {returns === 0 ? t('counts.noReturns') : t('counts.returnsText', { count: returns })}
      </Term>
      {contacts !== '' && <Term term={t('counts.contacts')}>{contacts}</Term>}
      {categories !== '' && <Term term={t('counts.categories')}>{categories}</Term>}
    </Terms>
  );
}
