import type { GuestCard } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { TickIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import styles from './desk.module.css';

const c = classesOf(styles);

const STATES = ['waiting', 'ready', 'running', 'blocked', 'done'] as const;

interface TasksProps {
  readonly tasks: readonly GuestCard['tasks'][number][];
  readonly timeZone: string | undefined;
}

/** Tasks with when they are due and what the guest's memory asks of them. */
export function Tasks({ tasks, timeZone }: TasksProps) {
  const { t } = useTranslation('desk');
  const text = useText();
  const reading = useReading(timeZone);
  return (
    <ul className={c('plain')}>
      {tasks.map((task) => {
        const state = STATES.find((each) => each === task.state) ?? 'waiting';
        return (
          <li key={task.id} className={c('line')}>
            <span>
              {state === 'done' && <TickIcon size={14} />} {text(task.name)}{' '}
              <span className={c(state === 'blocked' ? 'warn' : 'quiet')}>
                {t(`tasks.state.${state}`)}
              </span>
            </span>
            {task.instructions.length > 0 && (
              <ul className={c('instructions')}>
                {task.instructions.map((instruction) => (
                  <li key={instruction.text.en}>{text(instruction.text)}</li>
                ))}
              </ul>
            )}
            <span className={c('quiet')}>
              {t('tasks.due', { date: momentWords(task.due, reading) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
