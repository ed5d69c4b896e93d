import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { LockIcon, UnlockIcon } from '../../ui/icons.tsx';
import styles from './studio.module.css';
import type { AttributeModel } from './studio.view.ts';

const c = classesOf(styles);

interface AttributeFrameProps {
  readonly model: AttributeModel;
  /** Where the answer comes from, such as “remembered since May”. */
  readonly memory: string | undefined;
  /** Whether repairs leave the choice alone. */
  readonly isLocked: boolean;
  readonly onLeaveOpen: () => void;
  readonly onLock: () => void;
  readonly children: ReactNode;
}

/** An attribute's name, hint and marks around its control. */
export function AttributeFrame(props: AttributeFrameProps) {
  const { model, memory, isLocked, onLeaveOpen, onLock, children } = props;
  const { t } = useTranslation('studio');
  const mark = memory ?? (model.isForced ? t('forced') : undefined);
  return (
    <fieldset className={c('attribute')} id={`attribute-${model.id}`}>
      <legend className={c('caption')}>
        <span className={c('name')}>{model.name}</span>{' '}
        {mark !== undefined && <span className={c('mark')}>{mark}</span>}
      </legend>
      {model.hint !== undefined && <p className={c('hint')}>{model.hint}</p>}
      {children}
      {model.isOwn && model.kind !== 'text' && (
        <div className={c('own')}>
          <button
            type="button"
            className={c('lock')}
            aria-pressed={isLocked}
            aria-label={t('lock', { name: model.name })}
            title={t(isLocked ? 'locked' : 'lockHint')}
            onClick={onLock}
          >
            {isLocked ? <LockIcon /> : <UnlockIcon />}
          </button>
          {!isLocked && (
            <button type="button" className={c('open')} onClick={onLeaveOpen}>
              {t('leaveOpen')}
              <span className="visually-hidden">: {model.name}</span>
            </button>
          )}
        </div>
      )}
    </fieldset>
  );
}
