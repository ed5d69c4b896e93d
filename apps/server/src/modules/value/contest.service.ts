/** Customers object to their tier, and a person answers. */
import type { Contest } from '@keepsake/contract';
import { invariant } from '@keepsake/kernel';
import { contestTier, setTier, type Tier } from '@keepsake/value';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { namesOf } from '../memory/index.ts';
import { findTerms } from '../terms/index.ts';
import { mailAnswer } from './answer-mail.ts';
import { endContests, listContested, saveContest, saveSetTier } from './answers.store.ts';
import { type Found, findReckoned, type GuestOf } from './customer.service.ts';
import { lockTierRows } from './customer.store.ts';
import { type Reckoned, textOf } from './reckoned.service.ts';
import { type ContestWords, findKey, openWords, sealWords } from './sealed-words.ts';
import type { ValueTiersTable } from './tiers.store.ts';
import { dayOf, stateOf, tierRowOf } from './value-run.rules.ts';

type AnswerDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'config'>;

/** How many objections are listed: as many as a person reads in a day. */
const CONTESTS_MAX = 200;

/** An objection as it is kept. */
export interface Objection {
  readonly at: string;
  readonly words: string;
}

/**
 * Keeps a customer's objection: from then on the tier has no effect, and no run moves it, until a
 * person has answered. A second one while the first stands changes nothing, and answers the first.
 * It is kept with the subject whose session made it, each with its own. While that is one person with
 * others it counts for all of them; when they part it stays with who objected, and the others are free.
 */
export async function objectToTier(
  deps: Pick<Deps, 'database' | 'keys' | 'clock'>,
  objection: GuestOf & ContestWords,
): Promise<Found<Objection>> {
  const { company, guest, words, locale } = objection;
  return await deps.database.transaction(async (tx) => {
    const answer = await lockReckoned(tx, deps, { company, guest });
    if (answer.kind !== 'found') return answer;
    const { tier, rows } = answer.found;
    const own = rows.find((row) => row.person === guest);
    const standing = own === undefined ? null : await objectionOf(tx, deps, own);
    // One that the last run knew as a part of the person objects to the tier of the person.
    const isPart = own === undefined || (standing === null && own.last_run < tier.last_run);
    const row = isPart ? tier : own;
    const state = stateOf({ ...row, contested_at: own?.contested_at ?? null });
    const { contest } = contestTier(state, { at: deps.clock.now(), words });
    const at = new Date(contest?.at ?? deps.clock.now());
    if (standing !== null) {
      return { kind: 'found', found: { at: textOf(at), words: standing.words } };
    }
    const key = await findKey(tx, deps, { company, person: guest });
    invariant(key !== undefined, 'whoever has a session has a key');
    const sealed = sealWords(key, 'value.contest', { words, locale });
    await saveContest(tx, { tier: row, subject: guest, at, sealed });
    return { kind: 'found', found: { at: textOf(at), words } };
  });
}

interface LockedReckoned extends Reckoned {
  readonly subjects: readonly string[];
  /** What these have as persons, or had before they were joined. */
  readonly rows: readonly ValueTiersTable[];
  /** Those of them that object. */
  readonly objectors: readonly ValueTiersTable[];
}

/** A customer whose tiers nobody else changes until the transaction ends. */
async function lockReckoned(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  guest: GuestOf,
): Promise<Found<LockedReckoned>> {
  const answer = await findReckoned(tx, deps, guest);
  if (answer.kind !== 'found') return answer;
  const { found } = answer;
  const rows = await lockTierRows(tx, guest.company, found.subjects);
  const tier = rows.find((row) => row.person === found.person);
  if (tier === undefined) return { kind: 'not-reckoned' };
  const objectors = rows.filter((row) => row.contested_at !== null);
  return { kind: 'found', found: { ...found, tier, rows, objectors } };
}

/** A tier that a person decides on. */
export interface TierDecided extends GuestOf {
  readonly tier: Tier;
  readonly because: string;
  /** Account of the member of staff. */
  readonly by: string;
}

/**
 * Sets the tier of a customer by hand, for as long as the policy says that one holds. Objections are
 * settled with it, and the customer is told by mail where an address is known. Whoever objected keeps
 * the answer, and the words that were objected with, also if the subjects of the person part.
 */
export async function decideTierByHand(
  deps: AnswerDeps,
  { company, guest, tier, because, by }: TierDecided,
): Promise<Found<string>> {
  return await deps.database.transaction(async (tx) => {
    const answer = await lockReckoned(tx, deps, { company, guest });
    if (answer.kind !== 'found') return answer;
    const { found } = answer;
    const at = deps.clock.now();
    const { policy } = await findTerms(tx, company, dayOf(at));
    const state = setTier(stateOf(found.tier), { tier, by, at }, policy);
    const set = { ...tierRowOf(state), company, setBy: by, answeredAt: new Date(at) };
    const others = found.objectors.filter(({ person }) => person !== found.person);
    const objections: ContestWords[] = [];
    for (const row of [found.tier, ...others]) {
      const key = await findKey(tx, deps, row);
      invariant(key !== undefined, 'a customer has a key for as long as there is a tier');
      const objection = await objectionOf(tx, deps, row);
      if (objection !== null) objections.push(objection);
      const said = { because, ...(objection === null ? {} : { objection: objection.words }) };
      const answerSealed = sealWords(key, 'value.answer', said);
      await saveSetTier(tx, { ...set, person: row.person, answerSealed });
    }
    const [objection] = objections;
    if (objection !== undefined) {
      await endContests(tx, company, found.subjects);
      const hasChanged = tier !== found.tier.tier;
      const { subjects } = found;
      await mailAnswer(tx, deps, {
        ...{ company, subjects, because, hasChanged },
        locale: objection.locale,
      });
    }
    return { kind: 'found', found: found.person };
  });
}

async function objectionOf(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  row: ValueTiersTable,
): Promise<ContestWords | null> {
  return openWords(await findKey(tx, deps, row), 'value.contest', row.contest_sealed);
}

/** Objections that stand, the oldest first: at most 200. */
export async function listObjections(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
): Promise<Contest[]> {
  const rows = await listContested(db, company, CONTESTS_MAX);
  const names = await namesOf(
    db,
    deps,
    company,
    rows.map(({ person }) => person),
  );
  const contests: Contest[] = [];
  for (const row of rows) {
    const words = openWords(await findKey(db, deps, row), 'value.contest', row.contest_sealed);
    if (words === null || row.contested_at === null) continue;
    contests.push({
      ...{ guest: row.person, name: names.get(row.person) ?? null, tier: row.tier },
      ...{ at: textOf(row.contested_at), words: words.words },
    });
  }
  return contests;
}
