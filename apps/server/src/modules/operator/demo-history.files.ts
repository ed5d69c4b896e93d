import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, type Instant } from '@keepsake/kernel';
import {
  type CostTable,
  type GrowthTerms,
  parseCostTable,
  parseTierPolicy,
  parseTreatments,
} from '@keepsake/value';
import { z } from 'zod';
import { DemoError, examplesFolder, readYaml } from './demo.files.ts';
import { DemoHistory, DemoNames } from './demo-history.document.ts';

/** What a demo company says of values: documents that were read and found to be right. */
export interface DemoTerms {
  readonly costs: CostTable;
  readonly settings: DemoHistory['terms']['settings'];
  /** The same as in `settings`. */
  readonly growth: GrowthTerms;
  /** As `parseTierPolicy` takes it; undefined where the policy to begin with holds. */
  readonly policy: Readonly<Record<string, unknown>> | undefined;
  /** As `parseTreatments` takes it. */
  readonly treatments: Readonly<Record<string, unknown>>;
}

/** The ids of the companies that have a history, in their order. */
export function listDemoHistories(folder: string): readonly string[] {
  return readdirSync(join(folder, 'companies'))
    .filter((name) => name.endsWith('.yaml') && existsSync(join(folder, 'histories', name)))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
}

/** The history of a demo company. Throws `DemoError`. */
export function readDemoHistory(folder: string, company: string): DemoHistory {
  return readAs(DemoHistory, join(folder, 'histories', `${company}.yaml`));
}

/** The names that people are made up from. Throws `DemoError`. */
export function readDemoNames(folder: string): DemoNames {
  return readAs(DemoNames, join(folder, 'histories', 'names.yaml'));
}

/**
 * How a demo company values its customers, for the first versions of its terms: days of treatments are
 * counted from that of `now`. Throws `DemoError`.
 */
export function readDemoTerms(
  company: string,
  now: Instant,
  folder: string = examplesFolder,
): DemoTerms {
  const { terms } = readDemoHistory(folder, company);
  const { settings, policy } = terms;
  const refuse = (what: string, faults: readonly object[]): DemoError =>
    new DemoError(`The ${what} of ${company} do not fit:\n${JSON.stringify(faults, null, 1)}`);
  const costs = parseCostTable(terms.costs);
  if (costs.kind === 'refused') throw refuse('costs', costs.error);
  if (policy !== undefined) {
    const parsed = parseTierPolicy(policy);
    if (parsed.kind === 'refused') throw refuse('tiers', parsed.error);
  }
  const treatments = {
    ...terms.treatments,
    treatments: terms.treatments.treatments.map(
      ({ fromDay, untilDay, uplift: _, ...treatment }) => ({
        ...treatment,
        from: dayAfter(now, fromDay),
        until: dayAfter(now, untilDay),
      }),
    ),
  };
  const plan = parseTreatments(treatments);
  if (plan.kind === 'refused') throw refuse('treatments', plan.error);
  const growth = { reach: settings.growthReach, cost: settings.growthCost };
  return { costs: costs.value, settings, growth, policy, treatments };
}

function dayAfter(now: Instant, days: number): string {
  return new Date(now + days * DAY_MS).toISOString().slice(0, 10);
}

function readAs<S extends z.ZodType>(schema: S, file: string): z.infer<S> {
  const parsed = schema.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  throw new DemoError(`${file} does not fit:\n${z.prettifyError(parsed.error)}`);
}
