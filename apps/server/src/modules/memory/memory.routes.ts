import { isAskable } from '@keepsake/memory';
import type { Deps } from '../../platform/deps.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { askMemory } from './ask.service.ts';
import { type Erased, type Eraser, eraseSubject, type OpenOrders } from './erase.service.ts';
import { type Exporter, exportMemory } from './export.service.ts';
import {
  type Changed,
  correctFact,
  forgetFact,
  type MyMemory,
  readMine,
  setConsent,
  stateFact,
} from './mine.service.ts';
import { getOntology } from './ontology.service.ts';
import type { Reader } from './recall.service.ts';

/** What other modules lend to memory, so that it need not know them. */
export interface MemoryCollaborators {
  readonly erasers: readonly Eraser[];
  readonly openOrders: OpenOrders;
  readonly exporters: readonly Exporter[];
  /** Called after every change that customers make, so that open orders follow it. */
  readonly changed: (company: string, subject: string) => Promise<void>;
  /** As `changed`, of all whom another system has told of at once. */
  readonly changedMany: (company: string, subjects: readonly string[]) => Promise<void>;
}

type MemoryRouteDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics' | 'log'>;

/** What the customer types to erase everything, by language. */
const CONFIRMATIONS: Readonly<Record<'en' | 'de', string>> = {
  en: 'erase everything',
  de: 'alles löschen',
};

/** The endpoints of memory. */
export const memoryRoutes = (deps: MemoryRouteDeps, collaborators: MemoryCollaborators) => ({
  ontology: api.memory.ontology.handler(async ({ input }) => {
    const { kysely } = deps.database;
    if ((await findCompany(kysely, input.company)) === undefined)
      throw problem('company/not-found');
    const { purposes, predicates } = await getOntology(kysely, input.company);
    return {
      purposes: purposes.map(({ id, label, description, needs }) => ({
        ...{ id, label, description, needs },
      })),
      predicates: predicates.filter(isAskable).map((one) => ({
        name: one.name,
        label: one.label,
        question: one.question,
        kind: one.kind,
        values: one.values.map(({ id, label, synonyms }) => ({
          id,
          label,
          synonyms: [...synonyms],
        })),
        unit: one.unit,
        sensitivity: one.sensitivity,
        purpose: one.purpose,
        category: one.category,
      })),
    };
  }),

  ask: api.memory.ask.handler(async ({ input, context }) => {
    const { guest, site, occasion, limit, ...rest } = input;
    const who = asker(context, guest);
    const asked = await askMemory(deps.database.kysely, deps, {
      ...rest,
      ...who,
      ...(site === undefined ? {} : { site }),
      ...(occasion === undefined ? {} : { occasion }),
      ...(limit === undefined ? {} : { limit }),
    });
    switch (asked.kind) {
      case 'answered':
        return { answers: [...asked.answers] };
      case 'unknown-predicate':
        throw problem('memory/unknown-predicate', { attribute: asked.predicate });
      case 'purpose-not-found':
        throw problem('memory/purpose-not-found');
      case 'site-not-found':
        throw problem('site/not-found');
      case 'subject-not-found':
        throw problem('guest/not-found');
    }
  }),

  mine: api.memory.mine.handler(({ input, context }) => mine(deps, input.company, context)),

  ...changeRoutes(deps, collaborators),

  export: api.memory.export.handler(async ({ input, context }) => {
    const document = await exportMemory(deps.database.kysely, deps, {
      ...me(input.company, context),
      locale: localeOf(context),
      exporters: collaborators.exporters,
    });
    if (document === undefined) throw problem('session/required');
    return document;
  }),

  erase: api.memory.erase.handler(async ({ input, context }) => {
    confirm(input.confirm, context);
    const erased = await eraseSubject(deps, { ...me(input.company, context), ...collaborators });
    return erasedOr(erased, 'session/required');
  }),
});

/** What a privacy officer does for guests who ask by letter or in person. */
export const privacyRoutes = (deps: MemoryRouteDeps, collaborators: MemoryCollaborators) => ({
  export: api.desk.export.handler(async ({ input, context }) => {
    const who = { company: input.company, subject: input.guest };
    const { exporters } = collaborators;
    const request = { ...who, locale: localeOf(context), exporters };
    const document = await exportMemory(deps.database.kysely, deps, request);
    if (document === undefined) throw problem('guest/not-found');
    return document;
  }),

  erase: api.desk.erase.handler(async ({ input, context }) => {
    confirm(input.confirm, context);
    const who = { company: input.company, subject: input.guest };
    return erasedOr(await eraseSubject(deps, { ...who, ...collaborators }), 'guest/not-found');
  }),
});

/** Erasing cannot be taken back: it wants the words typed. */
function confirm(words: string, context: RequestContext): void {
  const typed = words.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  if (Object.values(CONFIRMATIONS).includes(typed)) return;
  throw problem('memory/erase-unconfirmed', { confirm: CONFIRMATIONS[localeOf(context)] });
}

function erasedOr(erased: Erased, otherwise: 'session/required' | 'guest/not-found') {
  switch (erased.kind) {
    case 'erased':
      return { erasedAt: new Date(erased.at).toISOString(), rows: erased.rows };
    case 'orders-open':
      throw problem('memory/orders-open', { orders: [...erased.orders] });
    case 'subject-not-found':
      throw problem(otherwise);
  }
}

/** What customers change of the memory of themselves; each answers with all of it. */
const changeRoutes = (
  deps: MemoryRouteDeps,
  { changed }: Pick<MemoryCollaborators, 'changed'>,
) => ({
  state: api.memory.state.handler(async ({ input, context }) => {
    const { company, predicate, value, polarity } = input;
    const statement = { predicate, value, ...(polarity === undefined ? {} : { polarity }) };
    settle(await stateFact(deps, { ...change(company, context), statement }));
    await changed(company, me(company, context).subject);
    return await mine(deps, company, context);
  }),

  correct: api.memory.correct.handler(async ({ input, context }) => {
    const { company, ...rest } = input;
    settle(await correctFact(deps, { ...change(company, context), ...rest }));
    await changed(company, me(company, context).subject);
    return await mine(deps, company, context);
  }),

  forget: api.memory.forget.handler(async ({ input, context }) => {
    settle(await forgetFact(deps, { ...change(input.company, context), fact: input.fact }));
    await changed(input.company, me(input.company, context).subject);
    return await mine(deps, input.company, context);
  }),

  consent: api.memory.consent.handler(async ({ input, context }) => {
    const { company, purpose, granted } = input;
    settle(await setConsent(deps, { ...change(company, context), purpose, granted }));
    await changed(company, me(company, context).subject);
    return await mine(deps, company, context);
  }),
});

function me(company: string, context: RequestContext) {
  const { customer } = context.actor;
  if (customer === null) throw problem('session/required');
  return { company, subject: customer.subject };
}

function change(company: string, context: RequestContext) {
  return { ...me(company, context), idempotencyKey: context.idempotencyKey };
}

/** Staff ask about a guest; a customer asks about themselves, whatever the request names. */
function asker(context: RequestContext, guest: string | undefined) {
  const { staff, customer } = context.actor;
  if (staff !== null && guest !== undefined) {
    const reader: Reader = { kind: 'staff', id: staff.id, name: staff.name };
    return { subject: guest, channel: 'desk', reader };
  }
  if (customer === null) throw problem('guest/not-found');
  if (guest !== undefined && guest !== customer.subject) throw problem('guest/not-found');
  const reader: Reader = { kind: 'customer' };
  return { subject: customer.subject, channel: 'web', reader };
}

async function mine(
  deps: MemoryRouteDeps,
  company: string,
  context: RequestContext,
): Promise<MyMemory> {
  const who = me(company, context);
  const found = await readMine(deps.database.kysely, deps, who, localeOf(context));
  if (found === undefined) throw problem('session/required');
  return found;
}

function settle(changed: Changed): void {
  switch (changed.kind) {
    case 'changed':
      return;
    case 'subject-not-found':
      throw problem('session/required');
    case 'fact-not-found':
      throw problem('memory/fact-not-found');
    case 'purpose-not-found':
    case 'unknown-purpose':
      throw problem('memory/purpose-not-found');
    case 'unknown-predicate':
      throw problem('memory/unknown-predicate', { attribute: changed.predicate });
    case 'value-refused':
      throw problem('memory/value-refused', { attribute: changed.predicate });
    case 'consent-required':
      throw problem('memory/consent-required', { purposes: [...changed.purposes] });
  }
}

function localeOf(context: RequestContext): 'en' | 'de' {
  return /^\s*de\b/i.test(context.headers.get('accept-language') ?? '') ? 'de' : 'en';
}
