import type { BoardCard } from '@keepsake/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EvidenceMarks } from '../../platform/evidence-marks.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Picture } from '../../ui/picture.tsx';
import { FloorActs } from './floor-acts.tsx';
import { PartList } from './part-list.tsx';
import styles from './workshop.module.css';
import { dueTone } from './workshop.view.ts';

const c = classesOf(styles);

interface WorkOrderProps {
  readonly company: string;
  readonly card: BoardCard;
  readonly timeZone: string | undefined;
  readonly mayMake: boolean;
  /** Keeps this one in front while it is worked on. */
  readonly onStay: () => void;
  readonly onDone: () => void;
}

/** One order of work, large: what to make, how, from what, and for whom it is special. */
export function WorkOrder({ company, card, timeZone, mayMake, onStay, onDone }: WorkOrderProps) {
  const { t } = useTranslation('workshop');
  const text = useText();
  const reading = useReading(timeZone);
  const tone = dueTone(card.due, reading.now, timeZone);
  return (
    <article className={c('order')} aria-label={text(card.name)}>
      <div className={c('main')}>
        <p className={c('over')}>
          {text(card.familyName)} · <strong className={c('number')}>{card.orderNumber}</strong>
        </p>
        <h2 className={c('name')}>{text(card.name)}</h2>
        <p className={c('when', tone)}>
          {t(tone === 'late' ? 'due.late' : 'due.by', { date: momentWords(card.due, reading) })}
          {card.minutes > 0 && (
            <span className={c('quiet')}>
              {' '}
              · {t('minutes', { count: Math.round(card.minutes) })}
            </span>
          )}
        </p>
        {card.state === 'blocked' && (
          <Notice tone="warn" title={t('blocked.title')}>
            {card.blockedReason ?? t('blocked.unknown')}
          </Notice>
        )}
        {card.instruction !== null && <p className={c('instruction')}>{text(card.instruction)}</p>}
        {card.texts.map((each) => (
          <Engraving key={each.attribute} label={text(each.label)} text={each.text} />
        ))}
        {card.remembered.length > 0 && <Remembered remembered={card.remembered} />}
      </div>
      <div className={c('side')}>
        <Picture className={c('picture')} svg={card.picture} alt={text(card.familyName)} />
        <PartList parts={card.parts} />
      </div>
      <FloorActs company={company} card={card} mayMake={mayMake} onStay={onStay} onDone={onDone} />
    </article>
  );
}

const CHINESE = /\p{Script=Han}/u;

/** A customer's own words in the face they are engraved in, sign by sign as they were typed. */
function Engraving(props: { readonly label: string; readonly text: string }) {
  const [, setLoaded] = useState(false);
  const isChinese = CHINESE.test(props.text);
  useEffect(() => {
    // Two megabytes of Chinese are loaded only where somebody engraves in Chinese.
    if (isChinese) void import('@fontsource/noto-sans-sc/400.css').then(() => setLoaded(true));
  }, [isChinese]);
  return (
    <figure className={c('engraving')}>
      <figcaption className={c('quiet')}>{props.label}</figcaption>
      <p className={c('engraved')} dir="auto" translate="no">
        {props.text}
      </p>
    </figure>
  );
}

function Remembered({ remembered }: { readonly remembered: BoardCard['remembered'] }) {
  const { t } = useTranslation('workshop');
  const text = useText();
  return (
    <section className={c('remembered')}>
      <h3>{t('remembered')}</h3>
      <ul>
        {remembered.map((each) => (
          <li key={each.text.en}>
            <strong>{text(each.text)}</strong>{' '}
            <EvidenceMarks about={text(each.text)} evidence={each.evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
