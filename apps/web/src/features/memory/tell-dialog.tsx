import type { MyMemory, Predicate } from '@keepsake/contract';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupFacts } from '../../platform/fact.view.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Select } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import styles from './memory.module.css';
import { useMemoryActs } from './memory.queries.ts';
import { toldPolarity, valueFrom } from './memory.view.ts';
import { ValueField } from './value-field.tsx';

const c = classesOf(styles);

interface TellDialogProps {
  readonly company: string;
  readonly memory: MyMemory;
  readonly predicates: readonly Predicate[];
  readonly onClose: () => void;
  readonly onTold: () => void;
}

/** Tells something to be remembered; a consent that it needs is asked for first. */
export function TellDialog({ company, memory, predicates, onClose, onTold }: TellDialogProps) {
  const { t } = useTranslation(['memory', 'common']);
  const { t: words } = useTranslation('fact');
  const text = useText();
  const formId = useId();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  const [isAgreed, setAgreed] = useState(false);
  const [isTried, setTried] = useState(false);
  const { consent, state } = useMemoryActs(company);
  const predicate = predicates.find((each) => each.name === name);
  const purpose = memory.consents.find((each) => each.purpose === predicate?.purpose);
  const needed = purpose !== undefined && !purpose.granted ? purpose : undefined;
  const value = predicate === undefined ? undefined : valueFrom(predicate, typed);
  const isBusy = consent.isPending || state.isPending;
  const groups = groupFacts(
    predicates.map((each) => ({ ...each, predicate: each.name })),
    predicates,
    words,
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const isHeld = needed !== undefined && !isAgreed;
    if (predicate === undefined || value === undefined || isBusy || isHeld) return;
    try {
      if (needed !== undefined) {
        await consent.mutateAsync({ purpose: needed.purpose, granted: true });
      }
      const polarity = toldPolarity(predicate);
      await state.mutateAsync({ predicate: predicate.name, value, polarity });
      onTold();
    } catch {
      // Both mutations show their own failure below.
    }
  };
  return (
    <Dialog
      title={t('tell.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={isBusy}>
            {t('tell.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={(event) => void submit(event)}>
        <Select
          label={t('tell.about')}
          error={isTried && predicate === undefined ? t('tell.choose') : undefined}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setTyped('');
            setAgreed(false);
            setTried(false);
          }}
        >
          <option value="" disabled>
            {t('tell.choose')}
          </option>
          {groups.map((group) => (
            <optgroup key={group.id} label={group.title}>
              {group.facts.map((each) => (
                <option key={each.name} value={each.name}>
                  {text(each.label)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        {predicate !== undefined && (
          <ValueField
            predicate={predicate}
            typed={typed}
            error={isTried && value === undefined ? t('tell.refused') : undefined}
            onType={setTyped}
          />
        )}
        {needed !== undefined && (
          <div className={c('ask')}>
            <Checkbox
              required
              label={t(needed.needs === 'explicit-consent' ? 'tell.explicit' : 'tell.agree')}
              hint={text(needed.description)}
              checked={isAgreed}
              onChange={(event) => setAgreed(event.target.checked)}
            />
          </div>
        )}
        {consent.isError && <FailureNotice error={consent.error} />}
        {state.isError && <FailureNotice error={state.error} />}
      </form>
    </Dialog>
  );
}
