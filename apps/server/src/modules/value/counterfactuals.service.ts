/** What would have to be otherwise of a customer for a better tier. */
import type { Counterfactual } from '@keepsake/contract';
import {
  type AccountChange,
  type AccountCounterfactual,
  columnsOf,
  findAccountCounterfactuals,
  openValueModel,
  placeCustomers,
} from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { accountOf } from '../accounts/index.ts';
import { type Found, findReckoned, type GuestOf } from './customer.service.ts';
import type { Reckoned } from './reckoned.service.ts';
import { policyOfRun } from './run-terms.service.ts';
import { findModel } from './runs.store.ts';
import { scoringTermsOf } from './value-job.ts';
import { seedOf } from './value-run.rules.ts';

/**
 * For each thing that is counted of a customer the smallest change of it alone that would lead to a
 * better tier: below zero, undecided, maintain, grow, keep. Each was scored by the last run's own
 * model, terms and draws. None where the model is no longer kept, or cannot be read.
 */
export async function findCounterfactuals(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  guest: GuestOf,
): Promise<Found<readonly Counterfactual[]>> {
  const answer = await findReckoned(db, deps, guest);
  if (answer.kind !== 'found') return answer;
  return { kind: 'found', found: await counterfactualsOf(db, answer.found) };
}

async function counterfactualsOf(db: Db, found: Reckoned): Promise<readonly Counterfactual[]> {
  const { company, run, table, base, score } = found;
  const row = run.model === null ? undefined : await findModel(db, company, run.model);
  const opened = row === undefined ? undefined : openValueModel(row.body);
  if (opened?.kind !== 'ok') return [];
  const model = opened.value;
  const account = accountOf(found.account, { until: run.until, table });
  const columns = columnsOf([account]);
  const reckoning = {
    ...{ table, policy: await policyOfRun(db, run), settings: run.body.settings },
    seed: seedOf(company),
  };
  const terms = scoringTermsOf(columns, placeCustomers(model, columns, table), reckoning);
  const { policy, horizon, growth, newAge, draws, seed } = terms;
  const work = findAccountCounterfactuals({
    ...{ account, model, table, policy, horizon, growth, newAge, draws, seed },
    // JSON has no infinity: it is null there, of a base where nobody is at the top.
    topThreshold: (base.topThreshold as number | null) ?? Number.POSITIVE_INFINITY,
    potentialPurchases: score.body.potentialPurchases,
  });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value.map(viewOf);
    // Others are served between two slices.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function viewOf({ change, from, to, after }: AccountCounterfactual): Counterfactual {
  return { ...placesOf(change), from, to, tier: after.tier, value: after.value };
}

function placesOf(change: AccountChange): Pick<Counterfactual, 'of' | 'channel' | 'into'> {
  switch (change.kind) {
    case 'contacts':
      return { of: 'contacts', channel: change.channel, into: null };
    case 'channel':
      return { of: 'channel', channel: change.channel, into: change.instead };
    case 'returns':
    case 'purchases':
    case 'spend':
      return { of: change.kind, channel: null, into: null };
  }
}
