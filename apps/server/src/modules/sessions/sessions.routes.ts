import type { Session } from '@keepsake/contract';
import type { Deps } from '../../platform/deps.ts';
import type { Actor } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import type { RateLimit } from '../../platform/rate-limit.ts';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import { readMailbox } from '../mail/index.ts';
import { readProfile } from '../memory/index.ts';
import { emailHmac, redeemLink, requestLink, signOut } from './sessions.service.ts';

/** Limits on asking for links and on trying tokens. */
export interface SignInLimits {
  /** Counted by network address. */
  readonly byAddress: RateLimit;
  /** Counted by e-mail address, of which only a keyed hash is seen. */
  readonly byEmail: RateLimit;
}

/** The endpoints of customers' sessions, and the development mailbox. */
export const sessionsRoutes = (deps: Deps, limits: SignInLimits) => ({
  get: api.session.get.handler(async ({ input, context }) => {
    const company = await getCompany(deps, input.company);
    return await readSession(deps, company.id, context.actor);
  }),
  requestLink: api.session.requestLink.handler(async ({ input, context }) => {
    const company = await getCompany(deps, input.company);
    const { replyHeaders } = context;
    await takeOrRefuse(limits.byAddress, context.address, replyHeaders);
    const hmac = emailHmac(deps, company.id, input.email);
    await takeOrRefuse(limits.byEmail, `${company.id} ${hmac}`, replyHeaders);
    await requestLink(deps, company, {
      email: input.email,
      returnTo: input.returnTo ?? null,
      locale: preferredLocale(context.headers, company.locale),
    });
    return { sent: true as const };
  }),
  redeem: api.session.redeem.handler(async ({ input, context }) => {
    const company = await getCompany(deps, input.company);
    await takeOrRefuse(limits.byAddress, context.address, context.replyHeaders);
    const signedIn = await redeemLink(deps, company.id, input.token);
    if (signedIn === 'link-invalid') throw problem('session/link-invalid');
    context.replyHeaders.append('set-cookie', signedIn.cookie);
    const { subject, returnTo } = signedIn;
    const actor: Actor = { ...context.actor, customer: { company: company.id, subject } };
    return { session: await readSession(deps, company.id, actor), returnTo };
  }),
  signOut: api.session.signOut.handler(async ({ input, context }) => {
    const company = await getCompany(deps, input.company);
    const cookie = await signOut(deps, company.id, context.headers);
    context.replyHeaders.append('set-cookie', cookie);
    return { signedOut: true as const };
  }),
  mailbox: api.session.mailbox.handler(async ({ input }) => {
    if (deps.config.smtpUrl !== undefined) throw problem('route/not-found');
    return { items: [...(await readMailbox(deps, input.to))] };
  }),
});

async function getCompany(deps: Deps, id: string): Promise<CompanyRecord> {
  const company = await findCompany(deps.database.kysely, id);
  if (company === undefined) throw problem('company/not-found');
  return company;
}

async function takeOrRefuse(limit: RateLimit, key: string, headers: Headers): Promise<void> {
  const rate = await limit.take(key);
  if (rate.kind === 'allowed') return;
  headers.set('retry-after', String(rate.retryAfterSeconds));
  throw problem('request/too-many');
}

/** English or German, whichever the browser asks for first; otherwise the company's own. */
function preferredLocale(headers: Headers, otherwise: string): string {
  return /\b(en|de)\b/i.exec(headers.get('accept-language') ?? '')?.[1]?.toLowerCase() ?? otherwise;
}

async function readSession(deps: Deps, company: string, actor: Actor): Promise<Session> {
  const { customer, staff } = actor;
  const profile =
    customer === null
      ? undefined
      : await readProfile(deps.database.kysely, deps, company, customer.subject);
  return {
    customer:
      customer === null || profile === undefined
        ? null
        : { guest: customer.subject, name: profile.name, email: profile.email ?? '' },
    staff:
      staff === null
        ? null
        : { id: staff.id, name: staff.name, email: staff.email, roles: [...staff.roles] },
    mailbox: deps.config.smtpUrl === undefined,
  };
}
