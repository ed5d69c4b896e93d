import type { Tier } from '@keepsake/value';
import type { ScoreBody } from './run-body.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_scores: ValueScoresTable;
  }
}

/** What the last run says of one customer. Amounts are in units of the currency. */
export interface ValueScoresTable {
  readonly company: string;
  readonly person: string;
  readonly run: string;
  readonly tier: Tier;
  readonly value: number;
  /** Central interval of nine tenths. */
  readonly low: number;
  readonly high: number;
  readonly below_zero: number;
  readonly alive: number;
  readonly growth: number;
  readonly potential: number;
  readonly at_stake: number;
  readonly main_driver: string | null;
  readonly main_amount: number | null;
  readonly body: ScoreBody;
}
