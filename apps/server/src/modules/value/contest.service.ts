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
 */
export async function objectToTier(
  deps: Pick<Deps, 'database' | 'keys' | 'clock'>,
  objection: GuestOf & ContestWords,
): Promise<Found<Objection>> {
  const { company, guest, words, locale } = objection;
  return await deps.database.transaction(async (tx) => {
    const answer = await lockReckoned(tx, deps, { company, guest });
    if (answer.kind !== 'found') return answer;
    const { tier, contested } = answer.found;
    const row = contested ?? tier;
    const key = await findKey(tx, deps, row);
    invariant(key !== undefined, 'a customer has a key for as long as there is a tier');
    const standing = openWords(key, 'value.contest', row.contest_sealed);
    const { contest } = contestTier(stateOf(row), { at: deps.clock.now(), words });
    const at = new Date(contest?.at ?? deps.clock.now());
    if (standing !== null) {
      return { kind: 'found', found: { at: textOf(at), words: standing.words } };
    }
    const sealed = sealWords(key, 'value.contest', { words, locale });
    await saveContest(tx, { company, person: row.person, at, sealed });
    return { kind: 'found', found: { at: textOf(at), words } };
  });
}

interface LockedReckoned extends Reckoned {
  readonly subjects: readonly string[];
  readonly contested: ValueTiersTable | undefined;
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
  const contested = rows.find((row) => row.contested_at !== null);
  return { kind: 'found', found: { ...found, tier, contested } };
}

/** A tier that a person decides on. */
export interface TierDecided extends GuestOf {
  readonly tier: Tier;
  readonly because: string;
  /** Account of the member of staff. */
  readonly by: string;
}

/**
 * Sets the tier of a customer by hand, for as long as the policy says that one holds. An objection is
 * settled with it, and the customer is told by mail where an address is known.
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
    const key = await findKey(tx, deps, found);
    invariant(key !== undefined, 'a customer has a key for as long as there is a tier');
    const objection = await objectionOf(tx, deps, found);
    const said = { because, ...(objection === null ? {} : { objection: objection.words }) };
    await saveSetTier(tx, {
      ...{ ...tierRowOf(state), company, setBy: by, answeredAt: new Date(at) },
      answerSealed: sealWords(key, 'value.answer', said),
    });
    if (objection !== null) {
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
  { contested }: Pick<Reckoned, 'contested'>,
): Promise<ContestWords | null> {
  if (contested === undefined) return null;
  const key = await findKey(tx, deps, contested);
  return openWords(key, 'value.contest', contested.contest_sealed);
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
