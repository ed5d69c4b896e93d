import type { Fact, MyMemory } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { factSentence, factShort, originSentence } from '../../platform/fact.view.ts';
import { readersOf } from '../../platform/read-lines.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Popover } from '../../ui/popover.tsx';
import styles from './memory.module.css';
import { ReadLines } from './read-lines.tsx';

const c = classesOf(styles);

interface FactParagraphProps {
  readonly fact: Fact;
  readonly memory: MyMemory;
  readonly isBusy: boolean;
  readonly onCorrect: () => void;
  readonly onForget: () => void;
}

/** One thing that is known: what, since when and from where, and what can be done about it. */
export function FactParagraph({ fact, memory, isBusy, onCorrect, onForget }: FactParagraphProps) {
  const { t } = useTranslation('memory');
  const { t: words } = useTranslation('fact');
  const reading = useReading();
  const name = factShort(fact, words, reading.locale);
  const readers = readersOf(memory.reads, fact.id);
  const isAllowed = memory.consents.find(({ purpose }) => purpose === fact.purpose)?.granted;
  return (
    <li className={c('fact')}>
      <p className={c('sentence')}>
        {factSentence(fact, words, reading.locale)}{' '}
        <span className={c('origin')}>{originSentence(fact, words, reading)}</span>
      </p>
      {isAllowed === false && <p className={c('unused')}>{t('unused')}</p>}
      <div className={c('acts')}>
        <Button kind="quiet" aria-label={t('correct.openFor', { name })} onClick={onCorrect}>
          {t('correct.open')}
        </Button>
        <Button
          kind="quiet"
          aria-label={t('forget.openFor', { name })}
          isBusy={isBusy}
          onClick={onForget}
        >
          {t('forget.open')}
        </Button>
        <Popover
          title={t('readers.title')}
          trigger={
            <Button kind="quiet" aria-label={t('readers.openFor', { name })}>
              {t('readers.open')}
            </Button>
          }
        >
          {readers.length === 0 ? (
            <p>{t('readers.none')}</p>
          ) : (
            <ReadLines lines={readers} memory={memory} />
          )}
        </Popover>
      </div>
    </li>
  );
}
