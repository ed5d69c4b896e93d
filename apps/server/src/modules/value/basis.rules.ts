/** What a run says of itself, in the shape of the wire. */
import type { ValueBasis, ValueRun } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { EndedRun } from './last-run.store.ts';
import type { RunRow } from './runs.store.ts';

/** By what the values of a run were worked out; undefined where there was too little for a model. */
export function basisOf(run: EndedRun): ValueBasis | undefined {
  const { base, settings } = run.body;
  if (base === null) return undefined;
  return {
    scoredAt: instantToText(run.ended_at.getTime()),
    until: run.until,
    horizonWeeks: settings.horizonWeeks,
    costs: run.costs,
    policy: run.policy,
    fit: {
      model: base.model,
      verdict: base.verdict,
      parameters: { ...base.parameters },
      customers: base.fittedCustomers,
      fittedAt: base.fittedAt,
      until: base.fittedUntil,
    },
  };
}

/** How far a run is, in the shape of the wire. */
export function runView(row: RunRow): ValueRun {
  return {
    run: row.id,
    state: row.state,
    step: row.step,
    progress: row.progress,
    months: row.months,
    startedAt: instantToText(row.started_at.getTime()),
    endedAt: row.ended_at === null ? null : instantToText(row.ended_at.getTime()),
    problem: row.problem,
    customers: row.customers,
  };
}
