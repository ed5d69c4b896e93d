import { ok, type Result, refused } from '@keepsake/kernel';
import { type DataFault, DataReader } from './data-reader.ts';
import { type Loss, type LossTable, REMEDIES_MAX, type Remedy, type TierPolicy } from './policy.ts';
import { STANDINGS, type Standing, TIERS, type Tier } from './tier.ts';

const AMOUNT_MAX = 1e12;
const SHARE: readonly [number, number] = [0, 1];
/** A gate at or below one half would give a tier that is more likely wrong than right. */
const GATE: readonly [number, number] = [0.5, 1];
const LOSS_KEYS = ['fixed', 'ofValue', 'ofGrowth', 'ofDeficit'];

function readLoss(row: DataReader, standing: Standing): Loss {
  if (!row.has(standing)) return { fixed: 0, ofValue: 0, ofGrowth: 0, ofDeficit: 0 };
  const loss = row.inner(standing, LOSS_KEYS);
  return {
    fixed: loss.number('fixed', [0, AMOUNT_MAX], 0),
    ofValue: loss.number('ofValue', [0, 10], 0),
    ofGrowth: loss.number('ofGrowth', [0, 10], 0),
    ofDeficit: loss.number('ofDeficit', [0, 10], 0),
  };
}

function readLossRow(losses: DataReader, tier: Tier): Readonly<Record<Standing, Loss>> {
  const row = losses.inner(tier, STANDINGS);
  return {
    top: readLoss(row, 'top'),
    growable: readLoss(row, 'growable'),
    ordinary: readLoss(row, 'ordinary'),
    'below-zero': readLoss(row, 'below-zero'),
  };
}

function readLosses(policy: DataReader): LossTable {
  const losses = policy.inner('losses', TIERS);
  return {
    keep: readLossRow(losses, 'keep'),
    grow: readLossRow(losses, 'grow'),
    maintain: readLossRow(losses, 'maintain'),
    'below-zero': readLossRow(losses, 'below-zero'),
    undecided: readLossRow(losses, 'undecided'),
  };
}

function readRemedies(policy: DataReader): readonly Remedy[] {
  const seen = new Set<string>();
  return policy.list('remedies', REMEDIES_MAX, ['id', 'words', 'cuts', 'cost']).map((remedy) => {
    const id = remedy.name('id');
    if (seen.has(id)) remedy.report('duplicate', 'id', id);
    seen.add(id);
    const cuts = remedy.inner('cuts');
    if (cuts.keys().length === 0) remedy.report('missing', 'cuts');
    const shares = cuts.keys().map((kind) => [kind, cuts.number(kind, SHARE)] as const);
    return {
      id,
      words: remedy.words('words'),
      cuts: Object.fromEntries(shares),
      cost: remedy.number('cost', [0, AMOUNT_MAX], 0),
    };
  });
}

const POLICY_KEYS = [
  'version',
  'top',
  'gates',
  'gateSlack',
  'intervalShare',
  'certain',
  'runsToChange',
  'validDays',
  'losses',
  'remedies',
];

/**
 * Reads a policy from unknown data. All faults are told at once, each with its path. A loss that is
 * not there is none; a gate may not be lower than one half, nor that of below zero lower than 0.9.
 */
export function parseTierPolicy(data: unknown): Result<TierPolicy, readonly DataFault[]> {
  const faults: DataFault[] = [];
  const policy = new DataReader(data, '', faults, POLICY_KEYS);
  const top = policy.inner('top', ['of', 'share']);
  const gates = policy.inner('gates', ['keep', 'grow', 'belowZero']);
  const parsed: TierPolicy = {
    version: policy.text('version'),
    top: {
      of: top.oneOf('of', ['customers', 'value']),
      share: top.number('share', [0.001, 0.999]),
    },
    gates: {
      keep: gates.number('keep', GATE),
      grow: gates.number('grow', GATE),
      belowZero: gates.number('belowZero', [0.9, 1]),
    },
    gateSlack: policy.number('gateSlack', [0, 0.3], 0.1),
    intervalShare: policy.number('intervalShare', [0.5, 0.99], 0.8),
    certain: policy.number('certain', [0.9, 1], 0.95),
    runsToChange: policy.whole('runsToChange', [1, 12], 2),
    validDays: policy.whole('validDays', [1, 366], 92),
    losses: readLosses(policy),
    remedies: readRemedies(policy),
  };
  return faults.length === 0 ? ok(parsed) : refused(faults);
}
