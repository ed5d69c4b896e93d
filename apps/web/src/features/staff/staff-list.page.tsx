import type { Role } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { RoleBoxes } from './role-boxes.tsx';
import styles from './staff.module.css';
import { staffQuery, useInvite, useSetRoles } from './staff.queries.ts';
import { staffRoute } from './staff.routes.ts';

const c = classesOf(styles);

interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** The staff of a company: who may do what, and inviting more. */
export function StaffListPage() {
  const { t } = useTranslation(['staff', 'common']);
  const { company } = staffRoute.useParams();
  const query = useQuery(staffQuery(company));
  const [editing, setEditing] = useState<Member | undefined>();
  const reading = useReading();
  const roleNames = (roles: readonly Role[]) =>
    roles.map((role) => t(`common:role.${role}`)).join(', ');
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Loaded query={query} skeleton={<SkeletonLines lines={5} label={t('common:loading')} />}>
        {({ items, invited }) => (
          <>
            <ul className={c('people')}>
              {items.map((member) => (
                <li key={member.id} className={c('person')}>
                  <div>
                    <strong>{member.name}</strong>{' '}
                    <span className={c('quiet')}>{member.email}</span>
                    <p>{roleNames(member.roles)}</p>
                  </div>
                  <Button kind="quiet" onClick={() => setEditing(member)}>
                    {t('edit')}
                    <span className="visually-hidden">: {member.name}</span>
                  </Button>
                </li>
              ))}
              {invited.map((person) => (
                <li key={person.email} className={c('person')}>
                  <div>
                    <span>{person.email}</span>
                    <p className={c('quiet')}>
                      {t('invited', { date: dateWords(person.until, reading) })} ·{' '}
                      {roleNames(person.roles)}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
            <Section title={t('invite')}>
              <InviteForm company={company} />
            </Section>
          </>
        )}
      </Loaded>
      {editing !== undefined && (
        <RolesDialog company={company} member={editing} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}

function InviteForm({ company }: { readonly company: string }) {
  const { t } = useTranslation('staff');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['clerk']);
  const invite = useInvite(company);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (roles.length === 0 || invite.isPending) return;
    invite.mutate({ email: email.trim(), roles }, { onSuccess: () => setEmail('') });
  };
  return (
    <form className={c('form')} onSubmit={submit}>
      <TextInput
        label={t('email')}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <RoleBoxes legend={t('roles')} roles={roles} onChange={setRoles} />
      {invite.isError && <FailureNotice error={invite.error} />}
      {invite.isSuccess && <Notice tone="good" title={t('sent', { email: invite.data.email })} />}
      <Button kind="primary" type="submit" disabled={roles.length === 0} isBusy={invite.isPending}>
        {t('send')}
      </Button>
    </form>
  );
}

interface RolesDialogProps {
  readonly company: string;
  readonly member: Member;
  readonly onClose: () => void;
}

function RolesDialog({ company, member, onClose }: RolesDialogProps) {
  const { t } = useTranslation(['staff', 'common']);
  const [roles, setRoles] = useState(member.roles);
  const change = useSetRoles(company);
  const isLeaving = roles.length === 0;
  return (
    <Dialog
      title={member.name}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            kind={isLeaving ? 'danger' : 'primary'}
            isBusy={change.isPending}
            onClick={() => change.mutate({ member: member.id, roles }, { onSuccess: onClose })}
          >
            {isLeaving ? t('remove') : t('save')}
          </Button>
        </>
      }
    >
      <RoleBoxes legend={t('roles')} roles={roles} onChange={setRoles} />
      {isLeaving && <p>{t('removeText')}</p>}
      {change.isError && <FailureNotice error={change.error} />}
    </Dialog>
  );
}
