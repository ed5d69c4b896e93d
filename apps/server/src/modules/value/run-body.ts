/** What a run keeps of a whole base, as JSON. */
import type { BackTest, Portfolio, ValueSettings } from '@keepsake/contract';
import type { Drivers, Rates, TierDecision } from '@keepsake/value';

/** What was found of the base. */
export interface RunBody {
  /** Why there is no model; null where there is. Nothing else is there then but the settings. */
  readonly tooLittle: Portfolio['tooLittle'];
  readonly settings: ValueSettings;
  readonly base: {
    readonly model: string;
    readonly verdict: string;
    readonly parameters: Readonly<Record<string, number>>;
    readonly fittedAt: string;
    readonly fittedUntil: string;
    readonly fittedCustomers: number;
    /** Figures of the mean customer, and what that one is worth. */
    readonly cohort: Drivers;
    readonly cohortValue: number;
    readonly rates: Rates;
    readonly topThreshold: number;
    readonly equity: number;
    readonly tiers: Portfolio['tiers'];
    readonly whale: Portfolio['whale'];
  } | null;
  readonly backTest: BackTest | null;
}

/** What a run keeps of one customer beside the columns of `value_scores`, as JSON. */
export interface ScoreBody {
  readonly decision: TierDecision;
  readonly drivers: Drivers;
  readonly potentialPurchases: number;
}
