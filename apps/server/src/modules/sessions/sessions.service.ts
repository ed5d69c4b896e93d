import { DAY_MS, MINUTE_MS } from '@keepsake/kernel';
import { companyKey } from '../../platform/company-key.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, seal } from '../../platform/keys.ts';
import { hashToken, newToken } from '../../platform/token.ts';
import type { CompanyRecord } from '../companies/index.ts';
import { discardMails, normaliseEmail, queueMail, wordMail } from '../mail/index.ts';
import { ensureCustomer, findSubjectByIdentifier } from '../memory/index.ts';
import { readSessionCookie, sessionCookie } from './session-cookie.ts';
import {
  deleteLinksOf,
  deleteSession,
  extendSession,
  findSession,
  insertLink,
  insertSession,
  takeLink,
} from './sessions.store.ts';

const LINK_MS = 15 * MINUTE_MS;
const SESSION_MS = 30 * DAY_MS;
/** A session is moved on at most once a day: a write for each request would be waste. */
const MOVED_ON_AFTER_MS = DAY_MS;
const SEALED_FOR = 'session.link.email';
const MAIL_KIND = 'sign-in';

type SessionDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'config'>;

/** The look-up value of an address, for links and for limits. */
export function emailHmac(deps: Pick<Deps, 'keys'>, company: string, email: string): string {
  return deps.keys.hmac(company, 'session.email', normaliseEmail(email));
}

/**
 * Mails a sign-in link that works once, for 15 minutes, at this company. The same is done whether
 * the address is known or not, so that nothing can be learned by asking.
 */
export async function requestLink(
  deps: SessionDeps,
  company: CompanyRecord,
  asked: { readonly email: string; readonly returnTo: string | null; readonly locale: string },
): Promise<void> {
  const email = normaliseEmail(asked.email);
  const now = deps.clock.now();
  const { token, hash } = newToken();
  const link = `${deps.config.publicUrl}/c/${company.id}/sign-in/link?token=${token}`;
  const words = wordMail(MAIL_KIND, asked.locale, { company: company.name, link });
  await deps.database.transaction(async (tx) => {
    const identifier = { company: company.id, kind: 'email', value: email } as const;
    const subject = (await findSubjectByIdentifier(tx, deps, identifier)) ?? null;
    const key = await companyKey(tx, deps, company.id);
    await insertLink(tx, {
      company: company.id,
      token_hash: hash,
      subject,
      email_hmac: emailHmac(deps, company.id, email),
      email_sealed: seal(key, email, SEALED_FOR),
      return_to: asked.returnTo,
      created_at: new Date(now),
      expires_at: new Date(now + LINK_MS),
    });
    const envelope = { company: company.id, subject, to: email, kind: MAIL_KIND };
    await queueMail(tx, deps, { ...envelope, ...words });
  });
}

/** A customer who has just signed in. */
export interface SignedIn {
  readonly subject: string;
  readonly returnTo: string | null;
  /** The `Set-Cookie` value that keeps them signed in. */
  readonly cookie: string;
}

/** Uses a link up: finds or makes the customer of its address, and opens a session of 30 days. */
export async function redeemLink(
  deps: SessionDeps,
  company: string,
  token: string,
): Promise<SignedIn | 'link-invalid'> {
  const now = deps.clock.now();
  const session = newToken();
  return await deps.database.transaction(async (tx) => {
    const which = { company, tokenHash: hashToken(token), now: new Date(now) };
    const link = await takeLink(tx, which);
    if (link === undefined) return 'link-invalid';
    const key = await companyKey(tx, deps, company);
    const email = openText(key, link.email_sealed, SEALED_FOR);
    const subject = await ensureCustomer(tx, deps, { company, email });
    await deleteLinksOf(tx, company, link.email_hmac);
    await discardMails(tx, deps, { company, to: email, kind: MAIL_KIND });
    await insertSession(tx, {
      company,
      token_hash: session.hash,
      subject,
      created_at: new Date(now),
      expires_at: new Date(now + SESSION_MS),
    });
    return { subject, returnTo: link.return_to, cookie: cookieFor(deps, company, session.token) };
  });
}

function cookieFor(deps: Pick<Deps, 'config'>, company: string, token: string): string {
  const isHttps = deps.config.publicUrl.startsWith('https:');
  return sessionCookie(company, token, { maxAgeSeconds: SESSION_MS / 1000, isHttps });
}

/** Who the session cookie of a request belongs to, and the cookie anew where its end has moved. */
export async function findCustomer(
  deps: Pick<Deps, 'database' | 'clock' | 'config'>,
  company: string,
  headers: Headers,
): Promise<{ readonly subject: string; readonly cookies: readonly string[] } | undefined> {
  const token = readSessionCookie(headers);
  if (token === undefined) return undefined;
  const now = deps.clock.now();
  const db = deps.database.kysely;
  const which = { company, tokenHash: hashToken(token), now: new Date(now) };
  const row = await findSession(db, which);
  if (row === undefined) return undefined;
  const { subject } = row;
  const ends = now + SESSION_MS;
  if (ends - row.expires_at.getTime() < MOVED_ON_AFTER_MS) return { subject, cookies: [] };
  await extendSession(db, row, new Date(ends));
  return { subject, cookies: [cookieFor(deps, company, token)] };
}

/** Ends the session of a request, if it has one; answers the cookie that takes the token away. */
export async function signOut(
  deps: Pick<Deps, 'database' | 'config'>,
  company: string,
  headers: Headers,
): Promise<string> {
  const token = readSessionCookie(headers);
  if (token !== undefined) {
    await deleteSession(deps.database.kysely, company, hashToken(token));
  }
  const isHttps = deps.config.publicUrl.startsWith('https:');
  return sessionCookie(company, '', { maxAgeSeconds: 0, isHttps });
}
