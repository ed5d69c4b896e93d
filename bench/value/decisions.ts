import { horizonOf, TIERS, type Tier, type TierDecision } from '@keepsake/value';
import {
  BASE_COSTS,
  BASE_SHAPES,
  type BaseShape,
  checkBelowZero,
  checkGroups,
  type DecisionSetting,
  decideBaseNow,
  prepareNearestTiers,
  quietFlips,
  regretOf,
  rfmTiers,
  simulateBase,
  truthAt,
} from '@keepsake/value/testing';
import { type Options, progress } from '../support/bench.ts';
import type { Table } from '../support/report.ts';

/** Figures of decisions on one simulated base; money a customer, in units of the currency. */
export interface DecisionFigures {
  readonly regret: number;
  /** Of the tiers with the least expected loss, whatever the gates say. */
  readonly ungated: number;
  /** Of the nearest customers whose losses are known: by purchases, and by the profile too. */
  readonly nearest: number;
  readonly nearestByProfile: number;
  /** Of quintiles that leave the last fifth alone, and of those that part with it. */
  readonly quintiles: number;
  readonly harshQuintiles: number;
  readonly calibrationError: number;
  /** Customers of a probability of .9 to be below zero, and those of them who are. */
  readonly flagged: number;
  readonly flaggedRight: number;
  readonly coverage: number;
  /** What all brought over what was predicted. */
  readonly ratio: number;
  /** Share of quiet customers whose tier changes in a month; undefined where it was not asked. */
  readonly flips: number | undefined;
}

type Reference = ReturnType<typeof prepareNearestTiers>;

/** What decides bases of a shape by customers whose losses are known. */
interface References {
  readonly byPurchases: Reference;
  readonly byProfile: Reference;
}

const HORIZON = 24;
/** Nobody joins for half a year. */
const monthOf = (shape: BaseShape): number => shape.joiningMonths + 6;

/** Customers of a base of its own whose true losses are known, and how many of them are asked. */
const [KNOWN, KNOWN_SEED, NEIGHBOURS] = [20_000, 1_000, 100];
/** Customers of each base that are decided by them: each costs as much as a look at all known. */
const NEAREST_EACH = 1_000;

function referencesOf(shape: BaseShape): References {
  const month = monthOf(shape);
  const known = simulateBase(shape, { customers: KNOWN, seed: KNOWN_SEED, months: month });
  const horizon = horizonOf(BASE_COSTS, { length: HORIZON, unitsPerYear: 12 });
  const reference = (withProfile: boolean): Reference =>
    prepareNearestTiers(known, { month, horizon, neighbours: NEIGHBOURS, withProfile });
  return { byPurchases: reference(false), byProfile: reference(true) };
}

function leastLoss({ losses }: TierDecision): Tier {
  return TIERS.reduce((best, tier) => (losses[tier] < losses[best] ? tier : best));
}

/** Simulates a base, decides it half a year after the last customer joined, and looks at the truth. */
export function evaluateDecisions(
  shape: BaseShape,
  size: { readonly customers: number; readonly seed: number; readonly withFlips: boolean },
  { byPurchases, byProfile }: References = referencesOf(shape),
): DecisionFigures {
  const month = monthOf(shape);
  const setting: DecisionSetting = { month, horizon: HORIZON, draws: 200, seed: 1 };
  const base = simulateBase(shape, { ...size, months: month + setting.horizon });
  const decided = decideBaseNow(base, setting);
  const truth = truthAt(base, month, decided.horizon);
  const below = checkBelowZero(decided, truth);
  const groups = checkGroups(base, decided, setting);
  const tiers = decided.scores.map(({ decision }) => decision.tier);
  return {
    regret: regretOf(tiers, truth).ofTiers,
    ungated: regretOf(
      decided.scores.map(({ decision }) => leastLoss(decision)),
      truth,
    ).ofTiers,
    nearest: regretOf(byPurchases(base, NEAREST_EACH), truth).ofTiers,
    nearestByProfile: regretOf(byProfile(base, NEAREST_EACH), truth).ofTiers,
    quintiles: regretOf(rfmTiers(base, month, 'maintain'), truth).ofTiers,
    harshQuintiles: regretOf(rfmTiers(base, month, 'below-zero'), truth).ofTiers,
    calibrationError: below.calibrationError,
    flagged: below.flagged,
    flaggedRight: below.flagged * below.flaggedPrecision,
    coverage: groups.coverage,
    ratio: groups.ratio,
    flips: size.withFlips ? quietFlips(base, setting, 4) : undefined,
  };
}

function meanFlips(found: readonly DecisionFigures[]): number {
  const flips = found.flatMap((one) => (one.flips === undefined ? [] : [one.flips]));
  return flips.reduce((sum, one) => sum + one, 0) / flips.length;
}

/** Seeds of which flips are counted: each takes five runs. */
const FLIP_SEEDS = 4;

/** Decisions on each published base, over several seeds, against the truth and against quintiles. */
export function measureDecisions({ isQuick }: Options): Table {
  const seeds = isQuick ? [1, 2] : [1, 2, 3, 4, 5, 6, 7, 8];
  const customers = isQuick ? 1_500 : 3_000;
  const rows = BASE_SHAPES.map((shape) => {
    progress(`deciding the ${shape.name} base, ${seeds.length} times`);
    const references = referencesOf(shape);
    const found = seeds.map((seed) =>
      evaluateDecisions(shape, { customers, seed, withFlips: seed <= FLIP_SEEDS }, references),
    );
    const mean = (of: (one: DecisionFigures) => number): number =>
      found.reduce((sum, one) => sum + of(one), 0) / found.length;
    return [
      shape.name,
      mean((one) => one.regret),
      mean((one) => one.ungated),
      mean((one) => one.nearest),
      mean((one) => one.nearestByProfile),
      mean((one) => one.quintiles),
      mean((one) => one.harshQuintiles),
      mean((one) => one.calibrationError),
      mean((one) => one.flaggedRight) /
        Math.max(
          1e-9,
          mean((one) => one.flagged),
        ),
      100 * mean((one) => one.coverage),
      mean((one) => one.ratio),
      100 * meanFlips(found),
    ];
  });
  return {
    title: `Tiers of ${customers} simulated customers against the truth`,
    columns: [
      'base',
      'regret a customer',
      'without gates',
      'of the nearest known',
      'by profile too',
      'of quintiles',
      'parting with the last',
      'calibration error',
      'precision at .9',
      'groups covered %',
      'brought / predicted',
      'quiet flips a month %',
    ],
    rows,
    remarks: [
      `means over ${seeds.length} seeds, flips of the first ${FLIP_SEEDS}; regret by the published loss table, horizon 24 months`,
      `of the nearest known: by the ${NEIGHBOURS} most alike of ${KNOWN} other customers whose true losses are known, the first ${NEAREST_EACH} of each base; about what purchases, and noisy logs of wallet and spend, can tell at all`,
      'groups: random 100 customers and their predictive 90 % interval',
    ],
  };
}
