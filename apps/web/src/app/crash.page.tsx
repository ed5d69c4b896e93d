import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemCodeOf } from '../platform/client.ts';
import { FailureNotice } from '../platform/failure-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

/** Shown when a page breaks: what is safe, and how to go on. */
export function CrashPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('crash.title')} lead={t('crash.advice')} width="narrow">
      {problemCodeOf(error) !== undefined && <FailureNotice error={error} />}
      <p>
        <Button kind="primary" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </p>
    </Page>
  );
}
