/** How the demo companies reckon, and what treatments of an earlier time did. */
import { DAY_MS, invariant, seededRandom } from '@keepsake/kernel';
import { createDraws } from '@keepsake/value';
import type { Deps } from '../../platform/deps.ts';
import { recordHistory } from '../history/index.ts';
import { findSubjectByIdentifier } from '../memory/index.ts';
import { latestDocument, putDocument, putSettings } from '../terms/index.ts';
import { drawLots, listTreated } from '../treatments/index.ts';
import { isValued, requestRun } from '../value/index.ts';
import type { Uplift } from './demo-history.document.ts';
import { readDemoHistory, readDemoTerms } from './demo-history.files.ts';
import { customerKey } from './demo-names.rules.ts';

type TermsDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'log'>;

/** A company and where its data is read. */
export interface DemoOf {
  readonly company: string;
  readonly folder: string;
}

/**
 * States what a demo company reckons by, in one transaction; again, nothing changes. Its customers are
 * valued as soon as the server looks.
 */
export async function putDemoTerms(deps: TermsDeps, { company, folder }: DemoOf): Promise<void> {
  const { costs, policy, settings } = readDemoTerms(company, deps.clock.now(), folder);
  await deps.database.transaction(async (tx) => {
    const put = async (kind: 'costs' | 'policy', document: unknown): Promise<void> => {
      const done = await putDocument(tx, deps, { company, kind, document, by: null });
      invariant(done.kind !== 'refused', 'the files of a demo company were read before');
    };
    if (policy !== undefined) await put('policy', policy);
    await putSettings(tx, deps, { company, settings, by: null });
    await put('costs', costs);
  });
  await requestRun(deps.database.kysely, deps, company);
}

/** When the lots of treatments that began in the past were drawn, in days before now. */
const DRAWN_BEFORE_DAYS = 200;
/** What they led to came within so many days. */
const WITHIN_DAYS = 80;

/**
 * Once the customers have tiers: states the treatments, draws the lots of those that began some time
 * ago, and lets who was treated have bought what the file says treatment does. That is done
 * once, and not before a run has ended.
 */
export async function seedDemoEffects(
  deps: TermsDeps,
  about: DemoOf,
): Promise<{ readonly isDone: boolean }> {
  const { company, folder } = about;
  const { kysely } = deps.database;
  if ((await latestDocument(kysely, company, 'treatments')) !== undefined) return { isDone: true };
  if (!(await isValued(kysely, company))) return { isDone: false };
  const now = deps.clock.now();
  const drawnAt = now - DRAWN_BEFORE_DAYS * DAY_MS;
  const { treatments } = readDemoTerms(company, now, folder);
  await deps.database.transaction(async (tx) => {
    await putDocument(tx, deps, { company, kind: 'treatments', document: treatments, by: null });
    await drawLots(tx, deps, { company, now: drawnAt });
  });
  await recordUplift(deps, about, drawnAt);
  await requestRun(kysely, deps, company);
  return { isDone: true };
}

async function recordUplift(deps: TermsDeps, about: DemoOf, drawnAt: number): Promise<void> {
  const { company, folder } = about;
  const { shape, source, terms } = readDemoHistory(folder, company);
  const customers = await customersOf(deps, about);
  const draws = createDraws(seededRandom(shape.seed + 1));
  for (const { id, uplift } of terms.treatments.treatments) {
    if (uplift === undefined) continue;
    const treated = await listTreated(deps.database.kysely, company, String(id));
    const lines = treated.flatMap((person) => {
      const customer = customers.get(person);
      if (customer === undefined) return [];
      return Array.from({ length: draws.poisson(uplift.orders) }, (_, i) => {
        const day = new Date(drawnAt + (1 + Math.floor(draws.uniform() * WITHIN_DAYS)) * DAY_MS);
        return orderOf(
          { number: `${id}-${customer}-${i}`, customer, day },
          uplift,
          draws.gamma(4) / 4,
        );
      });
    });
    for (let from = 0; from < lines.length; from += BATCH_LINES) {
      const text = lines.slice(from, from + BATCH_LINES).join('\n');
      await recordHistory(deps, { company, source, kind: 'orders', isDryRun: false, text });
    }
  }
}

/** Others wait no longer than for so many lines. */
const BATCH_LINES = 200;

function orderOf(
  order: { readonly number: string; readonly customer: string; readonly day: Date },
  { amount, category }: Uplift,
  factor: number,
): string {
  const { number, customer, day } = order;
  return JSON.stringify({
    ...{ number, customer, category, kind: 'purchase' },
    day: day.toISOString().slice(0, 10),
    amount: (amount * factor).toFixed(2),
  });
}

/** The customers of the earlier system by who they are here. */
async function customersOf(
  deps: TermsDeps,
  { company, folder }: DemoOf,
): Promise<ReadonlyMap<string, string>> {
  const { shape, source } = readDemoHistory(folder, company);
  const found = new Map<string, string>();
  for (let i = 0; i < shape.customers; i++) {
    const value = customerKey(i);
    const handle = { company, kind: `source.${source}`, value };
    const subject = await findSubjectByIdentifier(deps.database.kysely, deps, handle);
    if (subject !== undefined) found.set(subject, value);
  }
  return found;
}
