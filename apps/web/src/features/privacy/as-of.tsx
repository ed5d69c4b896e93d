import type { AccountedFact, MemoryAccount } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { PersonProps } from './account.page.tsx';
import { FactAccount } from './fact-account.tsx';
import styles from './privacy.module.css';
import { asOfQuery } from './privacy.queries.ts';
import { type Moment, momentOf } from './privacy.view.ts';

const c = classesOf(styles);

interface AsOfProps extends PersonProps {
  readonly account: MemoryAccount;
}

/** What was known at a moment, at a place and for a purpose: asked on both axes of time. */
export function AsOf({ company, guest, account }: AsOfProps) {
  const { t } = useTranslation('privacy');
  const text = useText();
  const sites = useQuery(companyQuery(company)).data?.sites ?? [];
  const [fields, setFields] = useState({
    purpose: account.consents[0]?.purpose ?? '',
    validAt: '',
    knownAt: '',
    site: '',
  });
  const [asked, setAsked] = useState<Moment>();
  const set = (field: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [field]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const moment = momentOf(fields);
    if (moment !== undefined) setAsked(moment);
  };
  return (
    <Section title={t('asOf.title')}>
      <p className={c('quiet')}>{t('asOf.text')}</p>
      <form className={c('asOf')} onSubmit={submit}>
        <TextInput
          label={t('asOf.knownAt')}
          hint={t('asOf.knownHint')}
          type="datetime-local"
          value={fields.knownAt}
          onChange={set('knownAt')}
        />
        <TextInput
          label={t('asOf.validAt')}
          hint={t('asOf.validHint')}
          type="datetime-local"
          value={fields.validAt}
          onChange={set('validAt')}
        />
        <Select label={t('asOf.site')} value={fields.site} onChange={set('site')}>
          <option value="">{t('asOf.anywhere')}</option>
          {sites.map((site) => (
            <option key={site.id} value={site.id}>
              {text(site.name)}
            </option>
          ))}
        </Select>
        <Select label={t('asOf.purpose')} value={fields.purpose} onChange={set('purpose')}>
          {account.consents.map(({ purpose, label }) => (
            <option key={purpose} value={purpose}>
              {text(label)}
            </option>
          ))}
        </Select>
        <Button kind="primary" type="submit">
          {t('asOf.ask')}
        </Button>
      </form>
      {asked !== undefined && (
        <Answer company={company} guest={guest} account={account} moment={asked} />
      )}
    </Section>
  );
}

function Answer({ company, guest, account, moment }: AsOfProps & { readonly moment: Moment }) {
  const { t } = useTranslation(['privacy', 'common']);
  const reading = useReading();
  const query = useQuery(asOfQuery(company, guest, moment));
  return (
    <div className={c('answer')} aria-live="polite">
      <Loaded query={query} skeleton={<SkeletonLines lines={3} label={t('common:loading')} />}>
        {({ validAt, knownAt, known, withheld }) => (
          <>
            <p>
              {t('asOf.answer', {
                known: momentWords(knownAt, reading),
                valid: momentWords(validAt, reading),
              })}
            </p>
            <FactsOf
              title={t('asOf.known', { count: known.length })}
              facts={known}
              account={account}
            />
            {withheld.length > 0 && (
              <FactsOf
                title={t('asOf.withheld', { count: withheld.length })}
                facts={withheld}
                account={account}
              />
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

interface FactsOfProps {
  readonly title: string;
  readonly facts: readonly AccountedFact[];
  readonly account: MemoryAccount;
}

function FactsOf({ title, facts, account }: FactsOfProps) {
  return (
    <div className={c('stack')}>
      <h3>{title}</h3>
      <ul className={c('facts')}>
        {facts.map((fact) => (
          <FactAccount key={fact.id} fact={fact} account={account} />
        ))}
      </ul>
    </div>
  );
}
