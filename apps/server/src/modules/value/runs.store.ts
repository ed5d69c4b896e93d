import type { RunBody } from './run-body.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_models: ValueModelsTable;
    readonly value_runs: ValueRunsTable;
  }
}

/** What was fitted; `body` is a saved model of `@keepsake/value`. */
export interface ValueModelsTable {
  readonly company: string;
  readonly id: string;
  /** `YYYY-MM-DD`, the last day that is counted. */
  readonly until: string;
  readonly fitted_at: Date;
  readonly customers: number;
  readonly costs: string;
  readonly body: unknown;
}

/** One time that a base was valued. */
export interface ValueRunsTable {
  readonly company: string;
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly step: 'adding-up' | 'fitting' | 'testing' | 'scoring' | 'keeping';
  readonly progress: number;
  readonly months: number;
  readonly wants_fit: boolean;
  readonly asked_by: string | null;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly ended_at: Date | null;
  readonly problem: string | null;
  readonly customers: number | null;
  readonly until: string | null;
  readonly costs: string | null;
  readonly policy: string | null;
  readonly model: string | null;
  readonly body: RunBody | null;
}
