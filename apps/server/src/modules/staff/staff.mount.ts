import { createHash } from 'node:crypto';
import type { Deps } from '../../platform/deps.ts';
import type { App } from '../../platform/http/app.ts';
import { readBody } from '../../platform/http/body.ts';
import { clientAddress } from '../../platform/http/client-address.ts';
import { problemReply } from '../../platform/http/problem.ts';
import { isCrossSite, isRead } from '../../platform/http/same-origin.ts';
import type { RateLimit } from '../../platform/rate-limit.ts';
import { AUTH_PATH, type StaffAuth } from './staff.auth.ts';

const BODY_MAX = 10_000;

/** Limits on signing in and on asking for a new password. */
export interface StaffLimits {
  /** Counted by network address. */
  readonly byAddress: RateLimit;
  /** Counted by account, so that many addresses do not make more guesses. */
  readonly byAccount: RateLimit;
}

/** Mounts better-auth's routes, behind our own limits and the check of who sends the browser. */
export function mountStaffAuth(
  app: App,
  deps: Pick<Deps, 'config'>,
  parts: { readonly auth: StaffAuth; readonly limits: StaffLimits },
): void {
  app.all(`${AUTH_PATH}/*`, async (context) => {
    const requestId = context.get('requestId');
    const { raw } = context.req;
    if (isRead(raw.method)) {
      return (await parts.auth.handle(raw)) ?? problemReply('route/not-found', {}, requestId);
    }
    if (isCrossSite(raw, [new URL(deps.config.publicUrl).origin])) {
      return problemReply(
        'session/forbidden',
        { detail: 'Another site asked for this.' },
        requestId,
      );
    }
    const body = await readBody(raw, BODY_MAX);
    if (body.kind === 'too-large') return problemReply('request/too-large', {}, requestId);
    if (body.kind === 'not-json') {
      return problemReply('request/malformed', { detail: body.detail }, requestId);
    }
    const address = clientAddress(context, deps.config.isBehindProxy);
    const account = accountOf(body.bytes);
    const waitSeconds = await takeAll(parts.limits, address, account);
    if (waitSeconds > 0) {
      const headers = { 'retry-after': String(waitSeconds) };
      return problemReply('request/too-many', {}, requestId, headers);
    }
    const { url, method, headers } = raw;
    const request = new Request(url, { method, headers, body: body.bytes });
    const reply = await parts.auth.handle(request);
    if (reply?.ok && account !== undefined && url.endsWith('/sign-in/email')) {
      await parts.limits.byAccount.forget(account);
    }
    return reply ?? problemReply('route/not-found', {}, requestId);
  });
}

async function takeAll(
  limits: StaffLimits,
  address: string,
  account: string | undefined,
): Promise<number> {
  const answers = [
    await limits.byAddress.take(address),
    ...(account === undefined ? [] : [await limits.byAccount.take(account)]),
  ];
  return Math.max(...answers.map((each) => (each.kind === 'refused' ? each.retryAfterSeconds : 0)));
}

/** A hash of the account that a request names, if it names one. */
function accountOf(bytes: Uint8Array): string | undefined {
  try {
    const { email } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { email?: unknown };
    if (typeof email !== 'string') return undefined;
    return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
  } catch {
    return undefined;
  }
}
