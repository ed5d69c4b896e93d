import { useTranslation } from 'react-i18next';
import { useReading } from '../ui/amounts.tsx';
import { classesOf } from '../ui/classes.ts';
import { momentWords } from '../ui/date.view.ts';
import { Popover } from '../ui/popover.tsx';
import styles from './evidence-marks.module.css';
import { type EvidenceOf, evidenceMark } from './fact.view.ts';

const c = classesOf(styles);

const CHANNELS = ['desk', 'web', 'studio', 'workshop'] as const;

interface EvidenceMarksProps {
  /** The deciding piece first. */
  readonly evidence: readonly EvidenceOf[];
  /** What it is evidence of, for readers. */
  readonly about: string;
}

/** A small mark of where something is known from; a tap shows every occasion. */
export function EvidenceMarks({ evidence, about }: EvidenceMarksProps) {
  const { t } = useTranslation('fact');
  const reading = useReading();
  const [first] = evidence;
  if (first === undefined) return null;
  const mark = evidenceMark(first, t, reading);
  const more = evidence.length > 1 ? ` +${evidence.length - 1}` : '';
  return (
    <Popover
      title={t('evidence')}
      trigger={
        <button type="button" className={c('mark', first.how)} title={t('evidence')}>
          <span className="visually-hidden">{about}: </span>
          {mark}
          {more}
        </button>
      }
    >
      <p className={c('about')}>{about}</p>
      <ul className={c('list')}>
        {evidence.map((piece) => {
          const channel = CHANNELS.find((each) => each === piece.channel);
          return (
            <li key={`${piece.interaction}:${piece.how}`}>
              <span className={c('how')}>{t(`how.${piece.how}`)}</span>{' '}
              {momentWords(piece.at, reading)}
              {piece.placeName !== null && `, ${piece.placeName}`}
              {channel !== undefined && `, ${t(`channel.${channel}`)}`}
            </li>
          );
        })}
      </ul>
    </Popover>
  );
}
