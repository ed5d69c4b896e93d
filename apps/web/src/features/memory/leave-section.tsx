import type { MyMemory } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { saveText } from '../../platform/save-text.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import styles from './memory.module.css';
import { useExport } from './memory.queries.ts';
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
  const [said, setSaid] = useState('');
  const take = useExport(company);
  const download = () =>
    take.mutate(undefined, {
      onSuccess: (document_) => {
        saveText(JSON.stringify(document_, null, 2), exportName(company, Date.now()));
        setSaid(t('leave.exported'));
      },
    });
  return (
    <Section title={t('leave.title')}>
      <p className={c('quiet')}>
        {t('leave.known', { handles: memory.identifiers.map(({ value }) => value).join(', ') })}
      </p>
      <p className={c('said')} aria-live="polite">
        {said}
      </p>
      {take.isError && <FailureNotice error={take.error} />}
      <div className={c('leave')}>
        <div className={c('way')}>
          <p>{t('leave.exportText')}</p>
          <Button isBusy={take.isPending} onClick={download}>
            {t('leave.export')}
          </Button>
        </div>
        <div className={c('way')}>
          <p>{t('leave.eraseText')}</p>
          <Button kind="danger" onClick={() => setErasing(true)}>
            {t('leave.erase')}
          </Button>
        </div>
      </div>
      {isErasing && (
        <EraseDialog
          company={company}
          companyName={companyName}
          onClose={() => setErasing(false)}
        />
      )}
    </Section>
  );
}
