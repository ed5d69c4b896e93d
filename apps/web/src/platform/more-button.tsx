import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';

interface MoreButtonProps {
  /** A list that is read page by page. */
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** Reads the next page of a list; nothing where there is none. */
export function MoreButton({ query }: MoreButtonProps) {
  const { t } = useTranslation('common');
  if (!query.hasNextPage) return null;
  return (
    <div>
      <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('more')}
      </Button>
    </div>
  );
}
