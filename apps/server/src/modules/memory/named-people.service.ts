/** Finds or makes the people that another system names, without anything being said of them. */
import type { Tx } from '../../platform/database/schema.ts';
import type { SubjectKey } from '../../platform/keys.ts';
import type { Draft, LineHandle } from './bulk.rules.ts';
import { findPeople, lockStanding } from './bulk.service.ts';
import { insertSubjects, type NewHandle, upsertHandles } from './bulk.store.ts';
import type { Standing } from './bulk-decide.service.ts';
import { linkOwners, needsLinks } from './bulk-links.service.ts';
import { type Assigned, handleId } from './bulk-people.rules.ts';
import { insertDue } from './comparisons.store.ts';
import { hashedTokens, lookupOf } from './identity.service.ts';
import { COMPARED_KINDS } from './linkage.rules.ts';
import { lockLinks } from './links.store.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { insertNames, listNameless } from './named-people.store.ts';
import { nameTokens } from './names.rules.ts';
import { sealJson } from './sealing.ts';

/** A handle that a line names a person by. */
export interface NamedHandle {
  /** For example `email`, or `source.shop` for the key of a source, which comes first. */
  readonly kind: string;
  readonly value: string;
  /** A mere claim joins nothing. */
  readonly isProved: boolean;
}

/** A line, and whom it names. */
export interface NamedPerson {
  /** From 1. */
  readonly line: number;
  /** At least one that is proved. */
  readonly handles: readonly NamedHandle[];
  /** Taken where the subject has none. */
  readonly name?: string | undefined;
}

/** Who a line is about. */
export interface EnsuredPerson {
  readonly subject: string;
  readonly key: SubjectKey;
  /** The subject is new, or learned a handle or its name by this. */
  readonly isNews: boolean;
}

/** Who lines are about, by line; the others name somebody who had everything erased. */
export interface EnsuredPeople {
  readonly people: ReadonlyMap<number, EnsuredPerson>;
  readonly erased: readonly number[];
}

/**
 * Finds or makes everybody whom lines name, as the bulk door does: what a line proves counts for those
 * after it, two subjects that prove one thing are linked, and who was erased stays erased. Everybody
 * answered is locked until the transaction ends. May lose a race: inside `inTurns`.
 */
export async function ensurePeople(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  named: readonly NamedPerson[],
): Promise<EnsuredPeople> {
  const draftOf = drafting(deps, company);
  const drafts = named.map(draftOf);
  // People share what they merely claim, such as a telephone: that tells of nobody who is gone.
  const found = await findPeople(tx, deps, { company, drafts, doClaimsRefuse: false });
  // Before the subjects, as everybody does who takes both.
  if (needsLinks(found.assigned)) await lockLinks(tx, company);
  const standing = await lockStanding(tx, deps, company, found);
  await makeSubjects(tx, deps, company, { made: found.made, standing });
  const news = await addHandles(tx, deps, company, { assigned: found.assigned, standing });
  await linkOwners(tx, deps, { company, accepted: found.assigned });
  const subjects = new Map(found.assigned.map((one) => [one.draft.line, one.subject]));
  for (const subject of await addNames(tx, deps, company, { named, subjects, standing })) {
    news.add(subject);
  }
  for (const subject of found.made) news.add(subject);
  const people = new Map<number, EnsuredPerson>();
  for (const { draft, subject } of found.assigned) {
    const { key } = getStanding(standing, subject);
    people.set(draft.line, { subject, key, isNews: news.delete(subject) });
  }
  return { people, erased: found.refusals.map(({ line }) => line) };
}

/** Lines that say nothing; look-up values are worked out once for all that name the same. */
function drafting(deps: MemoryDeps, company: string): (named: NamedPerson) => Draft {
  const known = new Map<string, string>();
  const handleOf = ({ kind, value, isProved }: NamedHandle): LineHandle => {
    const id = `${kind} ${value}`;
    const hmac = known.get(id) ?? lookupOf(deps, { company, kind, value });
    known.set(id, hmac);
    return { kind, value, hmac, isProved };
  };
  const at = deps.clock.now();
  return ({ line, handles }) => ({
    ...{ line, key: '', at, guest: null, handles: handles.map(handleOf) },
    ...{ channel: 'import', touchpoint: 'import', site: null, statements: [], purposes: [] },
  });
}

type StandingOf = ReadonlyMap<string, Standing>;

function getStanding(standing: StandingOf, subject: string): Standing {
  const found = standing.get(subject);
  if (found === undefined) throw new Error('everybody who was found is locked');
  return found;
}

async function makeSubjects(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  { made, standing }: { readonly made: ReadonlySet<string>; readonly standing: StandingOf },
): Promise<void> {
  const fresh = [...made].flatMap((subject) => {
    const { wrapped, at } = getStanding(standing, subject);
    if (wrapped === undefined) return [];
    return [{ subject, wrapped, length: 0, recordedAt: new Date(at) }];
  });
  await insertSubjects(tx, company, fresh, new Date(deps.clock.now()));
}

/** Adds what subjects do not have yet; answers who got something. Whom they may be like is compared. */
async function addHandles(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  about: { readonly assigned: readonly Assigned[]; readonly standing: StandingOf },
): Promise<Set<string>> {
  const handles = new Map<string, NewHandle>();
  for (const { subject, handles: each } of about.assigned) {
    const { key } = getStanding(about.standing, subject);
    for (const handle of each) {
      const id = `${subject} ${handleId(handle)}`;
      const { kind, hmac, isProved } = handle;
      if (handles.has(id) && !isProved) continue;
      const value = sealJson(key, 'identifier.value', handle.value.trim());
      handles.set(id, { subject, kind, hmac, isProved, value });
    }
  }
  const now = new Date(deps.clock.now());
  const changed = await upsertHandles(tx, company, [...handles.values()], now);
  const compared = changed.filter(({ kind }) => COMPARED_KINDS.has(kind));
  await insertDue(tx, company, [...new Set(compared.map(({ subject }) => subject))]);
  return new Set(changed.map(({ subject }) => subject));
}

/** A name that is known here is not changed by what another system calls the person. */
async function addNames(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  about: {
    readonly named: readonly NamedPerson[];
    /** By line. */
    readonly subjects: ReadonlyMap<number, string>;
    readonly standing: StandingOf;
  },
): Promise<readonly string[]> {
  const names = new Map<string, string>();
  for (const { line, name } of about.named) {
    const subject = about.subjects.get(line);
    if (subject !== undefined && name !== undefined && !names.has(subject)) {
      names.set(subject, name.trim());
    }
  }
  const nameless = await listNameless(tx, company, [...names.keys()]);
  const added = [...names].filter(([subject]) => nameless.has(subject));
  await insertNames(
    tx,
    company,
    added.map(([subject, name]) => ({
      subject,
      name: sealJson(getStanding(about.standing, subject).key, 'subject.name', name),
      tokens: hashedTokens(deps, company, nameTokens(name)),
    })),
  );
  const subjects = added.map(([subject]) => subject);
  await insertDue(tx, company, subjects);
  return subjects;
}
