import type { Role } from '@keepsake/contract';
import { DAY_MS, newId } from '@keepsake/kernel';
import { companyKey } from '../../platform/company-key.ts';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, seal } from '../../platform/keys.ts';
import { hashToken, newToken } from '../../platform/token.ts';
import type { CompanyRecord } from '../companies/index.ts';
import { discardMails, normaliseEmail, queueMail, wordMail } from '../mail/index.ts';
import type { Passwords } from './passwords.ts';
import {
  deleteInvitation,
  findAccount,
  findInvitation,
  insertAccount,
  listInvitations,
  listMembers,
  listMembersForUpdate,
  type Member,
  saveInvitation,
  saveRoles,
} from './staff.store.ts';

const INVITED_FOR_MS = 7 * DAY_MS;
const SEALED_FOR = 'staff.invitation.email';

type StaffDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'config'>;

/** Somebody who is invited and has not come yet. */
export interface Invited {
  readonly email: string;
  readonly roles: readonly Role[];
  readonly until: number;
}

/** The staff of a company, and who is invited. */
export async function readStaff(
  deps: StaffDeps,
  company: string,
): Promise<{ readonly members: readonly Member[]; readonly invited: readonly Invited[] }> {
  const db = deps.database.kysely;
  const members = await listMembers(db, company);
  const rows = await listInvitations(db, company, new Date(deps.clock.now()));
  const key = await companyKey(db, deps, company);
  const invited = rows.map((row) => ({
    email: openText(key, row.email_sealed, SEALED_FOR),
    roles: row.roles,
    until: row.expires_at.getTime(),
  }));
  return { members, invited };
}

/** Invites an address by mail for seven days; an earlier invitation to it no longer holds. */
export async function inviteStaff(
  deps: StaffDeps,
  company: CompanyRecord,
  invitation: { readonly email: string; readonly roles: readonly Role[] },
): Promise<Invited> {
  const email = normaliseEmail(invitation.email);
  const roles = [...new Set(invitation.roles)];
  const now = deps.clock.now();
  const until = now + INVITED_FOR_MS;
  const { token, hash } = newToken();
  const link = `${deps.config.publicUrl}/c/${company.id}/staff/accept?token=${token}`;
  const words = wordMail('invitation', company.locale, { company: company.name, link });
  await deps.database.transaction(async (tx) => {
    const key = await companyKey(tx, deps, company.id);
    await saveInvitation(tx, {
      company: company.id,
      id: newId(now, deps.random),
      token_hash: hash,
      email_hmac: deps.keys.hmac(company.id, 'staff.invitation', email),
      email_sealed: seal(key, email, SEALED_FOR),
      roles,
      created_at: new Date(now),
      expires_at: new Date(until),
    });
    const envelope = { company: company.id, subject: null, to: email, kind: 'invitation' };
    await discardMails(tx, deps, envelope);
    await queueMail(tx, deps, { ...envelope, ...words });
  });
  return { email, roles, until };
}

/** What somebody who was invited chooses. */
export interface Acceptance {
  readonly company: string;
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

/**
 * Uses an invitation up. An address that has an account already keeps its name and password and
 * gets the roles; the link has shown that the address is theirs.
 */
export async function acceptInvitation(
  deps: StaffDeps,
  passwords: Passwords,
  given: Acceptance,
): Promise<Member | 'link-invalid'> {
  const now = new Date(deps.clock.now());
  const which = { company: given.company, tokenHash: hashToken(given.token), now };
  // Hashing costs, so that it is done for an invitation that holds alone, and outside the transaction.
  if ((await findInvitation(deps.database.kysely, which)) === undefined) return 'link-invalid';
  const passwordHash = await passwords.hash(given.password);
  return await deps.database.transaction(async (tx) => {
    const row = await findInvitation(tx, which);
    if (row === undefined || !(await deleteInvitation(tx, row.company, row.id))) {
      return 'link-invalid';
    }
    const key = await companyKey(tx, deps, row.company);
    const email = openText(key, row.email_sealed, SEALED_FOR);
    await discardMails(tx, deps, { company: row.company, to: email, kind: 'invitation' });
    const person = { name: given.name, email, passwordHash };
    return await addMember(tx, deps, { company: row.company, roles: row.roles, person });
  });
}

/** Somebody to add to the staff of a company, by an address that is known to be theirs. */
export interface NewMember {
  readonly company: string;
  readonly roles: readonly Role[];
  readonly person: {
    readonly name: string;
    readonly email: string;
    readonly passwordHash: string;
  };
}

/** Adds a member of staff; an account that exists already keeps its name and password. */
export async function addMember(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  member: NewMember,
): Promise<Member> {
  const now = deps.clock.now();
  const email = normaliseEmail(member.person.email);
  const known = await findAccount(tx, email);
  const account = known ?? { ...member.person, email, id: newId(now, deps.random) };
  if (known === undefined) {
    const { passwordHash } = member.person;
    const credential = newId(now, deps.random);
    await insertAccount(tx, { ...account, passwordHash, credential }, new Date(now));
  }
  const { company, roles } = member;
  await saveRoles(tx, { company, account: account.id, roles }, new Date(now));
  return { id: account.id, name: account.name, email, roles };
}

/** Sets the roles of a member of staff; none removes them. The last owner stays an owner. */
export async function changeRoles(
  deps: Pick<Deps, 'database' | 'clock'>,
  change: { readonly company: string; readonly member: string; readonly roles: readonly Role[] },
): Promise<Member | 'not-found' | 'last-owner'> {
  const { company, member } = change;
  const roles = [...new Set(change.roles)];
  return await deps.database.transaction(async (tx) => {
    const members = await listMembersForUpdate(tx, company);
    const known = members.find((each) => each.id === member);
    if (known === undefined) return 'not-found';
    const owners = members.filter((each) => each.roles.includes('owner'));
    const isLastOwner = owners.length === 1 && owners[0]?.id === member;
    if (isLastOwner && !roles.includes('owner')) return 'last-owner';
    await saveRoles(tx, { company, account: member, roles }, new Date(deps.clock.now()));
    return { ...known, roles };
  });
}
