import type { MyMemory } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readLines } from '../../platform/read-lines.view.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import styles from './memory.module.css';
import { ReadLines } from './read-lines.tsx';

const c = classesOf(styles);

/** Few enough to be read; the rest comes when asked for. */
const LINES_SHOWN = 6;

/** Who read what, newest first. */
export function ReadLog({ memory }: { readonly memory: MyMemory }) {
  const { t } = useTranslation('memory');
  const [isWhole, setWhole] = useState(false);
  const lines = readLines(memory.reads);
  const shown = isWhole ? lines : lines.slice(0, LINES_SHOWN);
  return (
    <Section title={t('log.title')}>
      <p className={c('quiet')}>{t(lines.length === 0 ? 'log.none' : 'log.text')}</p>
      {lines.length > 0 && <ReadLines lines={shown} memory={memory} isNaming />}
      {shown.length < lines.length && (
        <p>
          <Button onClick={() => setWhole(true)}>
            {t('log.more', { count: lines.length - shown.length })}
          </Button>
        </p>
      )}
    </Section>
  );
}
