import type { Portfolio } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemCodeOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './portfolio.module.css';
import { termsQuery, useStartRun } from './portfolio.queries.ts';

const c = classesOf(styles);

interface StartButtonProps {
  readonly company: string;
  readonly isAgain?: boolean;
  /** Past months to decide first. */
  readonly months?: number;
}

/** Starts a run; what the server refuses stands below. */
export function StartButton({ company, isAgain, months }: StartButtonProps) {
  const { t } = useTranslation('portfolio');
  const start = useStartRun(company);
  const isWithoutCosts = problemCodeOf(start.error) === 'valuation/costs-missing';
  return (
    <div className={c('stack', 'noPrint')}>
      <div>
        <Button
          kind={isAgain ? 'secondary' : 'primary'}
          isBusy={start.isPending}
          onClick={() => start.mutate(months)}
        >
          {t(isAgain ? 'run.again' : 'run.start')}
        </Button>
      </div>
      {start.isError && (
        <FailureNotice
          error={start.error}
          actions={isWithoutCosts && <TermsLink company={company} />}
        />
      )}
    </div>
  );
}

function TermsLink({ company }: { readonly company: string }) {
  const { t } = useTranslation('portfolio');
  return (
    <Link to="/c/$company/value/terms" params={{ company }} className={buttonClass('primary')}>
      {t('first.toTerms')}
    </Link>
  );
}

interface FirstRunProps {
  readonly company: string;
  readonly portfolio: Portfolio;
}

const MONTHS_MAX = 24;

/** Before the first run: what is needed, and how to begin. */
export function FirstRun({ company, portfolio }: FirstRunProps) {
  const { t } = useTranslation('portfolio');
  const terms = useQuery(termsQuery(company));
  const [months, setMonths] = useState('12');
  const hasCosts = terms.data === undefined ? undefined : terms.data.costs.length > 0;
  const count = Math.min(MONTHS_MAX, Math.max(0, Math.round(Number(months)) || 0));
  return (
    <section className={c('first')}>
      {portfolio.tooLittle !== null && (
        <Notice tone="warn" title={t('tooLittle.title')}>
          {t(`tooLittle.${portfolio.tooLittle}`)} {t('tooLittle.nobody')}
        </Notice>
      )}
      <h2>{t('first.title')}</h2>
      <p>{t('first.text')}</p>
      <ol>
        <li>{t('first.history')}</li>
        <li>
          {hasCosts === true ? t('first.costsThere') : t('first.costs')}{' '}
          {hasCosts === false && (
            <Link to="/c/$company/value/terms" params={{ company }}>
              {t('first.toTerms')}
            </Link>
          )}
        </li>
      </ol>
      <form
        className={c('firstForm')}
        onSubmit={(event: FormEvent) => event.preventDefault()}
        aria-label={t('run.title')}
      >
        <TextInput
          label={t('first.months')}
          hint={t('first.monthsHint', { max: MONTHS_MAX })}
          type="number"
          inputMode="numeric"
          min={0}
          max={MONTHS_MAX}
          value={months}
          onChange={(event) => setMonths(event.target.value)}
        />
        <StartButton company={company} months={count} />
      </form>
    </section>
  );
}
