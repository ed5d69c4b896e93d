import type { MyMemory } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveWays } from '../../platform/leave-ways.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import { EraseMine } from './erase-dialog.tsx';
import styles from './memory.module.css';
import { exportMine } from './memory.queries.ts';
import { exportName } from './memory.view.ts';

const c = classesOf(styles);

interface LeaveSectionProps {
  readonly company: string;
  readonly companyName: string;
  readonly memory: MyMemory;
}

/** Taking everything along, and erasing everything. */
export function LeaveSection({ company, companyName, memory }: LeaveSectionProps) {
  const { t } = useTranslation('memory');
  const [isErasing, setErasing] = useState(false);
  return (
    <Section title={t('leave.title')}>
      <p className={c('quiet')}>
        {t('leave.known', { handles: memory.identifiers.map(({ value }) => value).join(', ') })}
      </p>
      <LeaveWays
        words={{
          export: t('leave.export'),
          exportText: t('leave.exportText'),
          exported: t('leave.exported'),
          erase: t('leave.erase'),
          eraseText: t('leave.eraseText'),
        }}
        take={() => exportMine(company)}
        fileName={(now) => exportName(company, now)}
        onErase={() => setErasing(true)}
      />
      {isErasing && (
        <EraseMine company={company} companyName={companyName} onClose={() => setErasing(false)} />
      )}
    </Section>
  );
}
