/** How much is asked, and how much of it again: the number that memory is judged by. */
import type { QuestionReport } from '@keepsake/contract';
import { parseInstant } from '@keepsake/kernel';
import { type Basis, findPredicate } from '@keepsake/memory';
import type { Db } from '../../platform/database/schema.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { getOntology } from './ontology.service.ts';
import { countsBy, lastDates, sumCounts } from './questions.rules.ts';
import { countAsked, countBases } from './questions.store.ts';

/** How many days are reported unless more are asked for. */
const DAYS_DEFAULT = 30;
const BASES: readonly Basis[] = ['stated', 'confirmed', 'observed', 'inferred', 'imported'];

/** What was needed, answered and asked on the last days, by day and by predicate. */
export async function reportQuestions(
  db: Db,
  deps: Pick<MemoryDeps, 'clock'>,
  company: string,
  days: number = DAYS_DEFAULT,
): Promise<QuestionReport> {
  const now = deps.clock.now();
  const dates = lastDates(now, days);
  const [from = '', to = ''] = [dates[0], dates.at(-1)];
  const since = new Date(parseInstant(`${from}T00:00:00.000Z`) ?? now);
  const counts = await countAsked(db, company, since);
  const ontology = await getOntology(db, company);
  const bases = new Map(
    (await countBases(db, company, new Date(now))).map(({ basis, facts }) => [basis, facts]),
  );
  const byDate = countsBy(counts, 'date');
  const byPredicate = [...countsBy(counts, 'predicate')].map(([predicate, group]) => ({
    predicate,
    label: findPredicate(ontology, predicate)?.label ?? { en: predicate },
    ...sumCounts(group),
  }));
  return {
    ...{ from, to },
    total: sumCounts(counts),
    days: dates.map((date) => ({ date, ...sumCounts(byDate.get(date) ?? []) })),
    predicates: byPredicate.sort((a, b) => b.needs - a.needs),
    bases: BASES.map((basis) => ({ basis, facts: bases.get(basis) ?? 0 })),
  };
}
