/** Possible duplicates before those who decide, and what was decided. */
import type { Instant } from '@keepsake/kernel';
import { verdictsInForce } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { deleteAttributionsWithin, insertAttributions } from './attributions.store.ts';
import { deleteDeferralsBetween } from './deferrals.store.ts';
import { linkSubjects } from './identity.service.ts';
import type { PairEvidence } from './linkage.rules.ts';
import {
  type DuplicateRow,
  findDuplicate,
  holdSubjects,
  listOpenDuplicates,
} from './linkage.store.ts';
import { findLink, type LinkRow, listDecided, listLinksAround, lockLinks } from './links.store.ts';
import { linkOf, membersOf } from './members.service.ts';
import type { MemoryDeps, MemoryServiceDeps, Who } from './memory-deps.ts';
import { type FoundSubject, readSubject } from './search.service.ts';

/** A pair to be decided. */
export interface DuplicatePair extends PairEvidence {
  readonly a: FoundSubject;
  readonly b: FoundSubject;
}

/** A pair that somebody has put off. */
export interface DeferredPair extends DuplicatePair {
  /** Id of the member of staff. */
  readonly actor: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** The most probable pairs and how many there are in all, pairs put off, and what was decided last. */
export interface Duplicates {
  readonly items: readonly DuplicatePair[];
  readonly total: number;
  readonly deferred: readonly DeferredPair[];
  readonly decided: readonly MemberVerdict[];
}

/** As many as somebody decides in one go; the next ones come up as these are decided. */
const PAIRS_MAX = 20;
const DECIDED_MAX = 10;

/**
 * Pairs that may be one person, the most probable first; at most 20, and as many that are put off,
 * and the last 10 verdicts in force.
 */
export async function listDuplicates(
  db: Db,
  deps: Pick<MemoryDeps, 'keys' | 'clock'>,
  company: string,
): Promise<Duplicates> {
  const now = new Date(deps.clock.now());
  const query = { company, limit: PAIRS_MAX, now };
  const { items, total, deferred } = await listOpenDuplicates(db, query);
  const read = subjectReader(db, deps, company);
  const withBoth = async <T extends DuplicateRow>({ a, b, ...rest }: T) => {
    const [one, other] = [await read(a), await read(b)];
    return one === undefined || other === undefined ? [] : [{ ...rest, a: one, b: other }];
  };
  const pairs: DuplicatePair[] = [];
  for (const row of items) pairs.push(...(await withBoth(row)));
  const later: DeferredPair[] = [];
  for (const row of deferred) {
    const [pair] = await withBoth(row);
    if (pair === undefined) continue;
    later.push({ ...pair, at: row.at.getTime(), until: row.until.getTime() });
  }
  const decided = await viewVerdicts(await listDecided(db, company, DECIDED_MAX), read);
  return { items: pairs, total, deferred: later, decided };
}

type ReadSubject = (id: string | null) => Promise<FoundSubject | undefined>;

/** Reads each subject once. */
function subjectReader(db: Db, deps: Pick<MemoryDeps, 'keys'>, company: string): ReadSubject {
  const found = new Map<string, FoundSubject | undefined>();
  return async (id) => {
    if (id === null) return undefined;
    if (!found.has(id)) found.set(id, await readSubject(db, deps, { company, subject: id }));
    return found.get(id);
  };
}

async function viewVerdicts(
  rows: readonly LinkRow[],
  read: ReadSubject,
): Promise<readonly MemberVerdict[]> {
  const verdicts: MemberVerdict[] = [];
  for (const row of rows) {
    const [a, b] = [await read(row.a), await read(row.b)];
    if (a === undefined || b === undefined || row.kind === 'void') continue;
    verdicts.push({
      ...{ id: row.id, kind: row.kind, a, b, by: row.made_by, actor: row.actor },
      ...{ at: row.at.getTime(), probability: row.probability, waterfall: row.waterfall ?? [] },
    });
  }
  return verdicts;
}

/** What somebody says of two subjects. */
export interface Decision {
  readonly company: string;
  readonly a: string;
  readonly b: string;
  readonly kind: 'same' | 'not_same';
  /** Id of the member of staff. */
  readonly actor: string;
}

/** What became of it. */
export type Decided =
  | { readonly kind: 'decided'; readonly verdict: string }
  | { readonly kind: 'guest-not-found' }
  /** Another verdict is in the way; it can be taken back first. */
  | { readonly kind: 'verdict-stands' };

class Apart extends Error {}

/**
 * Appends what somebody decided, with what they were shown. The same once more is the verdict that is
 * there; of two who decide differently at once the first one counts, and the other is told.
 */
export async function decidePair(deps: MemoryServiceDeps, decision: Decision): Promise<Decided> {
  try {
    return await deps.database.transaction((tx) => decideIn(tx, deps, decision));
  } catch (error) {
    // Thrown to take back a verdict that would join nobody.
    if (error instanceof Apart) return { kind: 'verdict-stands' };
    throw error;
  }
}

async function decideIn(tx: Tx, deps: MemoryDeps, decision: Decision): Promise<Decided> {
  const { company, kind, actor } = decision;
  const [a = '', b = ''] = [decision.a, decision.b].sort();
  await lockLinks(tx, company);
  const there = await holdSubjects(tx, company, [a, b]);
  if (there.length < 2) return { kind: 'guest-not-found' };
  const links = await listLinksAround(tx, company, [a, b]);
  const about = verdictsInForce(links.map(linkOf)).filter(
    (one) => (one.a === a && one.b === b) || (one.a === b && one.b === a),
  );
  const again = about.find((one) => one.kind === kind);
  const persons = [await membersOf(tx, company, a), await membersOf(tx, company, b)] as const;
  const before = persons.flat();
  const isOne = before.filter((one) => one === b).length > 1;
  if (again !== undefined && isOne === (kind === 'same')) {
    return { kind: 'decided', verdict: again.id };
  }
  if (about.length > 0 || isOne) return { kind: 'verdict-stands' };
  await deleteDeferralsBetween(tx, company, persons);
  const evidence = await findDuplicate(tx, company, { a, b });
  const verdict = await linkSubjects(tx, deps, {
    ...{ company, actor, kind, a, b },
    ...(evidence === undefined
      ? { method: 'desk' }
      : {
          method: 'review',
          probability: evidence.probability,
          waterfall: evidence.waterfall,
        }),
  });
  if (kind === 'same') {
    const after = new Set(await membersOf(tx, company, a));
    await deleteAttributionsWithin(tx, company, [...after]);
    // Somebody in between was told apart from one of them.
    if (before.some((one) => !after.has(one))) throw new Apart();
  }
  return { kind: 'decided', verdict };
}

/** What became of taking a verdict back; the subjects it was about. */
export type Undone =
  | { readonly kind: 'undone'; readonly subjects: readonly [string, string] }
  | { readonly kind: 'verdict-not-found' };

/** Takes a verdict back; once more changes nothing. */
export async function undoVerdict(
  deps: MemoryServiceDeps,
  undo: { readonly company: string; readonly verdict: string; readonly actor: string },
): Promise<Undone> {
  const { company, actor, verdict: voids } = undo;
  return await deps.database.transaction(async (tx) => {
    await lockLinks(tx, company);
    const row = await findLink(tx, company, voids);
    if (row === undefined || row.a === null || row.b === null) return { kind: 'verdict-not-found' };
    const links = await listLinksAround(tx, company, [row.a, row.b]);
    const isInForce = verdictsInForce(links.map(linkOf)).some((one) => one.id === voids);
    if (isInForce) {
      await linkSubjects(tx, deps, { company, actor, kind: 'void', voids });
      if (row.kind === 'same') await attributeNotes(tx, deps, { ...row, a: row.a, b: row.b });
    }
    return { kind: 'undone', subjects: [row.a, row.b] };
  });
}

/** What was noted of the two since they were one is to be attributed, where they are two again. */
async function attributeNotes(
  tx: Tx,
  deps: Pick<MemoryDeps, 'clock'>,
  verdict: { readonly company: string; readonly at: Date; readonly a: string; readonly b: string },
): Promise<void> {
  const { company, at: since, a, b } = verdict;
  const [withA, withB] = [await membersOf(tx, company, a), await membersOf(tx, company, b)];
  if (withA.includes(b)) return;
  const at = new Date(deps.clock.now());
  await insertAttributions(tx, { company, since, at, a, b, withA, withB });
}

/** A verdict in force, and what it rests on. */
export interface MemberVerdict {
  readonly id: string;
  readonly kind: 'same' | 'not_same';
  readonly a: FoundSubject;
  readonly b: FoundSubject;
  readonly by: 'human' | 'machine';
  readonly actor: string | null;
  readonly at: Instant;
  readonly probability: number | null;
  readonly waterfall: PairEvidence['waterfall'];
}

/** Who belongs to a person: at most 50 subjects, and as many verdicts, the newest first. */
export interface PersonMembers {
  readonly members: readonly FoundSubject[];
  readonly verdicts: readonly MemberVerdict[];
}

const MEMBERS_MAX = 50;

/** What a person was merged from, and whom it was told apart from; undefined where nobody is there. */
export async function readMembers(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  who: Who,
): Promise<PersonMembers | undefined> {
  const { company, subject } = who;
  const read = subjectReader(db, deps, company);
  if ((await read(subject)) === undefined) return undefined;
  const ids = await membersOf(db, company, subject);
  const members: FoundSubject[] = [];
  for (const id of ids.slice(0, MEMBERS_MAX)) {
    const one = await read(id);
    if (one !== undefined) members.push(one);
  }
  return { members, verdicts: await viewVerdicts(await verdictsOf(db, company, ids), read) };
}

/** Verdicts in force that join two of these subjects, or tell one of them apart from another. */
async function verdictsOf(
  db: Db,
  company: string,
  members: readonly string[],
): Promise<readonly LinkRow[]> {
  const links = await listLinksAround(db, company, members);
  const standing = new Set(verdictsInForce(links.map(linkOf)).map((one) => one.id));
  const own = new Set(members);
  return links
    .filter(({ id, a, b }) => standing.has(id) && (own.has(a ?? '') || own.has(b ?? '')))
    .reverse()
    .slice(0, MEMBERS_MAX);
}
