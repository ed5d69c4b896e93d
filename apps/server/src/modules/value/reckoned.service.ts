/** All that is reckoned of one customer, as it is kept. */
import type { CustomerValue } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import { type CostTable, effectiveTier, type Tier } from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { type AccountRow, accountOf, findAccounts } from '../accounts/index.ts';
import { findScore, listTierRows } from './customer.store.ts';
import { type EndedRun, findEndedRun } from './last-run.store.ts';
import { reasonsOf } from './reasons.rules.ts';
import type { RunBody } from './run-body.ts';
import { costsOfRun } from './run-terms.service.ts';
import type { ValueScoresTable } from './scores.store.ts';
import { openWords } from './sealed-words.ts';
import type { ValueTiersTable } from './tiers.store.ts';
import { stateOf } from './value-run.rules.ts';

/** What the last run says of a customer, and what became of the tier since. */
export interface Reckoned {
  readonly company: string;
  /** The smallest subject of the person, when the run ended. */
  readonly person: string;
  readonly run: EndedRun;
  readonly base: NonNullable<RunBody['base']>;
  readonly score: ValueScoresTable;
  readonly tier: ValueTiersTable;
  /** The one with an objection that stands: of a person that was joined since, it may be another. */
  readonly contested: ValueTiersTable | undefined;
  readonly account: AccountRow;
  readonly table: CostTable;
}

/**
 * What is reckoned of whoever has one of these subjects; undefined of who has not bought before the
 * last run. Seven reads by key.
 */
export async function loadReckoned(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<Reckoned | undefined> {
  const score = await findScore(db, company, subjects);
  if (score === undefined) return undefined;
  const { person } = score;
  const run = await findEndedRun(db, company, score.run);
  const tiers = await listTierRows(db, company, subjects);
  const tier = tiers.find((row) => row.person === person);
  const [account] = await findAccounts(db, company, [person]);
  const base = run?.body.base ?? null;
  if (run === undefined || base === null || tier === undefined || account === undefined) {
    return undefined;
  }
  const contested = tiers.find((row) => row.contested_at !== null);
  const table = await costsOfRun(db, run);
  return { company, person, run, base, score, tier, contested, account, table };
}

/** The tier that has effects now: none while an objection stands. */
export function tierNow(
  { tier, contested }: Pick<Reckoned, 'tier' | 'contested'>,
  now: number,
): Tier {
  return contested === undefined ? effectiveTier(stateOf(tier), now) : 'undecided';
}

/** What was counted of a customer, money in units of the currency. */
export function countsOf({ account, run, table }: Reckoned): CustomerValue['counts'] {
  const { spendCount, meanSpend } = accountOf(account, { until: run.until, table });
  return {
    firstDay: account.firstDay,
    lastDay: account.lastDay,
    purchases: account.purchaseDays,
    meanSpend: spendCount === 0 ? null : meanSpend,
    returns: account.returns,
    contacts: { ...account.contacts },
    categories: { ...account.categories },
  };
}

/** Why the customer is worth what the run says. */
export function reasonsFor({ score, base }: Reckoned): ReturnType<typeof reasonsOf> {
  const { drivers } = score.body;
  return reasonsOf({ value: score.value, drivers, cohort: base.cohort, rates: base.rates });
}

/** What the customer says against the tier, and what a person said of it last. */
export async function wordsOf(
  db: Db,
  { keys }: Pick<Deps, 'keys'>,
  { company, tier, contested }: Pick<Reckoned, 'company' | 'tier' | 'contested'>,
): Promise<Pick<CustomerValue, 'contest' | 'answer'>> {
  const key = await keys.findSubjectKey(db, company, tier.person);
  const objector = contested ?? tier;
  const keyOfObjector = await keys.findSubjectKey(db, company, objector.person);
  const objection = openWords(keyOfObjector, 'value.contest', objector.contest_sealed);
  const answer = openWords(key, 'value.answer', tier.answer_sealed);
  return {
    contest:
      objection === null || objector.contested_at === null
        ? null
        : { at: textOf(objector.contested_at), words: objection.words },
    answer:
      answer === null || tier.answered_at === null
        ? null
        : { at: textOf(tier.answered_at), because: answer.because },
  };
}

/** An instant of the store as the wire writes it. */
export function textOf(at: Date): string {
  return instantToText(at.getTime());
}
