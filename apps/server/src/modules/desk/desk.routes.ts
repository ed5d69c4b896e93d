import type { Deps } from '../../platform/deps.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import {
  type Clerk,
  type DeskCollaborators,
  type DeskDeps,
  declineForGuest,
  type Encounter,
  type GuestCard,
  greetGuest,
  listGuestArrivals,
  readCard,
  searchGuests,
} from './desk.service.ts';
import { type Noted, noteGuest } from './note.service.ts';
import { createProposeFacts } from './proposals.service.ts';

/** How many days of arrivals are shown unless more are asked for. */
const ARRIVAL_DAYS_DEFAULT = 2;

/** The endpoints of the desk. */
export const deskRoutes = (
  deps: DeskDeps & Pick<Deps, 'config' | 'log'>,
  collaborators: DeskCollaborators,
) => {
  const proposeFacts = createProposeFacts(deps);
  const card = (encounter: Encounter, context: RequestContext) =>
    cardOf(deps, collaborators, { ...encounter, locale: localeOf(context) });
  return {
    search: api.desk.search.handler(async ({ input }) => ({
      items: [...(await searchGuests(deps, input.company, input.q))],
    })),

    greet: api.desk.greet.handler(async ({ input, context }) => {
      const { email, loyalty, ...rest } = input;
      const greeted = await greetGuest(deps, {
        ...rest,
        ...(email === undefined ? {} : { email }),
        ...(loyalty === undefined ? {} : { loyalty }),
        clerk: clerkOf(context),
      });
      if (greeted.kind === 'identifier-taken') throw problem('guest/identifier-taken');
      return greeted.guest;
    }),

    card: api.desk.card.handler(({ input, context }) => card(encounterOf(input, context), context)),

    propose: api.desk.propose.handler(async ({ input }) => {
      const { company, text, relevant } = input;
      const given = relevant === undefined ? {} : { relevant };
      const proposed = await proposeFacts({ company, text, ...given });
      if (proposed === undefined) throw problem('company/not-found');
      return proposed;
    }),

    note: api.desk.note.handler(async ({ input, context }) => {
      const encounter = encounterOf(input, context);
      const { text, occasion } = input;
      const noted = await noteGuest(deps, {
        ...encounter,
        ...(text === undefined ? {} : { text }),
        ...(occasion === undefined ? {} : { occasion }),
        facts: input.facts.map(withoutAbsent),
        consents: input.consents ?? [],
        idempotencyKey: context.idempotencyKey,
      });
      settle(noted);
      await collaborators.changed(input.company, input.guest);
      return await card(encounter, context);
    }),

    decline: api.desk.decline.handler(async ({ input, context }) => {
      const encounter = encounterOf(input, context);
      const { predicate } = input;
      const { idempotencyKey } = context;
      const declined = await declineForGuest(deps, { ...encounter, predicate, idempotencyKey });
      if (declined === 'guest-not-found') throw problem('guest/not-found');
      if (declined === 'unknown-predicate') {
        throw problem('memory/unknown-predicate', { attribute: predicate });
      }
      return await card(encounter, context);
    }),

    arrivals: api.desk.arrivals.handler(async ({ input }) => {
      const { company, site, from = null, days = ARRIVAL_DAYS_DEFAULT } = input;
      const stay = { company, site, from, days };
      const items = await listGuestArrivals(deps, collaborators, stay);
      if (items === undefined) throw problem('site/not-found');
      return { items: [...items] };
    }),
  };
};

async function cardOf(
  deps: DeskDeps,
  collaborators: DeskCollaborators,
  encounter: Encounter & { readonly locale: string },
): Promise<GuestCard> {
  const answer = await readCard(deps, collaborators, encounter);
  if (answer.kind === 'site-not-found') throw problem('site/not-found');
  if (answer.kind === 'guest-not-found') throw problem('guest/not-found');
  return answer.card;
}

function clerkOf(context: RequestContext): Clerk {
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return { id: staff.id, name: staff.name };
}

function encounterOf(
  input: { readonly company: string; readonly guest: string; readonly site?: string | undefined },
  context: RequestContext,
): Encounter {
  const { company, guest, site } = input;
  const clerk = clerkOf(context);
  return { company, guest, clerk, ...(site === undefined ? {} : { site }) };
}

/** Fields that were not sent, as opposed to sent empty. */
function withoutAbsent<T extends object>(sent: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(sent).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function settle(noted: Noted): void {
  switch (noted.kind) {
    case 'noted':
      return;
    case 'guest-not-found':
      throw problem('guest/not-found');
    case 'site-not-found':
      throw problem('site/not-found');
    case 'unknown-predicate':
      throw problem('memory/unknown-predicate', { attribute: noted.predicate });
    case 'value-refused':
      throw problem('memory/value-refused', { attribute: noted.predicate });
    case 'unknown-purpose':
      throw problem('request/invalid', {
        issues: [{ path: 'consents', message: `there is no purpose ${noted.purpose}` }],
      });
    case 'consent-required':
      throw problem('memory/consent-required', { purposes: [...noted.purposes] });
  }
}

function localeOf(context: RequestContext): string {
  return /^\s*de\b/i.test(context.headers.get('accept-language') ?? '') ? 'de' : 'en';
}
