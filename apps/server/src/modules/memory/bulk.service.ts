/** The bulk door: many interactions of many people, each line decided by itself. */
import { createHash } from 'node:crypto';
import type { LineAnswer } from '@keepsake/contract';
import { type Instant, newId } from '@keepsake/kernel';
import type { Actor } from '@keepsake/memory';
import { databaseCode } from '../../platform/database/failure.ts';
import type { Tx } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import {
  type Draft,
  hasTooManyLines,
  type LineHandle,
  type Reading,
  readLines,
} from './bulk.rules.ts';
import { findOwners, findTombstones, lockSubjects } from './bulk.store.ts';
import { decideLines, type LineDecision, type Standing } from './bulk-decide.service.ts';
import { linkOwners, needsLinks } from './bulk-links.service.ts';
import { type Assigned, assignPeople, handleId, type People } from './bulk-people.rules.ts';
import { writeLines } from './bulk-write.service.ts';
import { lookupOf, tombstoneOf } from './identity.service.ts';
import { lockLinks } from './links.store.ts';
import type { MemoryDeps, MemoryServiceDeps } from './memory-deps.ts';
import { getOntology } from './ontology.service.ts';
import { insertTombstones } from './subjects.store.ts';

/** Lines of JSON from another system. */
export interface BulkInput {
  readonly company: string;
  /** Which system; its keys of guests are its own. */
  readonly source: string;
  readonly text: string;
  readonly actor: Actor;
  /** The caller may say that identifiers are proved. */
  readonly isTrusted: boolean;
}

/** What became of the lines, in their order. */
export type BulkAnswer =
  | { readonly kind: 'answered'; readonly lines: readonly LineAnswer[] }
  | { readonly kind: 'company-not-found' }
  | { readonly kind: 'too-many-lines' };

/** Others may win a race for a handle or a lock: then everything is looked up anew. */
const ATTEMPTS_MAX = 6;
const DEADLOCK = '40P01';
/** A handle was taken, or a subject erased, by somebody who was faster. */
const TAKEN = new Set(['23505', '23503']);

/** Somebody was erased between being looked up and being locked. */
class Vanished extends Error {}

/**
 * Records lines: those that can be taken in one transaction with all that follows from them, the
 * others told with their reason. What is answered is on disk and can be asked at once. Sending lines
 * again changes nothing. Some twenty statements, however many lines and people.
 */
export async function recordLines(deps: MemoryServiceDeps, input: BulkInput): Promise<BulkAnswer> {
  const company = await findCompany(deps.database.kysely, input.company);
  if (company === undefined) return { kind: 'company-not-found' };
  if (hasTooManyLines(input.text)) return { kind: 'too-many-lines' };
  const now = deps.clock.now();
  const { source, isTrusted, text } = input;
  const { sites } = company;
  const lookUp = lookingUp(deps, input.company);
  const read = readLines(text, { source, isTrusted, sites, now, ...lookUp });
  const { drafts } = read;
  const turn = { input, drafts };
  const answers =
    drafts.length === 0 ? [] : await inTurns(deps, (tx) => recordOnce(tx, deps, turn));
  const lines = [...read.refusals, ...answers].sort((a, b) => a.line - b.line);
  return { kind: 'answered', lines };
}

/** Does work that others may win a race against in a transaction, and anew where they did. */
export async function inTurns<T>(
  deps: Pick<MemoryServiceDeps, 'database'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deps.database.transaction(work);
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isLostRace(error)) throw error;
    }
  }
}

function isLostRace(error: unknown): boolean {
  const code = databaseCode(error);
  return error instanceof Vanished || code === DEADLOCK || TAKEN.has(code ?? '');
}

/** Look-up values, each worked out once for all lines that name the same. */
function lookingUp(
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
): Pick<Reading, 'hmacOf' | 'keyOf'> {
  const known = new Map<string, string>();
  return {
    hmacOf: (kind, value) => {
      const id = `${kind} ${value}`;
      const hmac = known.get(id) ?? lookupOf(deps, { company, kind, value });
      known.set(id, hmac);
      return hmac;
    },
    // Keyed, as a line may hold what is somebody's; shortened first, as it may be long.
    keyOf: (identity) => deps.keys.hmac(company, 'bulk.line', shortened(identity)).slice(0, 40),
  };
}

function shortened(text: string): string {
  return text.length <= 120 ? text : createHash('sha256').update(text).digest('base64');
}

interface Turn {
  readonly input: BulkInput;
  readonly drafts: readonly Draft[];
}

async function recordOnce(
  tx: Tx,
  deps: MemoryDeps,
  { input, drafts }: Turn,
): Promise<readonly LineAnswer[]> {
  const { company, actor } = input;
  const people = await findPeople(tx, deps, { company, drafts, doClaimsRefuse: true });
  // Before the subjects, as everybody does who takes both.
  if (needsLinks(people.assigned)) await lockLinks(tx, company);
  const standing = await lockStanding(tx, deps, company, people);
  // After the locks: a vocabulary that came meanwhile has these journals read anew before or after.
  const ontology = await getOntology(tx, company);
  const about = { company, actor, ontology, now: deps.clock.now() };
  const decided = await decideLines(tx, deps, { ...about, people, standing });
  const accepted = decided.filter((one) => one.kind === 'accepted');
  await writeLines(tx, deps, { ...about, accepted, standing, made: people.made });
  await linkOwners(tx, deps, { company, accepted: accepted.map((one) => one.assigned) });
  return [...people.refusals, ...decided.map(answerOf)];
}

function answerOf(decision: LineDecision): LineAnswer {
  if (decision.kind === 'refused') return decision.refusal;
  const { draft, subject } = decision.assigned;
  const outcome = decision.kind;
  return { line: draft.line, outcome, guest: subject };
}

/**
 * Whom lines are about, as far as handles tell. What they prove of people who had everything erased
 * keeps later lines from bringing these back.
 */
export async function findPeople(
  tx: Tx,
  deps: MemoryDeps,
  about: {
    readonly company: string;
    readonly drafts: readonly Draft[];
    readonly doClaimsRefuse: boolean;
  },
): Promise<People> {
  const { company, drafts, doClaimsRefuse } = about;
  const handles = new Map<string, LineHandle>();
  for (const one of drafts.flatMap((draft) => draft.handles)) {
    // What one line proves and another only claims has an owner to be looked up.
    if (one.isProved || !handles.has(handleId(one))) handles.set(handleId(one), one);
  }
  const all = [...handles.values()];
  const proved = all.filter((one) => one.isProved);
  const found = await findOwners(tx, company, proved.map(keyOf));
  const owners = new Map(found.map((one) => [handleId(one), one.subject]));
  const unknown = all.filter((one) => !owners.has(handleId(one)));
  const erased = await findErased(tx, deps, company, unknown);
  const now = deps.clock.now();
  const newSubject = (): string => newId(now, deps.random);
  const people = assignPeople(drafts, { owners, erased, doClaimsRefuse, newSubject });
  const stones = people.alsoErased.map(({ kind, value }) => {
    const hmac = tombstoneOf(deps, { company, kind, value });
    return { company, kind, hmac, erased_at: new Date(now) };
  });
  await insertTombstones(tx, stones);
  return people;
}

function keyOf({ kind, hmac }: LineHandle) {
  return { kind, hmac };
}

/** Which handles belonged to people who had everything erased. */
async function findErased(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  handles: readonly LineHandle[],
): Promise<ReadonlySet<string>> {
  const byStone = new Map(
    handles.map((handle) => [
      handleId({ kind: handle.kind, hmac: tombstoneOf(deps, { company, ...handle }) }),
      handleId(handle),
    ]),
  );
  const wanted = [...byStone.keys()].map((id) => {
    const [kind = '', hmac = ''] = id.split(' ');
    return { kind, hmac };
  });
  const stones = await findTombstones(tx, company, wanted);
  return new Set(stones.flatMap((stone) => byStone.get(handleId(stone)) ?? []));
}

/** Locks everybody concerned who is there; a guest who is not is told to the line that names them. */
export async function lockStanding(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  { assigned, made }: People,
): Promise<ReadonlyMap<string, Standing>> {
  const old = new Set(assigned.map((one) => one.subject).filter((one) => !made.has(one)));
  const standing = new Map<string, Standing>();
  for (const row of await lockSubjects(tx, company, [...old])) {
    if (row.wrapped === null) continue;
    const { subject, wrapped } = row;
    const key = deps.keys.openSubjectKey({ company, subject, wrapped }, false);
    standing.set(subject, { key, length: row.length, at: startOf(deps, row.recorded_at) });
  }
  if (assigned.some((one) => isGone(one, standing, made))) throw new Vanished();
  const at = deps.clock.now();
  for (const subject of made) {
    const { key, wrapped } = deps.keys.newSubjectKey(company, subject);
    standing.set(subject, { key, wrapped, length: 0, at });
  }
  return standing;
}

function isGone(
  { draft, subject }: Assigned,
  standing: ReadonlyMap<string, Standing>,
  made: ReadonlySet<string>,
): boolean {
  return draft.guest === null && !made.has(subject) && !standing.has(subject);
}

/** A clock that runs back must not let the company know something before it did. */
function startOf(deps: Pick<MemoryDeps, 'clock'>, recorded: Date | null): Instant {
  return Math.max(deps.clock.now(), recorded?.getTime() ?? 0);
}
