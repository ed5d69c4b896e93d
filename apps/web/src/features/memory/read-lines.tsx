import type { MyMemory } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import type { ReadLine } from '../../platform/read-lines.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import styles from './memory.module.css';

const c = classesOf(styles);

const TOUCHPOINTS = [
  'guest-card',
  'my-memory',
  'studio',
  'operation',
  'order',
  'export',
  'privacy',
] as const;

interface ReadLinesProps {
  readonly lines: readonly ReadLine[];
  readonly memory: MyMemory;
  /** Whether each line names what was read. */
  readonly isNaming?: boolean;
}

/** Who read something, when, where and for what. */
export function ReadLines({ lines, memory, isNaming = false }: ReadLinesProps) {
  const { t } = useTranslation('memory');
  const { t: words } = useTranslation('fact');
  const text = useText();
  const reading = useReading();
  return (
    <ul className={c('reads')}>
      {lines.map((line) => {
        const purpose = memory.consents.find((each) => each.purpose === line.purpose)?.label;
        const place = TOUCHPOINTS.find((each) => each === line.touchpoint);
        const names = memory.facts
          .filter(({ id }) => line.factIds.includes(id))
          .map((fact) => factShort(fact, words, reading.locale));
        const gone = line.factIds.length - names.length;
        return (
          <li key={line.key}>
            <strong>
              {line.actor === 'staff'
                ? (line.actorName ?? t('readers.staff'))
                : t(`readers.${line.actor}`)}
            </strong>
            {place !== undefined && `, ${t(`touchpoint.${place}`)}`}
            {', '}
            {momentWords(line.at, reading)}
            {line.count > 1 && ` (${t('readers.times', { count: line.count })})`}
            {purpose !== undefined && <span className={c('quiet')}> · {text(purpose)}</span>}
            {isNaming && (
              <span className={c('read')}>
                {names.join(' · ')}
                {gone > 0 &&
                  `${names.length > 0 ? ' · ' : ''}${t('readers.gone', { count: gone })}`}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
