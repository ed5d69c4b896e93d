import type { GuestMembers, GuestSummary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import styles from './identity.module.css';
import { membersQuery, useVerdicts } from './identity.queries.ts';
import { VerdictLine } from './verdict-line.tsx';
import { Waterfall } from './waterfall.tsx';

const c = classesOf(styles);

interface AlsoKnownProps {
  readonly company: string;
  readonly guest: string;
}

/** Under which other names and handles the guest is known, who decided so, and the way back. */
export function AlsoKnown({ company, guest }: AlsoKnownProps) {
  const { data, error } = useQuery(membersQuery(company, guest));
  const { undo } = useVerdicts(company);
  const { t } = useTranslation('desk');
  if (error !== null) return <FailureNotice error={error} />;
  if (data === undefined || (data.members.length < 2 && data.verdicts.length === 0)) return null;
  const isBusy = undo.isPending;
  return (
    <Section title={t('alias.title')}>
      <Others guest={guest} members={data.members} />
      {undo.error !== null && <FailureNotice error={undo.error} />}
      <ul className={c('verdicts')}>
        {data.verdicts.map((verdict) => (
          <li key={verdict.id} className={c('verdict')}>
            <VerdictLine verdict={verdict} isBusy={isBusy} onUndo={() => undo.mutate(verdict.id)}>
              {verdict.waterfall.length > 0 && (
                <details>
                  <summary className={c('summary')}>{t('alias.why')}</summary>
                  <Waterfall
                    caption={t('waterfall.caption', { a: verdict.a.name, b: verdict.b.name })}
                    steps={verdict.waterfall}
                  />
                </details>
              )}
            </VerdictLine>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Others({ guest, members }: Pick<GuestMembers, 'members'> & { readonly guest: string }) {
  const { t } = useTranslation('desk');
  const others = members.filter((member) => member.id !== guest);
  if (others.length === 0) return null;
  return (
    <ul className={c('verdicts')} aria-label={t('alias.title')}>
      {others.map((member) => (
        <li key={member.id}>
          <span className={c('name')}>{member.name}</span>{' '}
          <span className={c('quiet')}>{handlesOf(member)}</span>
        </li>
      ))}
    </ul>
  );
}

function handlesOf({ email, loyalty }: GuestSummary): string {
  return [email, loyalty].filter((each) => each !== null).join(' · ');
}
