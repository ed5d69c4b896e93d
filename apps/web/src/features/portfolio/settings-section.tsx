import type { ValueSettings } from '@keepsake/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { SETTING_NAMES, settingFields, typedSettings } from './settings.view.ts';
import styles from './terms.module.css';
import { usePutSettings } from './terms.queries.ts';

const c = classesOf(styles);

interface SettingsSectionProps {
  readonly company: string;
  readonly settings: ValueSettings;
  readonly currency: string;
}

const HINTS = {
  horizonWeeks: 'horizonHint',
  growthReach: 'growthReachHint',
  growthCost: 'growthCostHint',
  newWeeks: 'newHint',
} as const;

/** How far value is counted, what growing does, and how long customers are new. */
export function SettingsSection({ company, settings, currency }: SettingsSectionProps) {
  const { t } = useTranslation('terms');
  const put = usePutSettings(company);
  const [fields, setFields] = useState(() => settingFields(settings));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (put.isPending) return;
    const typed = typedSettings(fields);
    setWrong(typed.kind === 'wrong' ? typed.names : []);
    if (typed.kind === 'typed') put.mutate(typed.settings);
  };
  return (
    <Section title={t('settings.title')}>
      <form className={c('form')} onSubmit={submit} noValidate>
        <div className={c('fields')}>
          {SETTING_NAMES.map((name) => (
            <TextInput
              key={name}
              label={t(`settings.${name}`)}
              hint={t(`settings.${HINTS[name]}`, { currency })}
              inputMode="decimal"
              autoComplete="off"
              error={wrong.includes(name) ? t('settings.wrong') : undefined}
              value={fields[name]}
              onChange={({ target }) => {
                setFields({ ...fields, [name]: target.value });
                put.reset();
              }}
            />
          ))}
        </div>
        {put.isError && <FailureNotice error={put.error} />}
        {put.isSuccess && <Notice tone="good" title={t('settings.saved')} />}
        <div className={c('actions')}>
          <Button type="submit" isBusy={put.isPending}>
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
