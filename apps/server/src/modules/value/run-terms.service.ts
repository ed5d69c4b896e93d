import { invariant } from '@keepsake/kernel';
import {
  type CostTable,
  DEFAULT_TIER_POLICY,
  parseCostTable,
  parseTierPolicy,
  type TierPolicy,
} from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import { findDocument } from '../terms/index.ts';
import type { EndedRun } from './last-run.store.ts';

/** The cost table that a run worked out its values by, whatever holds since. */
export async function costsOfRun(db: Db, { company, costs }: EndedRun): Promise<CostTable> {
  const row = await findDocument(db, { company, kind: 'costs' }, costs);
  const read = row === undefined ? undefined : parseCostTable(row.body);
  invariant(read?.kind === 'ok', 'a run names a table that was read, and no version is changed');
  return read.value;
}

/** The policy that a run decided tiers by. */
export async function policyOfRun(db: Db, { company, policy }: EndedRun): Promise<TierPolicy> {
  const row = await findDocument(db, { company, kind: 'policy' }, policy);
  if (row === undefined) return DEFAULT_TIER_POLICY;
  const read = parseTierPolicy(row.body);
  invariant(read.kind === 'ok', 'a policy was read before it was kept');
  return read.value;
}
