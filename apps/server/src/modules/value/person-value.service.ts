/** What a person takes along of what was reckoned of them, and what goes with them. */
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { eraseAccounts } from '../accounts/index.ts';
import { findScore, listMonthsOf, listTierRows } from './customer.store.ts';
import { monthOf } from './months.rules.ts';
import { subjectsOf } from './person.service.ts';
import { deleteValues, listAllReviews } from './person-value.store.ts';
import {
  countsOf,
  loadReckoned,
  reasonsFor,
  textOf,
  tierNow,
  wordsOf,
} from './reckoned.service.ts';
import { reviewView } from './review.view.ts';
import { openWords } from './sealed-words.ts';
import type { ValueTiersTable } from './tiers.store.ts';

/** Months that are taken along: a life. */
const MONTHS_MAX = 1_200;

/** Deletes all that is reckoned of a subject; answers how many rows. */
export async function eraseValue(tx: Tx, company: string, subject: string): Promise<number> {
  const deleted = await deleteValues(tx, company, subject);
  return deleted + (await eraseAccounts(tx, company, subject));
}

/**
 * What is reckoned of a subject, to take along; the person's is with the smallest subject. An objection is
 * of the whole person, and its words go with the subject that made it, as does what was answered.
 */
export function exportValue(deps: Pick<Deps, 'keys' | 'clock'>) {
  return async (db: Db, company: string, subject: string): Promise<readonly object[]> => {
    const subjects = await subjectsOf(db, company, subject);
    const tiers = await listTierRows(db, company, subjects);
    const tier = tiers.find(({ person }) => person === subject);
    const whose = { company, person: subject };
    const months = await listMonthsOf(db, whose, MONTHS_MAX);
    const rows = await listAllReviews(db, company, subject);
    if (tier === undefined && months.length === 0 && rows.length === 0) return [];
    const key = await deps.keys.findSubjectKey(db, company, subject);
    const reviews = rows.map((row) => {
      const { review, guest, name, ...rest } = reviewView({ row, key, name: null });
      return rest;
    });
    const scored = await findScore(db, company, subjects);
    const score = await scoreOf(db, company, subject);
    // Beside the words of a subject that is a part of a person stands a tier that is told with the person.
    const isPart = scored !== undefined && score === undefined;
    const contested = tiers.find(({ contested_at }) => contested_at !== null);
    return [
      {
        ...(tier === undefined || isPart
          ? {}
          : {
              tier: tierNow({ tier, contested }, deps.clock.now()),
              ...{ given: tier.tier, setByPerson: tier.set_by !== null },
              ...{ since: textOf(tier.since), expires: textOf(tier.expires) },
            }),
        ...(tier === undefined ? {} : await saidOf(db, deps, tier)),
        ...score,
        months: months.map((one) => ({ ...one, month: monthOf(one.month) })),
        reviews,
      },
    ];
  };
}

async function saidOf(db: Db, deps: Pick<Deps, 'keys'>, tier: ValueTiersTable): Promise<object> {
  const { company, person } = tier;
  const key = await deps.keys.findSubjectKey(db, company, person);
  const settledObjection = openWords(key, 'value.answer', tier.answer_sealed)?.objection ?? null;
  return {
    ...(await wordsOf(db, deps, { company, tier, contested: undefined })),
    settledObjection,
  };
}

async function scoreOf(db: Db, company: string, subject: string): Promise<object | undefined> {
  const found = await loadReckoned(db, company, [subject]);
  if (found === undefined) return undefined;
  const { score, run, table } = found;
  return {
    ...{ currency: table.currency, until: run.until, value: score.value, low: score.low },
    ...{ high: score.high, alive: score.alive, belowZero: score.below_zero },
    ...{ growth: score.growth, potential: score.potential, atStake: score.at_stake },
    ...{ counts: countsOf(found), ...reasonsFor(found) },
  };
}
