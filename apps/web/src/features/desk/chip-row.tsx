import { Polarity } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import styles from './desk.module.css';
import type { NoteChip } from './note.view.ts';

const c = classesOf(styles);

interface ChipRowProps {
  readonly chip: NoteChip;
  readonly siteName: string | undefined;
  readonly onChange: (change: Partial<Pick<NoteChip, 'polarity' | 'hereOnly' | 'basis'>>) => void;
  readonly onDrop: () => void;
}

/** An allergy is so or is not: “never” beside its name would read as that there is none. */
function isCondition({ sensitivity, value }: NoteChip): boolean {
  return sensitivity === 'special' && typeof value === 'boolean';
}

/** One thing of a note, and how it is meant. */
export function ChipRow({ chip, siteName, onChange, onDrop }: ChipRowProps) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const name = factShort(chip, factWords, useLocale());
  const text = useText();
  return (
    <li className={c('chip')}>
      <span className={c('chipName')}>{name}</span>
      <span className={c('chipTools')}>
        {!isCondition(chip) && (
          <select
            className={c('small')}
            aria-label={t('chip.polarity', { name })}
            value={chip.polarity}
            onChange={(event) => onChange({ polarity: Polarity.parse(event.target.value) })}
          >
            {Polarity.options.map((polarity) => (
              <option key={polarity} value={polarity}>
                {t(`chip.${polarity}`)}
              </option>
            ))}
          </select>
        )}
        <select
          className={c('small')}
          aria-label={t('chip.basis', { name })}
          value={chip.basis}
          onChange={(event) =>
            onChange({ basis: event.target.value === 'observed' ? 'observed' : 'stated' })
          }
        >
          <option value="stated">{t('chip.stated')}</option>
          <option value="observed">{t('chip.observed')}</option>
        </select>
        {chip.site !== undefined && (
          <span className={c('tiny')}>{t('chip.hereOnly', { place: text(chip.site.name) })}</span>
        )}
        {chip.site === undefined && siteName !== undefined && (
          <label className={c('tiny')}>
            <input
              type="checkbox"
              checked={chip.hereOnly}
              onChange={(event) => onChange({ hereOnly: event.target.checked })}
            />
            {t('chip.hereOnly', { place: siteName })}
          </label>
        )}
      </span>
      <Button kind="icon" aria-label={t('chip.drop', { name })} onClick={onDrop}>
        <CloseIcon />
      </Button>
    </li>
  );
}
