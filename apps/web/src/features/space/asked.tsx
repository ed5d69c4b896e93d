import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

interface AskedProps<T> {
  readonly query: UseQueryResult<T>;
  /** The real layout in pale blocks. */
  readonly skeleton: ReactNode;
  readonly children: (answer: T) => ReactNode;
}

/** The states of a question to the thread: pale while it works, the fault, or its answer. */
export function Asked<T>({ query, skeleton, children }: AskedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return <Broken error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <div aria-busy="true">{skeleton}</div>;
}

/** What went wrong in the thread, and that nobody else is touched by it. */
export function Broken(props: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation(['space', 'common']);
  const { error, onRetry } = props;
  const retry = onRetry !== undefined && <Button onClick={onRetry}>{t('common:retry')}</Button>;
  return (
    <Notice tone="bad" title={t('broken.title')} actions={retry}>
      <p>{t('broken.text')}</p>
      <p>{error instanceof Error ? error.message : String(error)}</p>
    </Notice>
  );
}
