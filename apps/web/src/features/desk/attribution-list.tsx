import type { Attribution } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EvidenceMarks } from '../../platform/evidence-marks.tsx';
import { factShort } from '../../platform/fact.view.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import { GuestLink } from './guest-link.tsx';
import styles from './identity.module.css';
import { attributionsQuery, useAttribute } from './identity.queries.ts';

const c = classesOf(styles);

/** What was noted while two guests were one, to be given to one of them. */
export function AttributionList({ company }: { readonly company: string }) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const query = useQuery(attributionsQuery(company));
  const attribute = useAttribute(company);
  const [said, setSaid] = useState('');
  const items = query.data?.items ?? [];
  const give = ({ interaction }: Attribution, guest: Attribution['guest'], fact: string) =>
    attribute.mutate(
      { interaction, guest: guest.id },
      { onSuccess: () => setSaid(t('whose.done', { fact, name: guest.name })) },
    );
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
      {query.isError && <FailureNotice error={query.error} />}
      {items.length > 0 && (
        <Section title={t('whose.title')}>
          <p className={c('quiet')}>{t('whose.lead')}</p>
          {attribute.error !== null && <FailureNotice error={attribute.error} />}
          <ul className={c('rows')} aria-label={t('whose.title')}>
            {items.map((item) => {
              const fact = factShort(item.fact, factWords, locale);
              return (
                <li key={item.interaction} className={c('row')}>
                  <div>
                    <p>{fact}</p>
                    <p className={c('quiet')}>
                      {t('whose.kept')} <GuestLink company={company} guest={item.guest} />
                    </p>
                    <EvidenceMarks about={fact} evidence={item.fact.evidence} />
                  </div>
                  <div className={c('choices')}>
                    {[item.guest, item.other].map((guest) => (
                      <Button
                        key={guest.id}
                        isBusy={attribute.isPending}
                        aria-label={t('whose.isOf', { fact, name: guest.name })}
                        onClick={() => give(item, guest, fact)}
                      >
                        {guest.name}
                      </Button>
                    ))}
                  </div>
                </li>
              );
            })}
          </ul>
        </Section>
      )}
    </>
  );
}
