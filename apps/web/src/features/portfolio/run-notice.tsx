import type { Portfolio, ValueRun } from '@keepsake/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { valueKey } from '../../platform/value-key.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './portfolio.module.css';
import { runQuery } from './portfolio.queries.ts';
import { isUnderWay } from './portfolio.view.ts';
import { StartButton } from './start-run.tsx';

const c = classesOf(styles);

interface RunNoticeProps {
  readonly company: string;
  readonly portfolio: Portfolio;
}

/** A run that is under way, or the last one, where it failed or found too little. */
export function RunNotice({ company, portfolio }: RunNoticeProps) {
  const { t } = useTranslation('portfolio');
  const { run, tooLittle, basis } = portfolio;
  if (run !== null && isUnderWay(run)) return <UnderWay company={company} run={run} />;
  if (run?.state === 'failed') return <Failed company={company} run={run} />;
  if (tooLittle !== null && basis !== null) {
    return (
      <Notice tone="warn" title={t('tooLittle.title')}>
        {t(`tooLittle.${tooLittle}`)} {t('tooLittle.earlier')}
      </Notice>
    );
  }
  return null;
}

function UnderWay({ company, run }: { readonly company: string; readonly run: ValueRun }) {
  const { t } = useTranslation(['portfolio', 'common']);
  const queries = useQueryClient();
  const query = useQuery(runQuery(company, run));
  const now = query.data ?? run;
  const hasEnded = !isUnderWay(now);
  useEffect(() => {
    // All that was loaded of value is of the run before.
    if (hasEnded) void queries.invalidateQueries({ queryKey: valueKey(company) });
  }, [hasEnded, queries, company]);
  return (
    <section className={c('run')} aria-label={t('run.title')}>
      <p className={c('strong')}>
        {t(now.months > 0 ? 'run.underWayMonths' : 'run.underWay', { count: now.months })}
      </p>
      <progress aria-label={t('run.title')} value={now.progress} max={1} />
      <p className={c('quiet')} role="status">
        {query.isError && `${t('common:outOfDate')} `}
        {now.state === 'queued' ? t('run.queued') : t(`run.step.${now.step}`)}
      </p>
    </section>
  );
}

function Failed({ company, run }: { readonly company: string; readonly run: ValueRun }) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  return (
    <Notice
      tone="warn"
      title={t('run.failed', { when: dateWords(run.endedAt ?? run.startedAt, reading) })}
      actions={<StartButton company={company} isAgain />}
    >
      <p>{t('run.failedText')}</p>
      {run.problem !== null && <p translate="no">{run.problem}</p>}
    </Notice>
  );
}
