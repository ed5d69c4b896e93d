import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import styles from './studio.module.css';
import type { AttributeModel } from './studio.view.ts';

const c = classesOf(styles);

interface AttributeFrameProps {
  readonly model: AttributeModel;
  /** Where the answer comes from, such as “remembered since May”. */
  readonly memory: string | undefined;
  readonly onLeaveOpen: () => void;
  readonly children: ReactNode;
}

/** An attribute's name, hint and marks around its control. */
export function AttributeFrame({ model, memory, onLeaveOpen, children }: AttributeFrameProps) {
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
        <button type="button" className={c('open')} onClick={onLeaveOpen}>
          {t('leaveOpen')}
          <span className="visually-hidden">: {model.name}</span>
        </button>
      )}
    </fieldset>
  );
}
