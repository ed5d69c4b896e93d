import type { Role } from '@keepsake/contract';
import type { ColumnType, Selectable } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

type Json<T> = ColumnType<T, string, string>;

interface StaffAccountsTable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly image: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface StaffCredentialsTable {
  readonly id: string;
  readonly account_id: string;
  readonly provider_id: string;
  readonly provider_account_id: string;
  readonly password: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface StaffSessionsTable {
  readonly id: string;
  readonly expires_at: Date;
}

interface StaffVerificationsTable {
  readonly id: string;
  readonly expires_at: Date;
}

interface StaffRolesTable {
  readonly company: string;
  readonly account_id: string;
  readonly roles: Json<readonly Role[]>;
  readonly created_at: Date;
}

interface StaffInvitationsTable {
  readonly company: string;
  readonly id: string;
  readonly token_hash: string;
  readonly email_hmac: string;
  readonly email_sealed: Uint8Array;
  readonly roles: Json<readonly Role[]>;
  readonly created_at: Date;
  readonly expires_at: Date;
}

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly staff_accounts: StaffAccountsTable;
    readonly staff_credentials: StaffCredentialsTable;
    readonly staff_sessions: StaffSessionsTable;
    readonly staff_verifications: StaffVerificationsTable;
    readonly staff_roles: StaffRolesTable;
    readonly staff_invitations: StaffInvitationsTable;
  }
}

/** Somebody who works at a company. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** An invitation as it is stored. */
export type InvitationRow = Selectable<StaffInvitationsTable>;

/** The roles that an account holds at a company; none where it holds no row. */
export async function findRoles(
  db: Db,
  company: string,
  account: string,
): Promise<readonly Role[]> {
  const row = await db
    .selectFrom('staff_roles')
    .select('roles')
    .where('company', '=', company)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return row?.roles ?? [];
}

/** Everybody who works at a company, by name. */
export async function listMembers(db: Db, company: string): Promise<readonly Member[]> {
  return await db
    .selectFrom('staff_roles')
    .innerJoin('staff_accounts', 'staff_accounts.id', 'staff_roles.account_id')
    .select(['staff_accounts.id', 'name', 'email', 'roles'])
    .where('company', '=', company)
    .orderBy('name')
    .orderBy('staff_accounts.id')
    .execute();
}

/** Everybody who works at a company, kept from changing until the transaction ends. */
export async function listMembersForUpdate(tx: Tx, company: string): Promise<readonly Member[]> {
  return await tx
    .selectFrom('staff_roles')
    .innerJoin('staff_accounts', 'staff_accounts.id', 'staff_roles.account_id')
    .select(['staff_accounts.id', 'name', 'email', 'roles'])
    .where('company', '=', company)
    .orderBy('staff_accounts.id')
    .forUpdate('staff_roles')
    .execute();
}

/** A company where an account works, for the sender of its mails. */
export async function findSomeCompany(db: Db, account: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('staff_roles')
    .select('company')
    .where('account_id', '=', account)
    .orderBy('company')
    .executeTakeFirst();
  return row?.company;
}

/** Gives an account its roles at a company; an empty list takes them all away. */
export async function saveRoles(
  tx: Tx,
  member: { readonly company: string; readonly account: string; readonly roles: readonly Role[] },
  now: Date,
): Promise<void> {
  if (member.roles.length === 0) {
    await tx
      .deleteFrom('staff_roles')
      .where('company', '=', member.company)
      .where('account_id', '=', member.account)
      .execute();
    return;
  }
  const roles = JSON.stringify(member.roles);
  await tx
    .insertInto('staff_roles')
    .values({ company: member.company, account_id: member.account, roles, created_at: now })
    .onConflict((conflict) => conflict.columns(['company', 'account_id']).doUpdateSet({ roles }))
    .execute();
}

/** The account with an e-mail address, which is given in lower case. */
export async function findAccount(
  db: Db,
  email: string,
): Promise<Pick<Member, 'id' | 'name' | 'email'> | undefined> {
  return await db
    .selectFrom('staff_accounts')
    .select(['id', 'name', 'email'])
    .where('email', '=', email)
    .executeTakeFirst();
}

/** A new account with its password, as better-auth reads them. */
export interface NewAccount {
  readonly id: string;
  readonly credential: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

/** Adds an account whose address is known to be its own. */
export async function insertAccount(tx: Tx, account: NewAccount, now: Date): Promise<void> {
  const times = { created_at: now, updated_at: now };
  const { id, name, email } = account;
  await tx
    .insertInto('staff_accounts')
    .values({ id, name, email, email_verified: true, image: null, ...times })
    .execute();
  await tx
    .insertInto('staff_credentials')
    .values({
      id: account.credential,
      account_id: id,
      provider_id: 'credential',
      provider_account_id: id,
      password: account.passwordHash,
      ...times,
    })
    .execute();
}

/** Stores an invitation in place of an earlier one to the same address. */
export async function saveInvitation(
  tx: Tx,
  row: Omit<InvitationRow, 'roles'> & { readonly roles: readonly Role[] },
): Promise<void> {
  await tx
    .deleteFrom('staff_invitations')
    .where('company', '=', row.company)
    .where('email_hmac', '=', row.email_hmac)
    .execute();
  await tx
    .insertInto('staff_invitations')
    .values({ ...row, roles: JSON.stringify(row.roles) })
    .execute();
}

/** Who is invited to a company and has not come yet. */
export async function listInvitations(
  db: Db,
  company: string,
  now: Date,
): Promise<readonly InvitationRow[]> {
  return await db
    .selectFrom('staff_invitations')
    .selectAll()
    .where('company', '=', company)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .execute();
}

/** The invitation of a token, while it holds. */
export async function findInvitation(
  db: Db,
  which: { readonly company: string; readonly tokenHash: string; readonly now: Date },
): Promise<InvitationRow | undefined> {
  return await db
    .selectFrom('staff_invitations')
    .selectAll()
    .where('company', '=', which.company)
    .where('token_hash', '=', which.tokenHash)
    .where('expires_at', '>', which.now)
    .executeTakeFirst();
}

/** Uses an invitation up; answers whether it was still there. */
export async function deleteInvitation(tx: Tx, company: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('staff_invitations')
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Deletes what has run out: sessions, invitations and password resets of every company. */
export async function purgeStaff(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('staff_invitations').where('expires_at', '<', now).execute();
  await db.deleteFrom('staff_sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('staff_verifications').where('expires_at', '<', now).execute();
}
