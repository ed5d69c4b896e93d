/**
 * Sign-in of staff by better-auth, on tables of our own names. What it offers beyond a handful of
 * routes is switched off: there is no sign-up, accounts come from invitations alone.
 */
import { newId } from '@keepsake/kernel';
import { betterAuth } from 'better-auth';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import { queueMail, wordMail } from '../mail/index.ts';
import type { Passwords } from './passwords.ts';
import { findSomeCompany } from './staff.store.ts';

/** Where better-auth's routes are. */
export const AUTH_PATH = '/auth';
const SESSION_SECONDS = 7 * 24 * 3600;
/** For so long a session is believed from its signed cookie; roles are read anew each time. */
const CACHE_SECONDS = 60;

/** Routes that are open; everything else of better-auth answers as if it were not there. */
const ROUTES: ReadonlySet<string> = new Set([
  'POST /auth/sign-in/email',
  'POST /auth/sign-out',
  'GET /auth/get-session',
  'POST /auth/request-password-reset',
  'POST /auth/reset-password',
  'POST /auth/change-password',
]);

/** Who signed in, before it is known what they may do. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The sign-in of staff. */
export interface StaffAuth {
  /** Answers better-auth's own routes; undefined where none is open at that address. */
  handle(request: Request): Promise<Response | undefined>;
  /** Who the cookies of a request belong to, and cookies to send back. */
  whoIs(headers: Headers): Promise<{ account: Account | null; cookies: readonly string[] }>;
}

const SESSION_COOKIE = 'keepsake-staff.session_token';

/** Makes the sign-in of staff. */
export function createStaffAuth(deps: Deps, passwords: Passwords): StaffAuth {
  const auth = betterAuth(authOptions(deps, passwords));
  return {
    handle: async (request) => {
      const { pathname } = new URL(request.url);
      return ROUTES.has(`${request.method} ${pathname}`) ? await auth.handler(request) : undefined;
    },
    whoIs: async (headers) => {
      if (!headers.get('cookie')?.includes(SESSION_COOKIE)) return { account: null, cookies: [] };
      const found = await auth.api.getSession({ headers, returnHeaders: true });
      const user = found.response?.user;
      return {
        account: user === undefined ? null : { id: user.id, name: user.name, email: user.email },
        cookies: found.headers.getSetCookie(),
      };
    },
  };
}

function authOptions(deps: Deps, passwords: Passwords) {
  const isHttps = deps.config.publicUrl.startsWith('https:');
  return {
    appName: 'Keepsake',
    baseURL: deps.config.publicUrl,
    basePath: AUTH_PATH,
    secret: deps.keys.hmac('', 'staff.secret', '1'),
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Who may send what is checked before a request comes here, by the host it was sent to.
    trustedOrigins: (request?: Request) => {
      const origin = request?.headers.get('origin');
      return origin ? [origin] : [];
    },
    database: { db: deps.database.kysely, type: 'postgres' as const, transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      password: { hash: passwords.hash, verify: passwords.verify },
      sendResetPassword: async (data: { user: Account; token: string }) => {
        await sendReset(deps, data.user, data.token);
      },
    },
    session: {
      ...SESSION_TABLE,
      expiresIn: SESSION_SECONDS,
      cookieCache: { enabled: true, maxAge: CACHE_SECONDS },
    },
    user: USER_TABLE,
    account: ACCOUNT_TABLE,
    verification: { ...VERIFICATION_TABLE, storeIdentifier: 'hashed' as const },
    // Requests are counted before they come here.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'keepsake-staff',
      useSecureCookies: isHttps,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: { disableIpTracking: true },
      database: {
        generateId: () => newId(deps.clock.now(), deps.random),
        validateSchema: false,
      },
    },
    databaseHooks: {
      session: {
        create: {
          // Where staff sign in from is not kept.
          before: async <T extends object>(session: T) => ({
            data: { ...session, ipAddress: null, userAgent: null },
          }),
        },
      },
    },
  };
}

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' };

const USER_TABLE = {
  modelName: 'staff_accounts',
  fields: { emailVerified: 'email_verified', ...TIMES },
};

const SESSION_TABLE = {
  modelName: 'staff_sessions',
  fields: {
    userId: 'account_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    ...TIMES,
  },
};

const ACCOUNT_TABLE = {
  modelName: 'staff_credentials',
  fields: {
    userId: 'account_id',
    providerId: 'provider_id',
    accountId: 'provider_account_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    ...TIMES,
  },
};

const VERIFICATION_TABLE = {
  modelName: 'staff_verifications',
  fields: { expiresAt: 'expires_at', ...TIMES },
};

/** An account that works nowhere gets no mail: there is nothing for it to sign in to. */
async function sendReset(deps: Deps, account: Account, token: string): Promise<void> {
  const id = await findSomeCompany(deps.database.kysely, account.id);
  const company = id === undefined ? undefined : await findCompany(deps.database.kysely, id);
  if (company === undefined) return;
  const link = `${deps.config.publicUrl}/staff/reset?token=${encodeURIComponent(token)}`;
  const words = wordMail('password-reset', company.locale, { link });
  await deps.database.transaction((tx) =>
    queueMail(tx, deps, {
      ...{ company: company.id, subject: null, to: account.email, kind: 'password-reset' },
      ...words,
    }),
  );
}
