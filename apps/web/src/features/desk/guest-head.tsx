import type { GuestCard } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import { treatmentWay } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, daysBetween } from '../../ui/date.view.ts';
import { WrongIcon } from '../../ui/icons.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import styles from './desk.module.css';
import { isCaredFor, type KeyLine, keyLines } from './guest-card.view.ts';

const c = classesOf(styles);

interface GuestHeadProps {
  readonly card: GuestCard;
  /** The date of today at the house. */
  readonly today: string;
}

/** The lines that matter, large enough to be read in passing. */
export function GuestHead({ card, today }: GuestHeadProps) {
  return (
    <div className={c('headLines')}>
      <ul className={c('keyLines')}>
        {keyLines(card, today).map((line) => (
          <li key={line.kind} className={c('keyLine', line.kind === 'must' && 'must')}>
            <KeyLineWords line={line} today={today} card={card} />
          </li>
        ))}
      </ul>
      <CareLine care={card.care} />
    </div>
  );
}

/** What to do for the guest, in small; nothing where nothing is to be done. */
function CareLine({ care }: Pick<GuestCard, 'care'>) {
  const { t } = useTranslation(['desk', 'value']);
  const text = useText();
  const { isKept, treatments } = care;
  if (!isCaredFor({ care })) return null;
  return (
    <p className={c('care')}>
      {isKept && <span className={c('kept')}>{t('care.kept')}</span>}
      {(['offered', 'done'] as const).map((way) => {
        const words = treatments.filter(({ kind }) => treatmentWay(kind) === way);
        if (words.length === 0) return null;
        const listed = words.map((one) => text(one.words)).join(' · ');
        return <span key={way}>{t(`value:treatment.${way}`, { words: listed })}</span>;
      })}
    </p>
  );
}

interface KeyLineWordsProps {
  readonly line: KeyLine;
  readonly today: string;
  readonly card: GuestCard;
}

function KeyLineWords({ line, today, card }: KeyLineWordsProps) {
  const { t } = useTranslation(['desk', 'fact']);
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const text = useText();
  const reading = useReading();
  const short = (facts: Extract<KeyLine, { kind: 'must' }>['facts']) =>
    facts.map((fact) => factShort(fact, factWords, locale)).join(' · ');
  switch (line.kind) {
    case 'must':
      return (
        <>
          <WrongIcon size={20} /> <strong>{short(line.facts)}</strong>
        </>
      );
    case 'likes':
      return <>{short(line.facts)}</>;
    case 'arriving':
    case 'staying':
    case 'coming': {
      const { stay, familyName } = line.order;
      if (stay === null) return null;
      return (
        <>
          {t(`key.${line.kind}`, {
            name: text(familyName),
            arrive: calendarWords(stay.arrive, reading),
            depart: calendarWords(stay.depart, reading),
            count: Math.max(0, daysBetween(today, stay.depart)),
          })}
        </>
      );
    }
    case 'order':
      return (
        <>
          {t('key.order', {
            name: text(line.order.familyName),
            date: dateWords(line.order.ready, reading),
          })}
        </>
      );
    case 'unknown': {
      const { lastSeen } = card.guest;
      if (lastSeen !== null) return <>{t('key.unknown', { date: dateWords(lastSeen, reading) })}</>;
      // Whom the company does something for has been here, if only in an earlier system.
      return <>{t(isCaredFor(card) ? 'key.unnoted' : 'key.new')}</>;
    }
  }
}
