import { newId } from '@keepsake/kernel';
import type { InteractionBody } from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import {
  decideStatements,
  isGranted,
  loadPerson,
  placeOf,
  type Recording,
  recordInteractions,
  releaseQuestions,
  type Site,
  type Statement,
  type StatementDecision,
} from '../memory/index.ts';
import type { DeskDeps, Encounter } from './desk.service.ts';
import { siteOf } from './guests.rules.ts';

/** What a clerk notes of a guest. */
export interface Note extends Encounter {
  readonly text?: string;
  readonly facts: readonly (Omit<Statement, 'place' | 'occasion'> & {
    readonly hereOnly?: boolean;
    /** The site where alone it holds; goes before `hereOnly`. */
    readonly site?: string;
  })[];
  /** Purposes that the guest agreed to just now. */
  readonly consents: readonly string[];
  readonly occasion?: 'self' | 'gift';
  readonly idempotencyKey: string | null;
}

/** What became of a note. */
export type Noted =
  | { readonly kind: 'noted' }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: 'site-not-found' }
  | Exclude<StatementDecision, { readonly kind: 'accepted' }>;

/** Notes what a guest said, with the consents given: all of it or nothing. */
export async function noteGuest(deps: DeskDeps, note: Note): Promise<Noted> {
  return await deps.database.transaction((tx) => noteIn(tx, deps, note));
}

async function noteIn(tx: Tx, deps: DeskDeps, note: Note): Promise<Noted> {
  const { company, guest } = note;
  const record = await findCompany(tx, company);
  const person = await loadPerson(tx, deps, { company, subject: guest });
  if (record === undefined || person === undefined) return { kind: 'guest-not-found' };
  const site = note.site === undefined ? null : siteOf(record, note.site);
  if (site === undefined) return { kind: 'site-not-found' };
  const named = note.facts.flatMap((fact) => fact.site ?? []);
  if (named.some((id) => siteOf(record, id) === undefined)) return { kind: 'site-not-found' };
  const decision = decideStatements({
    statements: note.facts.map((fact) =>
      statementOf(fact, note, siteOf(record, fact.site ?? '') ?? site),
    ),
    consents: note.consents,
    ontology: person.ontology,
    isGranted: (purpose) => isGranted(person, purpose),
    receiptId: () => newId(deps.clock.now(), deps.random),
  });
  if (decision.kind !== 'accepted') return decision;
  await recordInteractions(tx, deps, recordingOf(note, site, decision.bodies));
  const predicates = note.facts.map((fact) => fact.predicate);
  await releaseQuestions(tx, person, predicates);
  return { kind: 'noted' };
}

function recordingOf(note: Note, site: Site | null, bodies: readonly InteractionBody[]): Recording {
  const { company, guest, clerk, idempotencyKey } = note;
  const text = note.text?.trim() ?? '';
  const data = { text, by: clerk.name };
  const written: InteractionBody[] = text === '' ? [] : [{ kind: 'event', name: 'note', data }];
  return {
    ...{ company, subject: guest, channel: 'desk', touchpoint: 'note' },
    actor: { kind: 'staff', id: clerk.id },
    bodies: [...bodies, ...written],
    wasSeen: true,
    ...(site === null ? {} : { site: site.id }),
    ...(idempotencyKey === null ? {} : { idempotencyKey }),
  };
}

function statementOf(fact: Note['facts'][number], note: Note, site: Site | null): Statement {
  const { hereOnly, site: named, ...said } = fact;
  const isScoped = hereOnly === true || named !== undefined;
  return {
    ...said,
    ...(isScoped && site !== null ? { place: placeOf(site) } : {}),
    ...(note.occasion === 'gift' ? { occasion: 'gift' } : {}),
  };
}
