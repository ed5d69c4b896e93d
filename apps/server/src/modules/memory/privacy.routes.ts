import { instantToText, parseInstant } from '@keepsake/kernel';
import type { Deps } from '../../platform/deps.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { erasePurpose } from './erase-purpose.service.ts';
import { readAccount, readAsOf } from './privacy.service.ts';
import type { Reader } from './recall.service.ts';

type AccountDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'>;

/** What other modules do after something was forgotten, such as making open orders follow it. */
type AfterChange = (company: string, subject: string) => Promise<void>;

/** What a privacy officer reads and erases: the only endpoints that tell what is withheld. */
export const accountRoutes = (deps: AccountDeps, changed: AfterChange) => ({
  account: api.privacy.account.handler(async ({ input, context }) => {
    const account = await readAccount(deps.database.kysely, deps, {
      company: input.company,
      subject: input.guest,
      reader: officerOf(context),
      locale: localeOf(context),
    });
    if (account === undefined) throw problem('guest/not-found');
    return account;
  }),

  asOf: api.privacy.asOf.handler(async ({ input, context }) => {
    const { company, guest, site, purpose } = input;
    const answer = await readAsOf(deps.database.kysely, deps, {
      ...{ company, subject: guest, purpose, reader: officerOf(context) },
      ...(site === undefined ? {} : { site }),
      ...times(input),
    });
    switch (answer.kind) {
      case 'known':
        return {
          validAt: instantToText(answer.validAt),
          knownAt: instantToText(answer.knownAt),
          known: [...answer.known],
          withheld: [...answer.withheld],
        };
      case 'subject-not-found':
        throw problem('guest/not-found');
      case 'site-not-found':
        throw problem('site/not-found');
      case 'purpose-not-found':
        throw problem('memory/purpose-not-found');
    }
  }),

  erasePurpose: api.privacy.erasePurpose.handler(async ({ input, context }) => {
    const { company, guest, purpose } = input;
    const { idempotencyKey } = context;
    const officer = officerOf(context);
    const erased = await erasePurpose(deps, {
      ...{ company, subject: guest, purpose, officer, idempotencyKey },
    });
    switch (erased.kind) {
      case 'erased':
        await changed(company, guest);
        return { erasedAt: instantToText(erased.at), facts: erased.facts, lines: erased.lines };
      case 'subject-not-found':
        throw problem('guest/not-found');
      case 'purpose-not-found':
        throw problem('memory/purpose-not-found');
    }
  }),
});

function officerOf(context: RequestContext): Reader {
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return { kind: 'staff', id: staff.id, name: staff.name };
}

interface Times {
  readonly validAt?: number;
  readonly knownAt?: number;
}

function times(input: {
  readonly validAt?: string | undefined;
  readonly knownAt?: string | undefined;
}): Times {
  const validAt = input.validAt === undefined ? undefined : parseInstant(input.validAt);
  const knownAt = input.knownAt === undefined ? undefined : parseInstant(input.knownAt);
  return {
    ...(validAt === undefined ? {} : { validAt }),
    ...(knownAt === undefined ? {} : { knownAt }),
  };
}

function localeOf(context: RequestContext): 'en' | 'de' {
  return /^\s*de\b/i.test(context.headers.get('accept-language') ?? '') ? 'de' : 'en';
}
