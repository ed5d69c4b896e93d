import type { BoardCard } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import styles from './workshop.module.css';
import { quantityWords } from './workshop.view.ts';

const c = classesOf(styles);

/** The parts with their bins, to be read at arm's length. */
export function PartList({ parts }: { readonly parts: BoardCard['parts'] }) {
  const { t } = useTranslation('workshop');
  const text = useText();
  const locale = useLocale();
  if (parts.length === 0) return <p className={c('quiet')}>{t('parts.none')}</p>;
  return (
    <section className={c('parts')}>
      <h2>{t('parts.title')}</h2>
      <ul className={c('partList')}>
        {parts.map((part) => (
          <li key={part.item} className={c('part')}>
            <span className={c('quantity')}>{quantityWords(part.quantity, part.unit, locale)}</span>
            <span>{text(part.name)}</span>
            <span className={c('bin')}>
              {part.bin !== null && (
                <>
                  <span className="visually-hidden">{t('parts.bin')} </span>
                  {part.bin}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
