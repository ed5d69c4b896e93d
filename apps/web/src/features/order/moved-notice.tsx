import type { Problem } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { PromiseReasons } from '../../platform/promise-reasons.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { dateWords, dayWords } from '../../ui/date.view.ts';
import { useLocale } from '../../ui/locale.tsx';
import { formatMoney } from '../../ui/money.view.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Moved } from './checkout.view.ts';

interface MovedNoticeProps {
  readonly moved: Moved;
  readonly problem: Problem | undefined;
  readonly timeZone: string | undefined;
}

/** The date or the price is another one now: both are shown, and nothing was ordered. */
export function MovedNotice({ moved, problem, timeZone }: MovedNoticeProps) {
  const { t } = useTranslation('order');
  const locale = useLocale();
  const reading = useReading(timeZone);
  if (moved.kind === 'price') {
    const before = formatMoney(moved.before.total, locale);
    const after = formatMoney(moved.after.total, locale);
    return (
      <Notice tone="warn" title={t('moved.price', { after })}>
        {t('moved.priceText', { before })}
      </Notice>
    );
  }
  const after = dateWords(moved.after.ready, reading);
  const before = dayWords(moved.before.ready, reading);
  return (
    <Notice tone="warn" title={t('moved.date', { after })}>
      <p>{t('moved.dateText', { before })}</p>
      {problem?.reasons !== undefined && (
        <PromiseReasons reasons={problem.reasons} timeZone={timeZone} />
      )}
    </Notice>
  );
}
