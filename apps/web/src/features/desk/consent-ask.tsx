import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import styles from './desk.module.css';
import type { ConsentNeed } from './note.view.ts';

const c = classesOf(styles);

interface ConsentAskProps {
  readonly need: ConsentNeed;
  readonly isAgreed: boolean;
  readonly onAgree: (isAgreed: boolean) => void;
}

/** A consent that the guest must give in so many words before the note is kept. */
export function ConsentAsk({ need, isAgreed, onAgree }: ConsentAskProps) {
  const { t } = useTranslation('desk');
  const text = useText();
  const things = need.chips.map(({ label }) => text(label)).join(', ');
  return (
    <div className={c('consentAsk')}>
      <Checkbox
        data-consent={need.purpose}
        label={t(need.isExplicit ? 'consent.explicit' : 'consent.ordinary', { things })}
        hint={t('consent.wording', { wording: text(need.description) })}
        checked={isAgreed}
        onChange={(event) => onAgree(event.target.checked)}
      />
    </div>
  );
}
