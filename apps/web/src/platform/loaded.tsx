import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/notice.tsx';
import { FailureNotice } from './failure-notice.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** The real layout in pale blocks. */
  readonly skeleton: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** The states of a question to the server: pale while loading, the fault, or what it said. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Notice tone="warn" title={t('outOfDate')} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) {
    return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <div aria-busy="true">{skeleton}</div>;
}
