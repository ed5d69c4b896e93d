import type { BoardCard } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { BlockDialog } from './block-dialog.tsx';
import { DoneDialog } from './done-dialog.tsx';
import styles from './workshop.module.css';
import { useFloorActs } from './workshop.queries.ts';
import { actsOf, type FloorAct } from './workshop.view.ts';

const c = classesOf(styles);

interface FloorActsProps {
  readonly company: string;
  readonly card: BoardCard;
  readonly mayMake: boolean;
  readonly onStay: () => void;
  readonly onDone: () => void;
}

/** Start and Done, a thumb wide; and what to do when it cannot go on. */
export function FloorActs({ company, card, mayMake, onStay, onDone }: FloorActsProps) {
  const { t } = useTranslation('workshop');
  const [asking, setAsking] = useState<'done' | 'block'>();
  const acts = useFloorActs(company);
  const operation = card.id;
  const finish = (rejected: { index: number; reason: string }[]) =>
    acts.done.mutate(
      { operation, rejected },
      {
        onSuccess: () => {
          setAsking(undefined);
          onDone();
        },
      },
    );
  const act = (kind: FloorAct) => {
    onStay();
    if (kind === 'start') acts.start.mutate(operation);
    if (kind === 'unblock') acts.unblock.mutate(operation);
    if (kind === 'block') setAsking('block');
    if (kind === 'done' && card.remembered.length > 0) setAsking('done');
    if (kind === 'done' && card.remembered.length === 0) finish([]);
  };
  const failure = [acts.start, acts.unblock, acts.done].find(({ isError }) => isError);
  const isBusy = [acts.start, acts.unblock, acts.done].some(({ isPending }) => isPending);
  const [first, ...rest] = actsOf(card.state);
  return (
    <div className={c('acts')}>
      {failure !== undefined && asking === undefined && <FailureNotice error={failure.error} />}
      {!mayMake && <p className={c('quiet')}>{t('lookOnly')}</p>}
      {mayMake && first === undefined && <p className={c('quiet')}>{t('waits')}</p>}
      {mayMake && first !== undefined && (
        <div className={c('buttons')}>
          <button
            type="button"
            className={c('thumb', first)}
            aria-busy={isBusy}
            disabled={isBusy}
            onClick={() => act(first)}
          >
            {t(`act.${first}`)}
          </button>
          {rest.map((kind) => (
            <Button key={kind} size="large" onClick={() => act(kind)}>
              {t(`act.${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {asking === 'block' && (
        <BlockDialog company={company} operation={operation} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'done' && (
        <DoneDialog
          remembered={card.remembered}
          isBusy={acts.done.isPending}
          error={acts.done.isError ? acts.done.error : undefined}
          onClose={() => setAsking(undefined)}
          onDone={finish}
        />
      )}
    </div>
  );
}
