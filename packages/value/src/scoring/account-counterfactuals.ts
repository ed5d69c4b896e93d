import { invariant, type Work } from '@keepsake/kernel';
import { type CustomerAccount, columnsOf } from '../money/accounts.ts';
import type { CostTable } from '../money/cost-table.ts';
import type { Horizon } from '../money/horizon.ts';
import type { GrowthTerms } from '../money/potential.ts';
import { prepareTierDraws } from '../money/tier-draws.ts';
import { figuresTried, findCounterfactuals } from '../reasons/counterfactual.ts';
import { decideTier, type TierRun } from '../tiers/decide.ts';
import type { TierPolicy } from '../tiers/policy.ts';
import { combineRemedies } from '../tiers/remedies.ts';
import type { Tier } from '../tiers/tier.ts';
import {
  type AccountChange,
  changeAccount,
  type PossibleChange,
  possibleChanges,
} from './account-change.ts';
import { type OpenedValueModel, placeCustomers } from './open-model.ts';

/**
 * One account, and all that it was scored by. With the terms of the run, and the top and the potential
 * that came out of it, what is `before` any change is what the run decided.
 */
export interface AccountQuestion {
  readonly account: CustomerAccount;
  readonly model: Omit<OpenedValueModel, 'found'>;
  readonly table: CostTable;
  readonly policy: TierPolicy;
  /** Value from which a customer is at the top, in units of the currency; may be `Infinity`. */
  readonly topThreshold: number;
  readonly horizon: Horizon;
  readonly growth: GrowthTerms;
  readonly newAge: number;
  /** Held where it is: what lookalikes buy is not asked anew. */
  readonly potentialPurchases: number;
  readonly draws: number;
  readonly seed: number;
}

/** The tier that the scoring of an account decides, and its expected value in units of the currency. */
export interface ScoredAccount {
  readonly tier: Tier;
  readonly value: number;
}

/** The smallest change of one thing of an account that leads to a better tier. */
export interface AccountCounterfactual {
  readonly change: AccountChange;
  /** The figure that the account has, and the one that would do: counts, or money for `spend`. */
  readonly from: number;
  readonly to: number;
  /** The figure tried before it, which does not yet do. */
  readonly holdsAt: number;
  readonly before: ScoredAccount;
  readonly after: ScoredAccount;
}

/** By what a customer would wish for: to be looked after most. */
const BY_WISH: readonly Tier[] = ['below-zero', 'undecided', 'maintain', 'grow', 'keep'];

/**
 * What would have to be otherwise of a customer for a better tier: of each thing that can be counted,
 * and alone, the smallest change that does it; things of which no realistic change does are left out.
 * Each candidate is scored whole: levels, margins, draws from the same seed, tier. At most 24 figures
 * of each thing are tried; a figure costs what a score costs. The tier is that of a single run, before
 * `nextTierState`.
 */
export function* findAccountCounterfactuals(
  question: AccountQuestion,
): Work<readonly AccountCounterfactual[]> {
  const { account, model, table } = question;
  const changes = possibleChanges(account, model.service, table);
  const candidates = candidatesOf(account, changes);
  const score = prepareScores(
    question,
    candidates.map((candidate) => candidate.account),
  );
  const figures = Object.fromEntries(changes.map(({ from, moves }) => [moves.driver, from]));
  const rowOf = new Map(candidates.map(({ driver, figure }, row) => [keyOf(driver, figure), row]));
  const before = score(0);
  const wanted = BY_WISH.slice(BY_WISH.indexOf(before.tier) + 1);
  if (wanted.length === 0) return [];
  const found = yield* findCounterfactuals({
    figures,
    moves: changes.map(({ moves }) => moves),
    wanted,
    score: (asked) => {
      const moved = changes.find(({ from, moves }) => asked[moves.driver] !== from);
      if (moved === undefined) return before;
      const { driver } = moved.moves;
      const row = rowOf.get(keyOf(driver, asked[driver] ?? 0));
      invariant(row !== undefined, 'every figure that is tried was prepared');
      return score(row);
    },
  });
  return found.flatMap(({ driver, from, to, holdsAt, after }) => {
    const change = changes.find(({ moves }) => moves.driver === driver)?.change;
    return change === undefined ? [] : [{ change, from, to, holdsAt, before, after }];
  });
}

interface Candidate {
  readonly driver: string;
  readonly figure: number;
  readonly account: CustomerAccount;
}

/** The account as it is, and then as each change makes it: in one set of columns all cost less. */
function candidatesOf(
  account: CustomerAccount,
  changes: readonly PossibleChange[],
): readonly Candidate[] {
  const changed = changes.flatMap(({ change, from, moves }) =>
    figuresTried(from, moves).map((figure) => ({
      driver: moves.driver,
      figure,
      account: changeAccount(account, change, figure),
    })),
  );
  return [{ driver: '', figure: 0, account }, ...changed];
}

function keyOf(driver: string, figure: number): string {
  return `${driver} ${figure}`;
}

/** Scores accounts of one customer, who has the same chance in each by his name. */
function prepareScores(
  question: AccountQuestion,
  accounts: readonly CustomerAccount[],
): (row: number) => ScoredAccount {
  const { table, policy, topThreshold, growth, newAge, horizon, seed } = question;
  const columns = columnsOf(accounts);
  const run: TierRun = { policy, combinations: combineRemedies(policy.remedies), topThreshold };
  const draw = prepareTierDraws({
    columns,
    model: placeCustomers(question.model, columns, table),
    table,
    horizon,
    count: question.draws,
    seed,
    kind: 'expected',
    potentialPurchases: new Float64Array(accounts.length).fill(question.potentialPurchases),
    growth,
    newAge,
  });
  return (row) => {
    const { tier, expected } = decideTier(draw(row), run);
    return { tier, value: expected.actual };
  };
}
